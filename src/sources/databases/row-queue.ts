import { ROWS_AT_ONCE } from "./database-connection.ts";

/** How the sender of rows is held and let go. */
export interface Valve {
  pause(): void;
  resume(): void;
}

/**
 * Rows that a driver pushes, to be taken at the reader's pace: from so many waiting rows on the
 * driver is held, until all of them are taken.
 */
export class RowQueue<Row> {
  readonly #valve: Valve;
  #rows: Row[] = [];
  #end: "open" | "ended" | { readonly error: unknown } = "open";
  #isHeld = false;
  #wake = (): void => undefined;

  constructor(valve: Valve) {
    this.#valve = valve;
  }

  push(row: Row): void {
    this.#rows.push(row);
    if (this.#rows.length < ROWS_AT_ONCE) return;
    if (!this.#isHeld) this.#valve.pause();
    this.#isHeld = true;
    this.#wake();
  }

  end(): void {
    if (this.#end === "open") this.#end = "ended";
    this.#wake();
  }

  fail(error: unknown): void {
    if (this.#end === "open") this.#end = { error };
    this.#wake();
  }

  /** Rows in batches of at most 1,000. @throws what the queue failed with */
  async *batches(): AsyncGenerator<readonly Row[]> {
    for (;;) {
      const rows = this.#rows;
      if (rows.length >= ROWS_AT_ONCE || (this.#end !== "open" && rows.length > 0)) {
        this.#rows = [];
        for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
          yield rows.slice(at, at + ROWS_AT_ONCE);
        }
      } else if (typeof this.#end === "object") {
        throw this.#end.error;
      } else if (this.#end === "ended") {
        return;
      } else {
        await this.#more();
      }
    }
  }

  async #more(): Promise<void> {
    const arrived = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (this.#isHeld) {
      this.#isHeld = false;
      this.#valve.resume();
    }
    await arrived;
  }
}
