import type { FoundRows, LookupConnection } from "./lookup-connection.ts";

/** Few: an old database should not feel the hook, and each is asked for a moment only. */
const MOST_CONNECTIONS = 8;

/**
 * A few connections that are kept and made anew when they break. What was broken while it lay idle is
 * noticed when it is next used, and asked again over a new one.
 */
export class LookupPool {
  readonly #connect: () => Promise<LookupConnection>;
  readonly #idle: LookupConnection[] = [];
  /** Who waits for a connection, longest first. */
  readonly #waiting = new Set<() => void>();
  #taken = 0;
  #isClosed = false;

  constructor(connect: () => Promise<LookupConnection>) {
    this.#connect = connect;
  }

  /** Asks over one of the connections. Rejects with errors of the driver, or when the signal fires. */
  async ask(values: readonly string[], signal: AbortSignal): Promise<FoundRows> {
    await this.#takeTurn(signal);
    try {
      const kept = this.#idle.pop();
      if (kept !== undefined) {
        try {
          return await this.#askOver(kept, values, signal);
        } catch (error) {
          if (signal.aborted) throw error;
          this.#endIdle();
        }
      }
      return await this.#askOver(await this.#connect(), values, signal);
    } finally {
      this.#giveTurn();
    }
  }

  /** Ends all connections that nobody uses, and each other one when it is given back. */
  close(): void {
    this.#isClosed = true;
    this.#endIdle();
  }

  async #askOver(
    connection: LookupConnection,
    values: readonly string[],
    signal: AbortSignal,
  ): Promise<FoundRows> {
    const left = new AbortController();
    try {
      signal.throwIfAborted();
      const found = await Promise.race([connection.ask(values), abortOf(signal, left.signal)]);
      if (this.#isClosed) connection.end();
      else this.#idle.push(connection);
      return found;
    } catch (error) {
      connection.end();
      throw error;
    } finally {
      left.abort();
    }
  }

  async #takeTurn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#taken < MOST_CONNECTIONS) {
      this.#taken += 1;
      return;
    }
    const left = new AbortController();
    let take: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => {
      take = resolve;
    });
    this.#waiting.add(take);
    try {
      await Promise.race([turn, abortOf(signal, left.signal)]);
    } catch (error) {
      // The turn may have come at the same moment: it is handed on.
      if (!this.#waiting.delete(take)) this.#giveTurn();
      throw error;
    } finally {
      left.abort();
    }
  }

  #giveTurn(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#taken -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }

  #endIdle(): void {
    for (const connection of this.#idle.splice(0)) connection.end();
  }
}

/** Rejects when a signal fires; does nothing more once nobody listens. */
function abortOf(signal: AbortSignal, left: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), {
      once: true,
      signal: left,
    });
  });
}
