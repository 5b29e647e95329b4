import type { RateFacts } from "./rate-facts.ts";

/** How long a token's own cap is believed before it is tried again. */
const CAP_BELIEVED_MS = 1_800_000;
/** Part of the limit that requests leave to others when they only look for a window's end. */
const SPARED_PART = 0.05;
/** Part of the limit that others keep at any rate: their requests are seen a little late. */
const KEPT_PART = 0.015;
/** Others are expected to use a little more than they did. */
const OTHERS_MARGIN = 1.05;
/**
 * How many requests of the current window are this run's: counted from the answers, never from a
 * table.
 *
 * @see docs/okta/rate-limits.md#headers
 * @see docs/okta/rate-limits.md#principal-cap
 */
export class Budget {
  readonly #share: number;
  #limit: number;
  #lowestRemaining: number;
  /** Requests of ours that this window has answered, or that were lost in it. */
  #used = 0;
  /** Least number of requests that others have used in this window. */
  #others = 0;
  /** Those of them that were there before our first answer of this window. */
  #othersBefore = 0;
  #othersPerMs = 0;
  #cap: number | undefined;
  #capUntilMs = 0;

  constructor(share: number, facts: { readonly limit: number; readonly remaining: number }) {
    this.#share = share;
    this.#limit = facts.limit;
    this.#lowestRemaining = facts.remaining;
    this.#othersBefore = Math.max(0, facts.limit - facts.remaining - 1);
  }

  get limit(): number {
    return this.#limit;
  }

  get used(): number {
    return this.#used;
  }

  /** The smaller limit that the token itself was found to have. */
  get cap(): number | undefined {
    return this.#cap;
  }

  /** Requests a window that this run allows itself, at least one. */
  get perWindow(): number {
    const limit = Math.min(this.#limit, this.#cap ?? Infinity);
    return Math.max(1, Math.floor(limit * this.#share + 1e-9));
  }

  /** An answer of this window; `charged` of ours are in flight and may be counted in it already. */
  answered(facts: RateFacts, charged: number): void {
    // A refused request is not counted by the org.
    if (facts.status !== 429) this.#used += 1;
    if (facts.limit === undefined || facts.remaining === undefined) return;
    if (facts.limit !== this.#limit) {
      this.#limit = facts.limit;
      this.#lowestRemaining = facts.remaining;
    } else {
      this.#lowestRemaining = Math.min(this.#lowestRemaining, facts.remaining);
    }
    this.#others = Math.max(this.#others, facts.limit - facts.remaining - this.#used - charged);
  }

  /** A request of this window got no answer, or a refusal that the org may have counted. */
  lost(): void {
    this.#used += 1;
  }

  /** The org said that nothing is left of this window. */
  exhausted(): void {
    this.#lowestRemaining = 0;
  }

  /** A new window began; what others used in the last one is expected of them again. */
  roll(facts: RateFacts, windowMs: number, nowMs: number): void {
    this.#othersPerMs = this.#others / windowMs;
    this.#used = 0;
    this.#others = 0;
    this.#othersBefore = 0;
    this.#limit = facts.limit ?? this.#limit;
    this.#lowestRemaining = facts.remaining ?? this.#limit;
    if (nowMs >= this.#capUntilMs) this.#cap = undefined;
  }

  /** The org refused after `used` requests although its headers promised room. */
  learnCap(nowMs: number): number {
    this.#cap = Math.max(1, Math.min(this.#used, this.#cap ?? Infinity));
    this.#capUntilMs = nowMs + CAP_BELIEVED_MS;
    this.#lowestRemaining = 0;
    return this.#cap;
  }

  /** What the org has left to give, whatever others still want of it; 0 where ours is spent. */
  spare(charged: number): number {
    return this.left(charged) > 0 ? this.#lowestRemaining - charged - this.#kept : 0;
  }

  /** What of it should stay with others, where there are any. */
  get sparedForOthers(): number {
    return this.#others > 0 ? this.#limit * SPARED_PART : 0;
  }

  /** What is left of our own part of this window, whatever the org has left. */
  left(charged: number): number {
    return this.perWindow - this.#used - charged;
  }

  /**
   * How many requests may still leave in this window.
   *
   * @param charged ours in flight that count in this window
   * @param elapsedMs since the window began, or since our first answer where that was later
   * @param leftMs until it ends
   */
  room(charged: number, elapsedMs: number, leftMs: number): number {
    const ours = this.left(charged);
    // Early in a window a few requests say little of a rate: the last window's counts as well.
    const seen = Math.max(0, this.#others - this.#othersBefore);
    const seenPerMs = elapsedMs > 0 ? seen / Math.max(elapsedMs, leftMs / 9) : 0;
    const expected = Math.max(seenPerMs, this.#othersPerMs) * leftMs * OTHERS_MARGIN;
    return Math.min(ours, Math.floor(this.#lowestRemaining - charged - expected - this.#kept));
  }

  /** The last requests are not ours, unless all of them are. */
  get #kept(): number {
    if (this.#others > 0) return Math.max(1, Math.ceil(this.#limit * KEPT_PART));
    return this.#share < 1 ? 1 : 0;
  }
}
