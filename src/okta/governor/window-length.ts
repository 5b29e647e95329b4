import { between, both, type Interval, middleOf } from "./interval.ts";

/** `X-Rate-Limit-Reset` is in whole seconds, and may be rounded either way. */
const RESET_STEP_MS = 1000;
/** How far a window's end is trusted to keep the beat of those before it. */
const BEAT_TOLERANCE_MS = 5;

/**
 * How long the windows of a bucket are.
 *
 * - **unknown**: no window has ended yet.
 * - **guessed**: one end was seen; the reset headers differ by about a length.
 * - **observed**: two ends or more were seen; each narrows it. A whole number of seconds that fits
 *   is taken for exact, until an end contradicts it.
 */
export class WindowLength {
  #bounds: Interval | undefined;
  #guessMs: number | undefined;
  #wholeSeconds = true;

  /** Whether it comes from ends that were seen, and not from headers alone. */
  get isObserved(): boolean {
    return this.#bounds !== undefined;
  }

  /** The best guess; undefined while it is unknown. */
  get likelyMs(): number | undefined {
    const bounds = this.bounds;
    return bounds === undefined ? undefined : middleOf(bounds);
  }

  /** It lies within; undefined while it is unknown. A mere guess has no width. */
  get bounds(): Interval | undefined {
    if (this.#bounds === undefined) {
      return this.#guessMs === undefined
        ? undefined
        : { lowMs: this.#guessMs, highMs: this.#guessMs };
    }
    const wholeMs = Math.round(middleOf(this.#bounds) / 1000) * 1000;
    const isWhole =
      this.#wholeSeconds &&
      wholeMs > 0 &&
      wholeMs >= this.#bounds.lowMs - BEAT_TOLERANCE_MS &&
      wholeMs <= this.#bounds.highMs + BEAT_TOLERANCE_MS;
    const { lowMs, highMs } = isWhole ? { lowMs: wholeMs, highMs: wholeMs } : this.#bounds;
    return { lowMs: lowMs - BEAT_TOLERANCE_MS, highMs: highMs + BEAT_TOLERANCE_MS };
  }

  /**
   * A window ended.
   *
   * @param seen `from`: the end before, where it was seen; `to`: this one; `stepMs`: by how much the
   *   reset header rose, a length or, after idle windows, several
   */
  learn({
    from,
    to,
    stepMs,
  }: {
    readonly from: Interval | undefined;
    readonly to: Interval;
    readonly stepMs: number | undefined;
  }): void {
    if (stepMs !== undefined && (this.#guessMs === undefined || stepMs < this.#guessMs)) {
      this.#guessMs = stepMs;
    }
    if (from === undefined) return;
    const seen = between(from, to);
    const headers =
      stepMs === undefined
        ? seen
        : { lowMs: stepMs - RESET_STEP_MS, highMs: stepMs + RESET_STEP_MS };
    const total = both(seen, headers) ?? seen;
    const known = this.likelyMs ?? middleOf(total);
    const windows = Math.max(1, Math.round(middleOf(total) / Math.max(1, known)));
    const one = { lowMs: total.lowMs / windows, highMs: total.highMs / windows };
    this.#bounds = (this.#bounds === undefined ? undefined : both(this.#bounds, one)) ?? one;
  }

  /** It promised an end that did not come. */
  forget(): void {
    if (this.#bounds !== undefined) this.#wholeSeconds = false;
    this.#bounds = undefined;
  }
}
