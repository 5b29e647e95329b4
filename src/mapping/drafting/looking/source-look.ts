import type { SourceEntry, SourceRecord, SourceValue } from "../../../core/index.ts";
import { isUnreadable } from "../../../core/index.ts";
import { isAbsent, recogniseFormat } from "../../../passwords/formats/index.ts";
import { type ColumnFacts, ColumnLook } from "./column-look.ts";

/** Objects are taken apart so far down. */
const MAX_DEPTH = 3;
/** Sources whose keys are values, such as ids, have no end of them. */
const MAX_COLUMNS = 1_000;
/** Records that are kept, to read their hashes and to show some as they would be mapped. */
const KEPT_RECORDS = 200;
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** What was seen of a source. */
export interface SourceFacts {
  readonly records: number;
  readonly unreadable: number;
  /** Whether more records follow that were not looked at. */
  readonly isPart: boolean;
  /** In the order of the header, or as they first came up. */
  readonly columns: readonly ColumnFacts[];
  /** Keys beyond the first thousand, which were left out. */
  readonly columnsLeftOut: number;
  /** Some of the first records. */
  readonly firstRecords: readonly SourceRecord[];
}

/** Looks at the records of a source, one after the other, in constant memory. */
export class SourceLook {
  /** Records that were looked at. */
  records = 0;
  #unreadable = 0;
  readonly #looks = new Map<string, ColumnLook>();
  readonly #leftOut = new Set<string>();
  readonly #first: SourceRecord[] = [];

  /** @param columns those known beforehand */
  constructor(columns: readonly string[]) {
    for (const column of columns) this.#lookAt(column, []);
  }

  /** Looks at one more entry. */
  add(entry: SourceEntry): void {
    if (isUnreadable(entry)) {
      this.#unreadable += 1;
      return;
    }
    this.records += 1;
    if (this.#first.length < KEPT_RECORDS) this.#first.push(entry);
    for (const [column, value] of entry.fields) this.#add(column, [], value);
  }

  /**
   * What was seen so far.
   *
   * @param isPart whether more records follow
   */
  facts(isPart: boolean): SourceFacts {
    const columns = [...this.#looks.values()].map((look) => look.facts(this.records));
    return {
      records: this.records,
      unreadable: this.#unreadable,
      isPart,
      columns: columns.filter((column) => !isTakenApart(column, columns)),
      columnsLeftOut: this.#leftOut.size,
      firstRecords: this.#first,
    };
  }

  #add(column: string, keys: readonly string[], value: SourceValue): void {
    const look = this.#lookAt(column, keys);
    if (look === undefined || isAbsent(value)) return;
    if (canBeTakenApart(column, keys, value)) {
      for (const [key, inner] of Object.entries<SourceValue>(value)) {
        this.#add(column, [...keys, key], inner);
      }
    } else {
      look.add(value);
    }
  }

  #lookAt(column: string, keys: readonly string[]): ColumnLook | undefined {
    const id = keys.length === 0 ? column : JSON.stringify([column, ...keys]);
    const known = this.#looks.get(id);
    if (known !== undefined) return known;
    if (this.#looks.size >= MAX_COLUMNS) {
      if (this.#leftOut.size < MAX_COLUMNS) this.#leftOut.add(id);
      return undefined;
    }
    const look = new ColumnLook(column, keys);
    this.#looks.set(id, look);
    return look;
  }
}

/**
 * Only objects whose names a dotted path can have are taken apart, and none that is a hash; others
 * are told of as a whole.
 */
function canBeTakenApart(
  column: string,
  keys: readonly string[],
  value: SourceValue,
): value is { readonly [key: string]: SourceValue } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return (
    keys.length < MAX_DEPTH &&
    names.length > 0 &&
    [column, ...names].every((name) => IDENTIFIER.test(name)) &&
    recogniseFormat(value) === undefined
  );
}

/** An object that was never seen whole is told of by its keys alone. */
function isTakenApart({ column, keys, filled }: ColumnFacts, all: readonly ColumnFacts[]): boolean {
  return (
    filled === 0 &&
    all.some(
      (other) =>
        other.column === column &&
        other.keys.length > keys.length &&
        keys.every((key, at) => other.keys[at] === key),
    )
  );
}
