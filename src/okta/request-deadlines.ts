import type { Clock } from "../core/index.ts";

/** Something that can run out of time. */
export interface Perishable {
  /** Moment of the clock at which its time is over. */
  readonly deadlineMs: number;
  expire(): void;
}

/**
 * Ends what is in flight for too long. All have the same time, so they run out in the order in
 * which they were added, and one sleeper watches the oldest: a request costs no timer of its own.
 */
export class RequestDeadlines {
  readonly #clock: Clock;
  readonly #inFlight = new Set<Perishable>();
  readonly #stopped = new AbortController();
  #isWatching = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(request: Perishable): void {
    this.#inFlight.add(request);
    if (!this.#isWatching) {
      this.#isWatching = true;
      void this.#watch();
    }
  }

  remove(request: Perishable): void {
    this.#inFlight.delete(request);
  }

  /** Wakes the sleeper for good; nothing runs out any more. */
  stop(): void {
    this.#stopped.abort();
  }

  async #watch(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      const [oldest] = this.#inFlight;
      if (oldest === undefined) break;
      const leftMs = oldest.deadlineMs - this.#clock.now();
      if (leftMs > 0) {
        await this.#clock.sleep(leftMs, this.#stopped.signal);
      } else {
        this.#inFlight.delete(oldest);
        oldest.expire();
      }
    }
    this.#isWatching = false;
  }
}
