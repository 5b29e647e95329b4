/*
 * A cell that a spreadsheet would run as a formula gets an apostrophe in front. So that the
 * apostrophe can be taken off again without touching a value that really begins with one, a cell
 * of apostrophes followed by such a character gets one more: +49 becomes '+49, and '+49 becomes
 * ''+49. Taking exactly one off undoes both, and a cell without a formula's first character keeps
 * every apostrophe it has.
 */
const STARTS_FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;
const GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/u;
const NEEDS_QUOTES = /[",\r\n;\t]|^\s|\s$/u;
const GUARD = "'";

/**
 * One line of a CSV file with its line feed, quoted as RFC 4180 says, safe to open in a
 * spreadsheet. `csvCellBack` restores each cell.
 */
export function csvLine(cells: readonly string[]): string {
  if (cells.length === 1 && cells[0] === "") return '""\n';
  return `${cells.map(writeCell).join(",")}\n`;
}

/** The value of a cell that {@link csvLine} wrote, as a CSV reader gives it. */
export function csvCellBack(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(GUARD.length) : cell;
}

function writeCell(value: string): string {
  const cell = STARTS_FORMULA.test(value) ? GUARD + value : value;
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
