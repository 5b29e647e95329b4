import { SourceError, type SourcePosition, type SourceValue } from "../../core/index.ts";
import { printableName } from "../printable-name.ts";
import type { Dialect } from "./select-statement.ts";

/** Watches over the keys of rows: whole numbers, each greater than the one before. */
export class KeyOrder {
  readonly #key: string;
  /** The row that a reading must begin with. */
  readonly #from: SourcePosition | undefined;
  readonly #mayBePadded: boolean;
  #last: number | undefined;

  constructor(
    key: string,
    from: SourcePosition | undefined,
    { comparesTextAsNumber }: Pick<Dialect, "comparesTextAsNumber">,
  ) {
    this.#key = key;
    this.#from = from;
    this.#mayBePadded = comparesTextAsNumber;
  }

  /** Where the key stands. @throws {SourceError} SOURCE_KEY when it is none of the columns */
  columnAmong(columns: readonly string[]): number {
    const at = columns.indexOf(this.#key);
    if (at !== -1) return at;
    const names = columns.map((column) => printableName(column)).join(", ");
    throw this.#wrong(
      `is none of the columns: ${names}`,
      "Name one of them, as it is written here.",
    );
  }

  /**
   * The key of the next row.
   *
   * @throws {SourceError} SOURCE_KEY when it is no whole number, or not greater than the last one;
   *   SOURCE_CHANGED_WHILE_READ when the row that was to be the first is gone
   */
  next(value: SourceValue | undefined, seq: number): number {
    if (value === null || value === undefined) throw this.missing();
    if (typeof value === "string" && /^-?0\d/.test(value) && !this.#mayBePadded) {
      throw this.#wrong(`is text that begins with zeros: see row ${seq}`, CHOOSE);
    }
    const key = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof key !== "number" || !Number.isSafeInteger(key)) {
      throw this.#wrong(`holds no whole number that can be counted with in row ${seq}`, CHOOSE);
    }
    if (this.#last !== undefined && key < this.#last) {
      throw this.#wrong(`is text, which is not ordered as numbers are: see row ${seq}`, CHOOSE);
    }
    if (key === this.#last) {
      throw this.#wrong(`is not unique: rows ${seq - 1} and ${seq} have the same`, CHOOSE);
    }
    if (this.#last === undefined && this.#isOther(key)) throw rowGone(this.#from);
    this.#last = key;
    return key;
  }

  /** @throws {SourceError} SOURCE_CHANGED_WHILE_READ when a reading found no row at all to begin with */
  assertBegun(): void {
    if (this.#last === undefined && this.#from?.offset !== undefined) throw rowGone(this.#from);
  }

  /** That a row has no key. */
  missing(): SourceError {
    return this.#wrong(
      "is empty in some rows",
      "Leave them out with WHERE, or name another column.",
    );
  }

  #isOther(key: number): boolean {
    return this.#from?.offset !== undefined && this.#from.offset !== key;
  }

  #wrong(what: string, hint: string): SourceError {
    return new SourceError({
      code: "SOURCE_KEY",
      message: `The key ${printableName(this.#key)} ${what}.`,
      hint,
    });
  }
}

const CHOOSE = "Name a column of whole numbers that no two rows share, or leave the key out.";

function rowGone(from: SourcePosition | undefined): SourceError {
  return new SourceError({
    code: "SOURCE_CHANGED_WHILE_READ",
    message: `Row ${from?.seq ?? 1} is no longer where the run left off: rows were removed from the database since.`,
    hint: "Run with --source-changed to go on by login.",
  });
}
