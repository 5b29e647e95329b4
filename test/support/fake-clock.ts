import type { Clock } from "../../src/core/index.ts";

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly fire: () => void;
}

/** A clock that stands still until it is told to go on; no test waits for real time. */
export class FakeClock implements Clock {
  #nowMs: number;
  readonly #wallStartMs: number;
  #order = 0;
  #timers: Timer[] = [];

  constructor({ nowMs = 0, wallStartMs = 1_800_000_000_000 } = {}) {
    this.#nowMs = nowMs;
    this.#wallStartMs = wallStartMs;
  }

  now(): number {
    return this.#nowMs;
  }

  wallNow(): number {
    return this.#wallStartMs + this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      this.#order += 1;
      // Like the real one: never early, and in whole milliseconds.
      const atMs = this.#nowMs + Math.max(0, Math.ceil(ms));
      const wake = (): void => {
        signal?.removeEventListener("abort", wake);
        this.#timers = this.#timers.filter((other) => other !== timer);
        resolve();
      };
      const timer: Timer = { atMs, order: this.#order, fire: wake };
      this.#timers.push(timer);
      signal?.addEventListener("abort", wake, { once: true });
    });
  }

  /** Timers that have not fired. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Lets time pass, timer by timer, until `done` says so, nothing is left, or `untilMs` is reached. */
  async run({
    untilMs = Infinity,
    done = () => false,
  }: { untilMs?: number; done?: () => boolean } = {}): Promise<void> {
    for (;;) {
      await settle();
      if (done()) return;
      let next: Timer | undefined;
      for (const timer of this.#timers) {
        if (
          next === undefined ||
          timer.atMs < next.atMs ||
          (timer.atMs === next.atMs && timer.order < next.order)
        ) {
          next = timer;
        }
      }
      if (next === undefined || next.atMs > untilMs) {
        if (untilMs !== Infinity) this.#nowMs = Math.max(this.#nowMs, untilMs);
        await settle();
        return;
      }
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.fire();
    }
  }
}

/** Resolves when every promise that can go on without time passing has gone on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
