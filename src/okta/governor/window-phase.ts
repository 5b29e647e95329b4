import type { ClockOffset } from "../server-clock.ts";
import { type Interval, middleOf, plus } from "./interval.ts";
import { WindowLength } from "./window-length.ts";

/** Okta's usual window, until two windows were seen. @see docs/okta/rate-limits.md#windows */
export const USUAL_WINDOW_MS = 60_000;
/** `X-Rate-Limit-Reset` is in whole seconds, and may be rounded either way. */
const RESET_STEP_MS = 1000;
/** A reset further off than this is no window of Okta's; it is not believed. */
const LONGEST_WINDOW_MS = 3_600_000;

/**
 * When the current window of one bucket ends, on the local monotonic clock, as an interval that
 * every answer narrows.
 *
 * Three things bound it: the reset header less the server clock's offset; answers that still came
 * from this window; and, once the length of the windows is known, the observed end of the last one.
 */
export class WindowPhase {
  /** The reset header of the current window; undefined when it names none that can be believed. */
  #resetAtMs: number | undefined;
  #lowMs: number;
  #highMs: number;
  readonly #length = new WindowLength();
  /** When the current window began; undefined for the first one, which was found under way. */
  #start: Interval | undefined;
  /** Its end as its beginning and the length of windows predict it. */
  #predicted: Interval | undefined;
  /** Whether the length is a guess by the reset headers alone, so that the prediction may err. */
  #isGuess = true;

  /**
   * @param resetAtMs the reset header of the first answer
   * @param offset what is known of the server's clock
   * @param sentAtMs when the request of that answer left
   */
  constructor(resetAtMs: number | undefined, offset: ClockOffset | undefined, sentAtMs: number) {
    this.#resetAtMs = believable(resetAtMs, offset, sentAtMs);
    this.#lowMs = sentAtMs;
    this.#highMs = sentAtMs + USUAL_WINDOW_MS;
    this.#bound(offset);
  }

  /** The window can't end before this. */
  get endLowMs(): number {
    return this.#lowMs;
  }

  /** The window has ended by then. */
  get endHighMs(): number {
    return this.#highMs;
  }

  /** The end that is expected, within the bounds above; undefined where only they are known. */
  get expectedEnd(): Interval | undefined {
    if (this.#predicted === undefined) return undefined;
    const clamp = (atMs: number): number => Math.min(Math.max(atMs, this.#lowMs), this.#highMs);
    return { lowMs: clamp(this.#predicted.lowMs), highMs: clamp(this.#predicted.highMs) };
  }

  /** When the window began; undefined for the first one, which was found under way. */
  get startedAtMs(): number | undefined {
    return this.#start === undefined ? undefined : middleOf(this.#start);
  }

  /** Length of a window; Okta's usual one until it was observed. */
  get windowMs(): number {
    return this.#length.likelyMs ?? USUAL_WINDOW_MS;
  }

  /** Whether an answer belongs to an older window, to this one or to a newer one. */
  place(resetAtMs: number | undefined): "older" | "current" | "newer" {
    if (resetAtMs === undefined || this.#resetAtMs === undefined) return "current";
    const stepMs = resetAtMs - this.#resetAtMs;
    // Two answers of one window may be rounded apart, where the org counts down instead of up to.
    const slackMs = this.windowMs > 2 * RESET_STEP_MS ? RESET_STEP_MS : 0;
    if (Math.abs(stepMs) <= slackMs) return "current";
    return stepMs > 0 ? "newer" : "older";
  }

  /** An answer of this window came for a request that left at `sentAtMs`: it had not ended then. */
  stillCurrent(sentAtMs: number, offset: ClockOffset | undefined): void {
    this.#bound(offset);
    if (sentAtMs > this.#lowMs) this.#lowMs = sentAtMs;
    if (this.#lowMs > this.#highMs) {
      // The end was thought to be earlier than it is: what the length promised was wrong.
      this.#length.forget();
      this.#isGuess = true;
      this.#highMs = this.#lowMs + RESET_STEP_MS;
      this.#bound(offset);
    }
  }

  /** An answer of a newer window came: this one had ended by the time it was received. */
  roll(
    resetAtMs: number | undefined,
    offset: ClockOffset | undefined,
    { sentAtMs, receivedAtMs }: { readonly sentAtMs: number; readonly receivedAtMs: number },
  ): void {
    const end: Interval = {
      lowMs: Math.min(this.#lowMs, receivedAtMs),
      highMs: Math.min(Math.max(this.#highMs, this.#lowMs), receivedAtMs),
    };
    const stepMs =
      resetAtMs === undefined || this.#resetAtMs === undefined || resetAtMs <= this.#resetAtMs
        ? undefined
        : resetAtMs - this.#resetAtMs;
    this.#length.learn({ from: this.#start, to: end, stepMs });
    this.#start = end;
    const length = this.#length.bounds;
    this.#predicted = length === undefined ? undefined : plus(end, length);
    this.#isGuess = !this.#length.isObserved;
    this.#resetAtMs = believable(resetAtMs, offset, receivedAtMs);
    this.#lowMs = Math.max(end.lowMs, sentAtMs);
    this.#highMs = end.highMs + Math.max(this.windowMs, USUAL_WINDOW_MS);
    this.#bound(offset);
  }

  #bound(offset: ClockOffset | undefined): void {
    if (this.#resetAtMs !== undefined && offset !== undefined) {
      const header = {
        lowMs: this.#resetAtMs - RESET_STEP_MS - offset.highMs,
        highMs: this.#resetAtMs + RESET_STEP_MS - offset.lowMs,
      };
      if (!this.#narrow(header)) this.#highMs = Math.max(this.#lowMs, header.highMs);
    }
    if (this.#isGuess || this.#predicted === undefined) return;
    if (!this.#narrow(this.#predicted)) this.#isGuess = true;
  }

  /** @returns whether it fits what is known */
  #narrow(by: Interval): boolean {
    const low = Math.max(this.#lowMs, by.lowMs);
    const high = Math.min(this.#highMs, by.highMs);
    if (low > high) return false;
    this.#lowMs = low;
    this.#highMs = high;
    return true;
  }
}

function believable(
  resetAtMs: number | undefined,
  offset: ClockOffset | undefined,
  nowMs: number,
): number | undefined {
  if (resetAtMs === undefined || offset === undefined) return resetAtMs;
  const aheadMs = resetAtMs - (nowMs + offset.lowMs);
  return aheadMs > LONGEST_WINDOW_MS || aheadMs < -2 * RESET_STEP_MS ? undefined : resetAtMs;
}
