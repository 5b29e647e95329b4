import { printable, type CauseCode, type ShownFields } from "../core/index.ts";
import { cellOfValue } from "./cell-value.ts";
import { csvCellBack } from "./csv-line.ts";

/** Why a record did not end well: an issue or a failure. */
export interface Cause {
  readonly code: CauseCode;
  readonly reason: string;
  readonly hint: string;
}

/** A record that is rejected or failed, with all its causes. */
export interface FailedRecord {
  readonly line: number;
  readonly outcome: "rejected" | "failed";
  readonly causes: readonly Cause[];
  /** What reports may show of the record; empty for one that could not be read. */
  readonly fields: ShownFields;
}

/** A row of `failures.csv` as the operator gives it back. */
export interface MendedRow {
  /** Line of the record in the original source. */
  readonly line: number;
  readonly outcome: string;
  /** Cells of the source's own columns, by the source's names. */
  readonly cells: ReadonlyMap<string, string>;
}

const OUR_COLUMNS = ["line", "outcome", "code", "reason", "hint"] as const;
/** A source's column of one of our names, or what already looks like one set apart. */
const CLASHES = /^(?:source\.)*(?:line|outcome|code|reason|hint)$/;
const SET_APART = /^(?:source\.)+(?:line|outcome|code|reason|hint)$/;
const APART = "source.";

/**
 * The columns of `failures.csv`: the source's own, then `line`, `outcome`, `code`, `reason` and
 * `hint`. A column of the source that is called like one of ours is named `source.line` and so on.
 */
export function failuresHeader(columns: readonly string[]): readonly string[] {
  const theirs = columns.map((column) => (CLASHES.test(column) ? APART + column : column));
  return [...theirs, ...OUR_COLUMNS];
}

/**
 * A record's cells, in the order of {@link failuresHeader} for the same columns.
 *
 * The source's values stand as they were; codes are separated by one space and each is named once,
 * reasons and hints are whole sentences one after the other.
 */
export function failuresRow(columns: readonly string[], record: FailedRecord): readonly string[] {
  const { line, outcome, causes, fields } = record;
  const theirs = columns.map((column) =>
    cellOfValue(Object.hasOwn(fields, column) ? fields[column] : undefined),
  );
  return [
    ...theirs,
    String(line),
    outcome,
    joinDistinct(causes.map((cause) => cause.code)),
    joinDistinct(causes.map((cause) => printable(cause.reason))),
    joinDistinct(causes.map((cause) => printable(cause.hint))),
  ];
}

/** Whether a CSV file's header is that of a `failures.csv`: it has both `line` and `outcome`. */
export function isFailuresHeader(header: readonly string[]): boolean {
  return header.includes("line") && header.includes("outcome");
}

/**
 * Reads a row of a `failures.csv` back, its columns in any order, ours but `line` and `outcome`
 * possibly taken out.
 *
 * @param header the file's first row, as a CSV reader gives it
 * @param cells the row, as a CSV reader gives it
 * @returns undefined when its `line` is no line number, so that nobody knows which record it is
 */
export function parseFailuresRow(
  header: readonly string[],
  cells: readonly string[],
): MendedRow | undefined {
  const line = Number(cells[header.indexOf("line")]?.trim() || Number.NaN);
  if (!Number.isSafeInteger(line) || line < 1) return undefined;
  const theirs = new Map<string, string>();
  let outcome = "";
  header.forEach((name, index) => {
    const cell = cells[index] ?? "";
    if (name === "outcome") outcome = cell.trim();
    if (isOurs(name)) return;
    const column = csvCellBack(name);
    theirs.set(SET_APART.test(column) ? column.slice(APART.length) : column, csvCellBack(cell));
  });
  return { line, outcome, cells: theirs };
}

function isOurs(name: string): boolean {
  return OUR_COLUMNS.some((ours) => ours === name);
}

function joinDistinct(texts: readonly string[]): string {
  return [...new Set(texts)].join(" ");
}
