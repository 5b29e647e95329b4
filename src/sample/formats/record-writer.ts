import type { Cell } from "./cell.ts";

/** Writes records of one shape as text, one after another. */
export interface RecordWriter {
  /** What stands before the first record. */
  readonly head: string;
  /** What stands between the record that was written last and the next one, if anything. */
  before(): string;
  /**
   * The next record, from the character at which it opens.
   *
   * @param cells in the order of the columns
   */
  record(cells: readonly Cell[]): string;
  /** What stands behind the last record. */
  readonly tail: string;
}

/** What a writer is told of the records beforehand. */
export interface Column {
  readonly name: string;
  /** @default "text" */
  readonly type?: "text" | "integer";
}
