import type { Clock } from "../../core/index.ts";
import { onInterrupt } from "../../platform/index.ts";

/** How often the wall clock is looked at: a machine that slept, or whose clock was set, is noticed. */
const LOOK_EVERY_MS = 15_000;
const DAY_MS = 86_400_000;

/** What ends a run early: a signal of the operator's, or the time of `--stop-at`. */
export interface StopSignal {
  readonly signal: AbortSignal;
  /** Fires it, as a first Ctrl-C does. */
  interrupt(): void;
  /** Takes handlers and timers away. */
  dispose(): void;
}

/** What a stop signal listens to. */
export interface StopSignalOptions {
  readonly clock: Clock;
  readonly stopAt: { readonly hour: number; readonly minute: number } | undefined;
  /** Called once, when the run is asked to stop. */
  readonly onStop: (reason: "interrupt" | "time") => void;
}

/** A signal that fires at Ctrl-C, at SIGTERM, or when the local time of day is reached. */
export function openStopSignal({ clock, stopAt, onStop }: StopSignalOptions): StopSignal {
  const stop = new AbortController();
  const disposed = new AbortController();
  const fire = (reason: "interrupt" | "time"): void => {
    if (stop.signal.aborted) return;
    onStop(reason);
    stop.abort(new Error("the run was asked to stop"));
  };
  const remove = onInterrupt(() => fire("interrupt"));
  if (stopAt !== undefined) {
    void waitUntil(nextTimeMs(stopAt, clock.wallNow()), clock, disposed.signal).then(() => {
      if (!disposed.signal.aborted) fire("time");
    });
  }
  return {
    signal: stop.signal,
    interrupt: () => fire("interrupt"),
    dispose: () => {
      remove();
      disposed.abort();
    },
  };
}

async function waitUntil(atMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && clock.wallNow() < atMs) {
    await clock.sleep(Math.min(LOOK_EVERY_MS, atMs - clock.wallNow()), signal);
  }
}

/** The next moment, in milliseconds since 1970, at which the local clock shows this time. */
export function nextTimeMs(
  { hour, minute }: { readonly hour: number; readonly minute: number },
  nowMs: number,
): number {
  const at = new Date(nowMs);
  at.setHours(hour, minute, 0, 0);
  if (at.getTime() > nowMs) return at.getTime();
  const next = new Date(at.getTime() + DAY_MS);
  next.setHours(hour, minute, 0, 0);
  return next.getTime();
}
