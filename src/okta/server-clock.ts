import type { Clock } from "../core/index.ts";

/** How fast two clocks may drift apart, in milliseconds a millisecond. */
const DRIFT = 1e-4;
/** `Date` is cut to whole seconds. */
const DATE_STEP_MS = 1000;

/** Bounds of `server time − local monotonic time`, in milliseconds. */
export interface ClockOffset {
  readonly lowMs: number;
  readonly highMs: number;
}

/**
 * What the server's clock says, learned from `Date` headers and kept as an interval.
 *
 * Each answer bounds the offset between the server's clock and ours to about a second plus the
 * round trip; the intersection of many shrinks to about the round trip alone. This machine's own
 * wall clock stands in at most.
 *
 * @see docs/okta/rate-limits.md#headers
 */
export class ServerClock {
  readonly #clock: Clock;
  #offset: ClockOffset | undefined;
  #observedAtMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Takes one answer into account.
   *
   * @param dateHeaderMs the `Date` header, in milliseconds since 1970
   * @param sentAtMs monotonic time at which the request left
   * @param receivedAtMs monotonic time at which the answer arrived
   */
  observe(dateHeaderMs: number, sentAtMs: number, receivedAtMs: number): void {
    const lowMs = dateHeaderMs - receivedAtMs;
    const highMs = dateHeaderMs + DATE_STEP_MS - sentAtMs;
    const known = this.#offset;
    if (known === undefined) {
      this.#offset = { lowMs, highMs };
    } else {
      const drift = DRIFT * Math.max(0, receivedAtMs - this.#observedAtMs);
      const low = Math.max(lowMs, known.lowMs - drift);
      const high = Math.min(highMs, known.highMs + drift);
      // Nothing in common: the server's clock was set, or another machine answered. Start anew.
      this.#offset = low <= high ? { lowMs: low, highMs: high } : { lowMs, highMs };
    }
    this.#observedAtMs = receivedAtMs;
  }

  /** The offset as far as it is known; undefined before the first `Date` header. */
  offset(): ClockOffset | undefined {
    return this.#offset;
  }

  /** The earliest that the server's clock can show now, in milliseconds since 1970. */
  earliestNowMs(): number | undefined {
    return this.#offset === undefined ? undefined : this.#clock.now() + this.#offset.lowMs;
  }

  /**
   * What the server's clock shows, in whole seconds since 1970, never too late: what is dated by it
   * does not come from the future. This machine's own clock stands in until an answer has come.
   */
  nowS(): number {
    return Math.floor((this.earliestNowMs() ?? this.#clock.wallNow()) / 1000);
  }

  /** How far this machine's clock is behind the server's, in milliseconds; undefined while unknown. */
  wallBehindMs(): number | undefined {
    if (this.#offset === undefined) return undefined;
    const { lowMs, highMs } = this.#offset;
    return this.#clock.now() + (lowMs + highMs) / 2 - this.#clock.wallNow();
  }
}
