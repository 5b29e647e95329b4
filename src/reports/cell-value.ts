import type { SourceValue } from "../core/index.ts";

/** A source's value as text in a cell: nothing for null, JSON text for lists and objects. */
export function cellOfValue(value: SourceValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/**
 * The value that a mended cell stands for, in place of the source's original.
 *
 * A cell that was left alone gives the original itself. A changed one is text where the original
 * was text or missing, and read as JSON where it was a number, a truth value, a list or an object;
 * text that is no JSON stays text. An emptied cell of such a column is null.
 */
export function valueOfCell(cell: string, original: SourceValue | undefined): SourceValue {
  if (original !== undefined && cell === cellOfValue(original)) return original;
  if (typeof original === "string" || original === undefined || original === null) return cell;
  if (cell === "") return null;
  try {
    return JSON.parse(cell) as SourceValue;
  } catch {
    return cell;
  }
}
