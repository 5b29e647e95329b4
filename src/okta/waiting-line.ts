/** One who waits in a {@link WaitingLine}. */
export interface Waiter<Kind, Given> {
  readonly kind: Kind;
  readonly give: (given: Given) => void;
  readonly refuse: (reason: Error) => void;
}

/** Those who wait for something, in order; each leaves by being given it, refused, or aborted. */
export class WaitingLine<Kind, Given> {
  readonly #waiters = new Set<Waiter<Kind, Given>>();
  readonly #onChange: () => void;

  /** @param onChange called when somebody has come, or has left because of a signal */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Joins the line; rejects with the signal's reason when it fires first. */
  join(kind: Kind, signal: AbortSignal | undefined): Promise<Given> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(asError(signal.reason));
        return;
      }
      const leave = (): void => {
        this.#waiters.delete(waiter);
        signal?.removeEventListener("abort", onAbort);
      };
      const onAbort = (): void => {
        leave();
        reject(asError(signal?.reason));
        this.#onChange();
      };
      const waiter: Waiter<Kind, Given> = {
        kind,
        give: (given) => {
          leave();
          resolve(given);
        },
        refuse: (reason) => {
          leave();
          reject(reason);
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiters.add(waiter);
      this.#onChange();
    });
  }

  /** All who wait now, first come first. */
  all(): readonly Waiter<Kind, Given>[] {
    return Array.from(this.#waiters);
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("aborted", { cause: reason });
}
