import type { ClockOffset } from "../server-clock.ts";

/** Okta's usual window, until two windows were seen. @see docs/okta/rate-limits.md#windows */
export const USUAL_WINDOW_MS = 60_000;
/** `X-Rate-Limit-Reset` is in whole seconds, and may be rounded either way. */
const RESET_STEP_MS = 1000;
/** A reset further off than this is no window of Okta's; it is not believed. */
const LONGEST_WINDOW_MS = 3_600_000;
/** How far a window's end is trusted to keep the beat of those before it. */
const BEAT_TOLERANCE_MS = 5;

/** A moment on the local monotonic clock, known as an interval. */
interface Interval {
  readonly lowMs: number;
  readonly highMs: number;
}

/**
 * When the current window of one bucket ends, on the local monotonic clock, as an interval that
 * every answer narrows.
 *
 * Three things bound it: the reset header less the server clock's offset; answers that still came
 * from this window; and, once the length of the windows is sure, the observed end of the last one.
 */
export class WindowPhase {
  /** The reset header of the current window; undefined when it names none that can be believed. */
  #resetAtMs: number | undefined;
  #lowMs: number;
  #highMs: number;
  /** The end as the beat of earlier windows predicts it. */
  #beat: Interval | undefined;
  #beatTrusted = true;
  /** The end as the last window's end and one step suggest, while the beat is not sure yet. */
  #likelyEndMs: number | undefined;
  #windowMs = USUAL_WINDOW_MS;
  #windowKnown = false;
  #lastStepMs: number | undefined;

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

  /**
   * When the window probably ends: good enough to spend the budget by then, not to count on a new
   * window.
   */
  get likelyEndMs(): number {
    const likelyMs = this.#likelyEndMs ?? (this.#lowMs + this.#highMs) / 2;
    return Math.min(Math.max(likelyMs, this.#lowMs), this.#highMs);
  }

  /** Length of a window; Okta's usual one until it was observed. */
  get windowMs(): number {
    return this.#windowMs;
  }

  /** Whether the length was observed, if only once. */
  get windowSeen(): boolean {
    return this.#lastStepMs !== undefined;
  }

  /** Whether an answer belongs to an older window, to this one or to a newer one. */
  place(resetAtMs: number | undefined): "older" | "current" | "newer" {
    if (resetAtMs === undefined || this.#resetAtMs === undefined) return "current";
    const stepMs = resetAtMs - this.#resetAtMs;
    // Two answers of one window may be rounded apart, where the org counts down instead of up to.
    const slackMs = this.#windowMs > 2 * RESET_STEP_MS ? RESET_STEP_MS : 0;
    if (Math.abs(stepMs) <= slackMs) return "current";
    return stepMs > 0 ? "newer" : "older";
  }

  /** An answer of this window came for a request that left at `sentAtMs`: it had not ended then. */
  stillCurrent(sentAtMs: number, offset: ClockOffset | undefined): void {
    this.#bound(offset);
    if (sentAtMs > this.#lowMs) this.#lowMs = sentAtMs;
    if (this.#lowMs > this.#highMs) {
      // The end was thought to be earlier than it is: what the beat promised was wrong.
      this.#beatTrusted = false;
      this.#beat = undefined;
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
    this.#learnLength(resetAtMs);
    const step =
      resetAtMs !== undefined && this.#resetAtMs !== undefined
        ? resetAtMs - this.#resetAtMs
        : undefined;
    this.#beat =
      this.#beatTrusted && this.#windowKnown && step !== undefined && step % this.#windowMs === 0
        ? {
            lowMs: end.lowMs + step - BEAT_TOLERANCE_MS,
            highMs: end.highMs + step + BEAT_TOLERANCE_MS,
          }
        : undefined;
    this.#likelyEndMs = step === undefined ? undefined : end.lowMs + step;
    this.#resetAtMs = believable(resetAtMs, offset, receivedAtMs);
    this.#lowMs = Math.max(end.lowMs, sentAtMs);
    this.#highMs = end.highMs + Math.max(this.#windowMs, USUAL_WINDOW_MS);
    this.#bound(offset);
  }

  #learnLength(resetAtMs: number | undefined): void {
    if (resetAtMs === undefined || this.#resetAtMs === undefined) return;
    const stepMs = resetAtMs - this.#resetAtMs;
    if (stepMs <= 0) return;
    // Idle windows make the step a multiple; a shorter step is always the better guess.
    if (!this.#windowKnown || stepMs < this.#windowMs) this.#windowMs = stepMs;
    this.#windowKnown = this.#lastStepMs === stepMs || this.#windowKnown;
    this.#lastStepMs = stepMs;
  }

  #bound(offset: ClockOffset | undefined): void {
    if (this.#resetAtMs !== undefined && offset !== undefined) {
      this.#narrow({
        lowMs: this.#resetAtMs - RESET_STEP_MS - offset.highMs,
        highMs: this.#resetAtMs + RESET_STEP_MS - offset.lowMs,
      });
    }
    if (this.#beat !== undefined) this.#narrow(this.#beat);
  }

  #narrow(by: Interval): void {
    const low = Math.max(this.#lowMs, by.lowMs);
    const high = Math.min(this.#highMs, by.highMs);
    if (low <= high) {
      this.#lowMs = low;
      this.#highMs = high;
    } else if (by === this.#beat) {
      this.#beat = undefined;
    } else {
      this.#highMs = Math.max(this.#lowMs, by.highMs);
    }
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
