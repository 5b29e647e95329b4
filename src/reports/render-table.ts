import { printable } from "../core/index.ts";
import { displayWidth, fitWidth, wrapWidth } from "./display-width.ts";
import { PLAIN_STYLE, type Style } from "./style.ts";

/** A column of a table. */
export interface TableColumn {
  /** Name above the column; a table whose columns all lack one has no header line. */
  readonly header?: string;
  /** @default "left" */
  readonly align?: "left" | "right";
  /** What happens to text wider than the column. @default "cut" */
  readonly overflow?: "cut" | "wrap";
}

/** How a table is drawn. */
export interface TableOptions {
  readonly columns: readonly TableColumn[];
  /** Columns of the terminal that the table may fill. @default 80 */
  readonly width?: number;
  /** Written before every line, and counted in the width. @default "" */
  readonly indent?: string;
  readonly style?: Style;
}

const GAP = "  ";
const MIN_COLUMN_WIDTH = 4;
const MAX_CELL_LENGTH = 1000;

/**
 * Rows as aligned text, every cell made safe to print, no line wider than the width unless the
 * columns can't be made that narrow. The widest columns give way first.
 *
 * @returns lines ending in a line feed; nothing for no rows
 */
export function renderTable(rows: readonly (readonly string[])[], options: TableOptions): string {
  if (rows.length === 0) return "";
  const { columns, width = 80, indent = "", style = PLAIN_STYLE } = options;
  const body = rows.map((row) =>
    columns.map((_column, index) => printable(row[index] ?? "", MAX_CELL_LENGTH)),
  );
  const headers = columns.map((column) => column.header ?? "");
  const gaps = GAP.length * (columns.length - 1);
  const widths = shrinkToFit(
    headers.map((header, index) => widestOf(header, body, index)),
    width - displayWidth(indent) - gaps,
  );
  const draw = (row: readonly string[]): readonly string[] => drawRow(row, columns, widths);
  const lines = body.flatMap(draw).map((line) => indent + line);
  if (headers.some((header) => header !== "")) {
    lines.unshift(...draw(headers).map((line) => indent + style.bold(line)));
  }
  return lines.map((line) => `${line}\n`).join("");
}

function widestOf(header: string, rows: readonly (readonly string[])[], index: number): number {
  return rows.reduce(
    (widest, row) => Math.max(widest, displayWidth(row[index] ?? "")),
    displayWidth(header),
  );
}

function shrinkToFit(natural: readonly number[], available: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= MIN_COLUMN_WIDTH) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

function drawRow(
  row: readonly string[],
  columns: readonly TableColumn[],
  widths: readonly number[],
): readonly string[] {
  const cells = columns.map((column, index) => {
    const text = row[index] ?? "";
    const width = widths[index] ?? 0;
    return column.overflow === "wrap" ? wrapWidth(text, width) : [fitWidth(text, width)];
  });
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_line, lineIndex) =>
    cells
      .map((lines, index) =>
        pad(lines[lineIndex] ?? "", widths[index] ?? 0, columns[index]?.align ?? "left"),
      )
      .join(GAP)
      .trimEnd(),
  );
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const filling = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "right" ? filling + text : text + filling;
}
