/** In flight at the start of a run; grows by one with each good answer. */
const FIRST_CEILING = 4;
/** Good answers at the ceiling before it is tried one higher, as a multiple of the ceiling. */
const GROWTH_PATIENCE = 4;
/** How often the patience may double; more would never find out that the org has room again. */
const MAX_STRIKES = 6;

/**
 * How many requests may be on the wire at once, over all buckets of the org.
 *
 * - **starting**: grows with each good answer, until the maximum or the first refusal.
 * - **learned**: a 429 for concurrency set it just below what was in flight when the refused
 *   request left; it grows by one after many good answers, and after ever more of them where
 *   growing was refused before.
 *
 * @see docs/okta/rate-limits.md#concurrent
 */
export class ConcurrencyCeiling {
  readonly #max: number;
  #ceiling: number;
  #learned = false;
  #onWire = 0;
  #unsent = 0;
  #goodAnswers = 0;
  #strikes = 0;
  #loweredAtMs = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(max: number) {
    this.#max = max;
    this.#ceiling = Math.min(max, FIRST_CEILING);
  }

  get value(): number {
    return this.#ceiling;
  }

  /** Requests sent whose answer has not come. */
  get onWire(): number {
    return this.#onWire;
  }

  /**
   * Whether one more may be admitted. A few are admitted ahead of their place on the wire, so that
   * noting them in the journal leaves no place empty.
   */
  hasRoom(): boolean {
    const ahead = Math.min(32, this.#ceiling >> 1);
    return this.#onWire + this.#unsent < this.#ceiling + ahead;
  }

  /** Admits one. */
  admit(): void {
    this.#unsent += 1;
  }

  /** Takes a place on the wire for one admitted; the promise waits for it where none is free. */
  take(): Promise<void> | undefined {
    this.#unsent -= 1;
    if (this.#onWire < this.#ceiling) {
      this.#onWire += 1;
      return undefined;
    }
    this.#unsent += 1;
    return new Promise((resolve) => {
      this.#waiting.push(() => {
        this.#unsent -= 1;
        this.#onWire += 1;
        resolve();
      });
    });
  }

  /** Gives back an admission that was never sent. */
  cancel(): void {
    this.#unsent -= 1;
  }

  /** Gives back a place on the wire. */
  free(): void {
    this.#onWire -= 1;
    while (this.#onWire < this.#ceiling) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next();
    }
  }

  /** A good answer came while the ceiling was in use. */
  succeeded(): void {
    if (this.#ceiling >= this.#max) return;
    if (!this.#learned) {
      this.#ceiling += 1;
      return;
    }
    if (this.#onWire < this.#ceiling - 1) return;
    this.#goodAnswers += 1;
    if (this.#goodAnswers >= this.#ceiling * GROWTH_PATIENCE * 2 ** this.#strikes) {
      this.#goodAnswers = 0;
      this.#ceiling += 1;
    }
  }

  /**
   * The org refused a request because too many were in flight.
   *
   * @param onWireThen how many were on the wire when it left, itself included
   * @param sentAtMs when it left
   * @param nowMs now
   * @returns the new ceiling, when it was lowered
   */
  refused(onWireThen: number, sentAtMs: number, nowMs: number): number | undefined {
    const lowered = Math.max(1, Math.min(this.#ceiling, onWireThen - 1));
    this.#goodAnswers = 0;
    if (this.#learned && sentAtMs >= this.#loweredAtMs) {
      this.#strikes = Math.min(MAX_STRIKES, this.#strikes + 1);
    }
    this.#learned = true;
    this.#loweredAtMs = nowMs;
    if (lowered === this.#ceiling) return undefined;
    this.#ceiling = lowered;
    return lowered;
  }

  /** Halves the ceiling: the org refuses, and says nothing of why. */
  halve(): number {
    this.#learned = true;
    this.#goodAnswers = 0;
    this.#ceiling = Math.max(1, this.#ceiling >> 1);
    return this.#ceiling;
  }
}
