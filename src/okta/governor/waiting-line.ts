import type { Clock } from "../../core/index.ts";
import type { RateTicket } from "./rate-facts.ts";

/** Who decides when the next in line may go. */
export interface Gate {
  /** How long the next request waits; 0 to let it go, `Infinity` until something changes. */
  waitMs(nowMs: number): number;
  /** Lets one go. */
  send(nowMs: number): RateTicket;
}

interface Waiter {
  readonly grant: (ticket: RateTicket) => void;
}

/** Requests that wait at a gate, in order; those that come again stand before all others. */
export class WaitingLine {
  readonly #clock: Clock;
  readonly #gate: Gate;
  readonly #first: Waiter[] = [];
  readonly #again: Waiter[] = [];
  #timer: { readonly atMs: number; readonly abort: AbortController } | undefined;

  constructor(clock: Clock, gate: Gate) {
    this.#clock = clock;
    this.#gate = gate;
  }

  get isEmpty(): boolean {
    return this.#first.length === 0 && this.#again.length === 0;
  }

  /** Resolves when it may go; rejects with the signal's reason. */
  join(signal: AbortSignal | undefined, again: boolean): Promise<RateTicket> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(asError(signal.reason));
        return;
      }
      const queue = again ? this.#again : this.#first;
      const onAbort = (): void => {
        const index = queue.indexOf(waiter);
        if (index >= 0) queue.splice(index, 1);
        reject(asError(signal?.reason));
      };
      const waiter: Waiter = {
        grant: (ticket) => {
          signal?.removeEventListener("abort", onAbort);
          resolve(ticket);
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      queue.push(waiter);
      this.pump();
    });
  }

  /**
   * Lets go whoever may go now, and wakes up again when the next one may.
   *
   * @param who `again`: only those that come again, so that other lines have their turn as well
   */
  pump(who: "again" | "all" = "all"): void {
    while (who === "again" ? this.#again.length > 0 : !this.isEmpty) {
      const nowMs = this.#clock.now();
      const waitMs = this.#gate.waitMs(nowMs);
      if (waitMs > 0) {
        if (waitMs !== Infinity) this.#wakeAt(nowMs + waitMs);
        return;
      }
      const next = this.#again.shift() ?? this.#first.shift();
      next?.grant(this.#gate.send(nowMs));
    }
  }

  #wakeAt(atMs: number): void {
    if (this.#timer !== undefined) {
      if (this.#timer.atMs <= atMs + 0.5) return;
      this.#timer.abort.abort();
    }
    const abort = new AbortController();
    const timer = { atMs, abort };
    this.#timer = timer;
    void this.#clock.sleep(Math.max(0, atMs - this.#clock.now()), abort.signal).then(() => {
      if (this.#timer !== timer) return;
      this.#timer = undefined;
      this.pump();
    });
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("aborted", { cause: reason });
}
