import type { CleanedCount, ValueChange } from "../core/index.ts";

/** Is told what cleaning rules did to the values of a record. */
export interface ChangeSink {
  /** Takes what was done to the values of the record at a line of the source. */
  note(line: number, changes: readonly ValueChange[]): void;
}

/** Counts what cleaning rules did to the values of a batch. */
export class CleaningCounts {
  readonly #counts = new Map<
    string,
    { -readonly [Key in keyof CleanedCount]: CleanedCount[Key] }
  >();

  add(changes: readonly ValueChange[]): void {
    for (const { attribute, rule, kind } of changes) {
      const key = `${attribute} ${rule}`;
      let count = this.#counts.get(key);
      if (count === undefined) {
        count = { attribute, rule, changed: 0, lossy: 0, unread: 0 };
        this.#counts.set(key, count);
      }
      if (kind === "unread") count.unread += 1;
      else count.changed += 1;
      if (kind === "lossy") count.lossy += 1;
    }
  }

  list(): readonly CleanedCount[] {
    return [...this.#counts.values()];
  }
}
