import { SourceError } from "../../core/index.ts";
import { printableLocation, printableName } from "../printable-name.ts";
import { type CellValue, toSourceValue } from "./cell-value.ts";

/** A column of a sheet: its name, and where its cells stand in a row. */
export interface SheetColumn {
  readonly name: string;
  readonly at: number;
}

/**
 * Reads the row that names the columns; a column without a name is no column.
 *
 * @throws {SourceError} SOURCE_HEADER when two columns have one name
 */
export function readHeader(values: readonly CellValue[], location: string): readonly SheetColumn[] {
  const columns: SheetColumn[] = [];
  for (const [at, value] of values.entries()) {
    const name = String(toSourceValue(value) ?? "").trim();
    if (name === "") continue;
    if (columns.some((column) => column.name === name)) {
      throw new SourceError({
        code: "SOURCE_HEADER",
        message: `${printableLocation(location)} has two columns named ${printableName(name)}.`,
        hint: "Rename one of them in the first row of the sheet.",
      });
    }
    columns.push({ name, at });
  }
  return columns;
}
