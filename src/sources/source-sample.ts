import { isUnreadable, type SourceEntry, type SourceValue } from "../core/index.ts";

/** Records and values that are looked at: enough to tell a column of hashes from one of names. */
export const SAMPLED_RECORDS = 100;
const SAMPLED_VALUES = 20;

/** Collects the columns of the first records, and the first values of each that are not empty. */
export class SourceSample {
  /** Readable records seen, at most 100. */
  records = 0;
  readonly #values = new Map<string, SourceValue[]>();

  /** @param columns those known beforehand */
  constructor(columns: readonly string[]) {
    for (const column of columns) this.#values.set(column, []);
  }

  get columns(): readonly string[] {
    return [...this.#values.keys()];
  }

  get samples(): ReadonlyMap<string, readonly SourceValue[]> {
    return this.#values;
  }

  add(entries: readonly SourceEntry[]): void {
    for (const entry of entries) {
      if (this.records === SAMPLED_RECORDS) return;
      if (isUnreadable(entry)) continue;
      this.records += 1;
      for (const [column, value] of entry.fields) this.#addValue(column, value);
    }
  }

  #addValue(column: string, value: SourceValue): void {
    let values = this.#values.get(column);
    if (values === undefined) this.#values.set(column, (values = []));
    if (values.length < SAMPLED_VALUES && value !== "" && value !== null) values.push(value);
  }
}
