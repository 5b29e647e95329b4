import type { MigrationEvent } from "../../core/index.ts";
import type { SqliteJournal } from "../../journal/index.ts";
import type { RunContext } from "./carry-out.ts";
import { mendRecords } from "./mend-records.ts";

/**
 * Takes up the records that a mended `failures.csv` names, where one was given, and tells what of
 * it was not taken.
 *
 * @returns how many records wait to be planned again
 * @throws {SourceError} when a row of the file can't be read
 */
export async function takeUpMended(
  { located, session, prepared }: RunContext,
  journal: SqliteJournal,
): Promise<number> {
  const { mended } = located;
  if (mended === undefined) return 0;
  const rules = prepared.rules([]);
  const { takenUp, unknownLines, secretColumns } = await mendRecords(mended, journal, (record) =>
    rules.show(record),
  );
  session.view.say(`${takenUp} records are taken up again, as ${mended.location} has them.`);
  if (unknownLines.length > 0) session.events.emit(unknownLinesWarning(unknownLines));
  if (secretColumns.length > 0) session.events.emit(secretColumnsWarning(secretColumns));
  return takenUp;
}

function secretColumnsWarning(columns: readonly string[]): MigrationEvent {
  return {
    event: "warning",
    message: `${columns.join(", ")} of the mended file may hold password material and was not read: that comes from the original source.`,
    hint: "Mend password material in the source itself, then import it with --source-changed.",
  };
}

function unknownLinesWarning(lines: readonly number[]): MigrationEvent {
  return {
    event: "warning",
    message: `${lines.length} rows name no rejected or failed record of the run, the first of them line ${String(lines[0])}; they were left alone.`,
  };
}
