import type { SourceValue } from "../../core/index.ts";

/** A value of a record; `null` where there is none. */
export type Cell = SourceValue;

/** A cell as text, as a table or a directory holds it: lists and objects are JSON, `null` is empty. */
export function cellText(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (cell === null) return "";
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}
