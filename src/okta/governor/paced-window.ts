import type { ClockOffset } from "../server-clock.ts";
import { Budget } from "./budget.ts";
import type { Flight, Flights } from "./flights.ts";
import type { BucketStatus, RateFacts } from "./rate-facts.ts";
import { WindowPhase } from "./window-phase.ts";

/** How far sending may lag behind its pace and still catch up: timers are that coarse. */
const CATCH_UP_MS = 20;
/** Catching up after a stall never goes faster than this many times the even pace. */
const FASTEST_PACE = 2;
/** How long after a window's expected end the first scout leaves; the next ones wait for longer. */
const SCOUT_MS = 20;

/** How long the next request waits, 0 for not at all, and for what. */
export interface Waiting {
  readonly waitMs: number;
  readonly waitingFor: BucketStatus["waitingFor"];
}

/** Nothing to wait for. */
export const GO: Waiting = { waitMs: 0, waitingFor: "nothing" };

/** An answer that names a limit and what is left of it. */
export type LimitFacts = RateFacts & { readonly limit: number; readonly remaining: number };

/**
 * When the requests of a bucket with a limit may leave: evenly over what is left of the window, as
 * many as the budget and the org's own `Remaining` have room for.
 *
 * - **spending**: the budget has room. Each request leaves a gap behind the one before. In the first
 *   window, whose end is known too vaguely, it lasts beyond the end, so that the end is seen.
 * - **scouting**: the window should be over. The few requests that were kept back find its end, one
 *   at a time.
 * - **spent**: nothing leaves until the window has ended.
 * - **over**: the first request goes alone; its answer confirms the new window.
 */
export class PacedWindow {
  readonly #flights: Flights;
  readonly #phase: WindowPhase;
  readonly #budget: Budget;
  #nextAtMs: number;
  /** When our first answer of this window came, or the window began. */
  #sinceMs: number;
  /** Whether all that this token used of the window is known: only then is a cap learned. */
  #allUseKnown: boolean;

  constructor(
    facts: LimitFacts,
    {
      share,
      flights,
      flight,
      offset,
      nowMs,
    }: {
      readonly share: number;
      readonly flights: Flights;
      /** The request whose answer this is. */
      readonly flight: Flight;
      readonly offset: ClockOffset | undefined;
      readonly nowMs: number;
    },
  ) {
    this.#flights = flights;
    this.#phase = new WindowPhase(facts.resetAtMs, offset, flight.sentAtMs);
    this.#budget = new Budget(share, facts);
    this.#budget.answered(facts, flights.charged);
    this.#nextAtMs = nowMs;
    this.#sinceMs = nowMs;
    this.#allUseKnown = facts.limit - facts.remaining <= 1 + flights.size;
  }

  get phase(): Pick<WindowPhase, "windowMs" | "endHighMs"> {
    return this.#phase;
  }

  get budget(): Pick<Budget, "limit" | "perWindow" | "used"> {
    return this.#budget;
  }

