import type { CleanedCount } from "../core/index.ts";
import type { MetaTable } from "./meta-table.ts";

/** What cleaning rules did to the values of all records that were planned, over all processes. */
export class CleaningAccount {
  readonly #meta: MetaTable;
  #counts: Map<string, CleanedCount>;
  #isWritten = true;

  constructor(meta: MetaTable) {
    this.#meta = meta;
    this.#counts = readCounts(meta);
  }

  add(counts: readonly CleanedCount[]): void {
    for (const count of counts) {
      const known = this.#counts.get(keyOf(count));
      this.#counts.set(keyOf(count), known === undefined ? count : sumOf(known, count));
      this.#isWritten = false;
    }
  }

  /** Forgets everything: other rules hold from now on. */
  clear(): void {
    if (this.#counts.size === 0) return;
    this.#counts = new Map();
    this.#isWritten = false;
  }

  list(): readonly CleanedCount[] {
    return [...this.#counts.values()];
  }

  /** Writes what is new; inside a transaction. */
  write(): void {
    if (this.#isWritten) return;
    this.#meta.set("cleaning", JSON.stringify(this.list()));
    this.#isWritten = true;
  }

  /** Goes back to what is written, since a transaction was rolled back. */
  forget(): void {
    this.#counts = readCounts(this.#meta);
    this.#isWritten = true;
  }
}

function readCounts(meta: MetaTable): Map<string, CleanedCount> {
  const stored = JSON.parse(meta.get("cleaning") ?? "[]") as readonly CleanedCount[];
  return new Map(stored.map((count) => [keyOf(count), count]));
}

function keyOf({ attribute, rule }: CleanedCount): string {
  return `${attribute} ${rule}`;
}

function sumOf(one: CleanedCount, other: CleanedCount): CleanedCount {
  return {
    ...one,
    changed: one.changed + other.changed,
    lossy: one.lossy + other.lossy,
    unread: one.unread + other.unread,
  };
}
