/** How long one request waits after a 429 that does not say how long. */
const REFUSED_PAUSE_MS = 1000;
/** Part of a window that such a pause lasts at most: a second refusal is to fall in the same one. */
const PAUSED_PART = 1 / 20;
/** Longest pause of a bucket whose 429s say nothing of when to come back. */
const LONGEST_PAUSE_MS = 60_000;
/** Longest `Retry-After` that is believed. */
const LONGEST_RETRY_AFTER_MS = 600_000;
/** Unexplained refusals in a row that hold the whole bucket, not only the refused request. */
const REFUSALS_BORNE = 3;

/**
 * What refusals that the budget does not explain do to a bucket.
 *
 * - **open**: nothing holds.
 * - **paused**: nothing leaves until the pause is over.
 * - **probing**: the pause is over; one request goes alone, and its answer opens the bucket or
 *   pauses it again.
 */
export class Refusals {
  readonly #random: () => number;
  #pausedUntilMs = 0;
  #probing = false;
  #inARow = 0;
  /** When the first refusal of this window came that its headers contradict. */
  #contradictedAtMs: number | undefined;

  constructor(random: () => number) {
    this.#random = random;
  }

  get pausedUntilMs(): number {
    return this.#pausedUntilMs;
  }

  /** Whether requests go one at a time until one is accepted. */
  get probing(): boolean {
    return this.#probing;
  }

  /** A pause of about a second, for one request. */
  shortPauseMs(): number {
    return REFUSED_PAUSE_MS * (0.75 + this.#random() / 2);
  }

  noteAccepted(sentAtMs: number): void {
    this.#inARow = 0;
    if (sentAtMs >= this.#pausedUntilMs) this.#probing = false;
  }

  noteNewWindow(): void {
    this.#contradictedAtMs = undefined;
  }

  /**
   * A refusal although the headers promise room.
   *
   * @returns how long the bucket pauses; 0: a request that left after the pause was refused as
   *   well, so that the promise is known to be false; undefined: it tells nothing new
   */
  noteContradiction(sentAtMs: number, nowMs: number, windowMs: number): number | undefined {
    if (this.#contradictedAtMs === undefined) {
      this.#contradictedAtMs = nowMs;
      return this.#pause(nowMs, Math.min(REFUSED_PAUSE_MS, windowMs * PAUSED_PART));
    }
    if (sentAtMs < this.#contradictedAtMs) return undefined;
    this.#probing = false;
    return 0;
  }

  /**
   * A refusal that no waiting for a window or for our own requests explains: all wait with it.
   *
   * @returns how long the bucket pauses
   */
  noteUnexplained(nowMs: number): number {
    return this.#pause(nowMs, this.shortPauseMs());
  }

  /**
   * A refusal that names no limit.
   *
   * @returns how long the request waits, and whether the whole bucket waits with it
   */
  noteBare(
    { sentAtMs, retryAfterMs }: { readonly sentAtMs: number; readonly retryAfterMs?: number },
    nowMs: number,
  ): { readonly waitMs: number; readonly all: boolean } {
    const shortMs = this.shortPauseMs();
    if (retryAfterMs !== undefined) {
      const believedMs = Math.min(Math.max(retryAfterMs, shortMs), LONGEST_RETRY_AFTER_MS);
      return { waitMs: this.#pause(nowMs, believedMs), all: true };
    }
    if (sentAtMs < this.#pausedUntilMs) return { waitMs: shortMs, all: false };
    this.#inARow += 1;
    if (this.#inARow < REFUSALS_BORNE) return { waitMs: shortMs, all: false };
    const backoffMs = shortMs * 2 ** (this.#inARow - REFUSALS_BORNE);
    return { waitMs: this.#pause(nowMs, Math.min(LONGEST_PAUSE_MS, backoffMs)), all: true };
  }

  #pause(nowMs: number, pauseMs: number): number {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + pauseMs);
    this.#probing = true;
    return pauseMs;
  }
}