  /** How long the next request waits. */
  waiting(nowMs: number): Waiting {
    const { endHighMs } = this.#phase;
    if (nowMs >= endHighMs) return this.#alone();
    if (this.#room(nowMs) > this.#scouts()) {
      const paceMs = Math.max(0, this.#nextAtMs - nowMs);
      return paceMs === 0 ? GO : { waitMs: paceMs, waitingFor: "pace" };
    }
    const untilMs = Math.min(this.#scoutAtMs(nowMs) ?? endHighMs, endHighMs);
    return nowMs >= untilMs
      ? this.#alone()
      : { waitMs: Math.max(1, untilMs - nowMs), waitingFor: "window" };
  }

  /** A request is about to leave. */
  noteSend(nowMs: number): void {
    this.#nextAtMs = Math.max(this.#nextAtMs, nowMs - CATCH_UP_MS) + this.#gapMs(nowMs);
  }

  /** Takes an answer into account that names a limit. @returns whether it began a new window */
  observe(
    facts: LimitFacts,
    flight: Flight,
    { offset, nowMs }: { readonly offset: ClockOffset | undefined; readonly nowMs: number },
  ): boolean {
    const place = this.#placeOf(facts, flight);
    if (place === "older") return false;
    const limitBefore = this.#budget.limit;
    if (place === "newer") {
      this.#phase.roll(facts.resetAtMs, offset, { sentAtMs: flight.sentAtMs, receivedAtMs: nowMs });
      this.#budget.roll(facts, this.#phase.windowMs, nowMs);
      this.#flights.beginWindow(nowMs);
      this.#allUseKnown = true;
      this.#nextAtMs = nowMs;
      this.#sinceMs = this.#phase.startedAtMs ?? nowMs;
    } else {
      this.#phase.stillCurrent(flight.sentAtMs, offset);
    }
    this.#budget.answered(facts, this.#flights.charged);
    if (this.#budget.limit !== limitBefore) this.#nextAtMs = Math.min(this.#nextAtMs, nowMs);
    return place === "newer";
  }

  /** A request of this window got no answer, or one that names no limit. */
  noteLost(flight: Flight): void {
    if (this.#flights.isOfThisWindow(flight)) this.#budget.lost();
  }

  /** The org said that nothing is left of this window. */
  noteExhausted(): void {
    this.#budget.exhausted();
  }

  /**
   * The org refuses although its headers promise room: nothing more leaves in this window.
   *
   * @returns the token's own cap, where all its use of the window is known
   */
  noteCap(nowMs: number): number | undefined {
    this.#budget.exhausted();
    return this.#allUseKnown ? this.#budget.learnCap(nowMs) : undefined;
  }

  #placeOf(facts: LimitFacts, flight: Flight): "older" | "current" | "newer" {
    const place = this.#phase.place(facts.resetAtMs);
    return place === "current" && this.#hasRisen(facts, flight) ? "newer" : place;
  }

  /** Whether `Remaining` rose by more than answers out of order explain: a window has begun. */
  #hasRisen({ limit, remaining }: LimitFacts, flight: Flight): boolean {
    if (limit !== this.#budget.limit || flight.sentAtMs < this.#phase.endLowMs) return false;
    return limit - remaining < this.#budget.used - 2 * this.#flights.size - 1;
  }

  #alone(): Waiting {
    const { endLowMs, expectedEnd } = this.#phase;
    return this.#flights.hasLeftSince(expectedEnd?.lowMs ?? endLowMs)
      ? { waitMs: Infinity, waitingFor: "answer" }
      : GO;
  }

  #room(nowMs: number): number {
    const { endHighMs, expectedEnd } = this.#phase;
    const { charged, latencyMs } = this.#flights;
    const leftMs = Math.max(0, (expectedEnd?.highMs ?? endHighMs) - nowMs);
    // What is left to others was told as long ago as an answer takes.
    return this.#budget.room(charged, Math.max(0, nowMs - this.#sinceMs), leftMs + latencyMs);
  }

  /** How far apart the earliest and the latest end may be before it is worth a request. */
  get #fineMs(): number {
    const { windowMs } = this.#phase;
    const part = Math.min(windowMs / 8, Math.max(windowMs / 50, 1000));
    return Math.max(part, 4 * this.#flights.latencyMs, 30);
  }

  /** Requests kept back to find the window's end, where it is known too vaguely. */
  #scouts(): number {
    const { endLowMs, endHighMs, expectedEnd } = this.#phase;
    if (expectedEnd === undefined || this.#budget.perWindow < 10) return 0;
    if (endHighMs - endLowMs <= this.#fineMs) return 0;
    return Math.min(4, Math.max(1, Math.floor(this.#budget.perWindow / 200)));
  }

  /** When the next scout leaves; undefined where none does. */
  #scoutAtMs(nowMs: number): number | undefined {
    const { endLowMs, endHighMs, expectedEnd } = this.#phase;
    if (endHighMs - endLowMs <= this.#fineMs) return undefined;
    const spare = this.#budget.spare(this.#flights.charged);
    const { lowMs, highMs } = expectedEnd ?? { lowMs: endLowMs, highMs: endHighMs };
    const lastMs = this.#flights.lastSentAtMs ?? lowMs;
    const fromMs = Math.max(lowMs, lastMs);
    // Where the end may be anywhere in between, the middle tells most; but the last one of ours is
    // kept for the time after.
    const isLast = this.#budget.left(this.#flights.charged) <= 1 && highMs < endHighMs;
    if (highMs - fromMs > this.#fineMs && spare > this.#budget.sparedForOthers && !isLast) {
      return (fromMs + highMs) / 2;
    }
    if (spare <= 0 || highMs >= endHighMs) return undefined;
    // Soon after the expected end; where that was too early, each time later.
    return lastMs < highMs ? highMs + SCOUT_MS : Math.max(nowMs, lastMs + 2 * (lastMs - highMs));
  }

  #gapMs(nowMs: number): number {
    const { windowMs, startedAtMs } = this.#phase;
    const room = this.#room(nowMs) - this.#scouts();
    if (room <= 0) return 0;
    const evenMs = Math.max(0, this.#spentByMs() - nowMs) / room;
    const isSeen = startedAtMs !== undefined;
    return Math.max(evenMs, isSeen ? windowMs / this.#budget.perWindow / FASTEST_PACE : 0);
  }

  /** By when the budget is to be spent: so early that its last request still counts in this window. */
  #spentByMs(): number {
    const { endHighMs, expectedEnd, windowMs } = this.#phase;
    if (expectedEnd === undefined) return endHighMs;
    return expectedEnd.lowMs - Math.min(1.2 * this.#flights.latencyMs, windowMs / 10);
  }
}
