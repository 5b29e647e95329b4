import {
  isUnreadable,
  type ShownFields,
  SourceError,
  type SourceRecord,
  type SourceValue,
} from "../../core/index.ts";
import type { SqliteJournal } from "../../journal/index.ts";
import { cellOfValue, type MendedRow, parseFailuresRow, valueOfCell } from "../../reports/index.ts";
import { openSource, type SourceOptions } from "../../sources/index.ts";

/** What giving a mended `failures.csv` back did. */
export interface Mending {
  /** Records that are taken up again. */
  readonly takenUp: number;
  /** Lines that the file names, and at which not exactly one rejected or failed record stands. */
  readonly unknownLines: readonly number[];
  /** Columns that hold, or may hold, password material: they were not read. */
  readonly secretColumns: readonly string[];
}

/** Columns of a record that reports may show. */
type Show = (record: SourceRecord) => ShownFields;

/**
 * Takes up again every record that a mended `failures.csv` names, with what was changed in it.
 *
 * Password material is none of it: that comes from the source alone, and must stand in no journal.
 *
 * @param show what of a record is no password material
 * @throws {SourceError} when a row of it can't be read: nothing is taken up then
 */
export async function mendRecords(
  file: SourceOptions,
  journal: SqliteJournal,
  show: Show,
): Promise<Mending> {
  const { rows, secretColumns } = await readRows(file, show);
  const mended: { readonly line: number; readonly fields: ShownFields }[] = [];
  for await (const record of journal.failures()) {
    const row = rows.get(record.line);
    if (row !== undefined)
      mended.push({ line: record.line, fields: changedFields(row, record.fields) });
  }
  const refused = new Set(await journal.amend(mended));
  const takenUp = new Set(mended.map(({ line }) => line).filter((line) => !refused.has(line)));
  return {
    takenUp: takenUp.size,
    unknownLines: [...rows.keys()].filter((line) => !takenUp.has(line)),
    secretColumns: [...secretColumns],
  };
}

async function readRows(
  file: SourceOptions,
  show: Show,
): Promise<{
  readonly rows: ReadonlyMap<number, MendedRow>;
  readonly secretColumns: ReadonlySet<string>;
}> {
  const rows = new Map<number, MendedRow>();
  const secretColumns = new Set<string>();
  for await (const batch of openSource({ location: file.location }).read()) {
    for (const entry of batch) {
      const row = isUnreadable(entry)
        ? undefined
        : parseFailuresRow(
            [...entry.fields.keys()],
            [...entry.fields.values()].map((value) => cellOfValue(value)),
          );
      if (row === undefined) {
        throw new SourceError({
          code: "SOURCE_UNREADABLE",
          message: `Line ${entry.line} of ${file.location} can't be read as a row of a failures.csv.`,
          hint: "Mend or delete that line; its column line must hold the record's line in the source.",
          line: entry.line,
        });
      }
      const shown = show({ seq: entry.seq, line: entry.line, fields: row.cells });
      const cells = [...row.cells].filter(([column, cell]) => {
        if (Object.hasOwn(shown, column)) return true;
        if (cell !== "") secretColumns.add(column);
        return false;
      });
      rows.set(row.line, { ...row, cells: new Map(cells) });
    }
  }
  return { rows, secretColumns };
}

/** The columns whose cells are not what was written; typed as the source's values were. */
function changedFields(row: MendedRow, written: ShownFields): ShownFields {
  const changed: Record<string, SourceValue> = Object.create(null) as Record<string, SourceValue>;
  for (const [column, cell] of row.cells) {
    const before = Object.hasOwn(written, column) ? written[column] : undefined;
    if (cell === cellOfValue(before)) continue;
    changed[column] = valueOfCell(cell, before);
  }
  return changed;
}
