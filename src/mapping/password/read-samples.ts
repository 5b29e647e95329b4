import type { SourceHead, SourceRecord, SourceValue } from "../../core/index.ts";
import { isAbsent, type Reading, recogniseFormat } from "../../passwords/formats/index.ts";
import { readColumnPath } from "../values/column-path.ts";
import type { HashPlaces } from "./find-places.ts";
import type { PasswordReader } from "./read-password.ts";

/** What the first records hold of passwords. */
export interface PasswordSamples {
  /** Of those that hold something. */
  readonly readings: readonly Reading[];
  /** Whether there are some, and each tells its format without what stands beside it. */
  readonly areWhole: boolean;
}

/**
 * Reads the hashes of the first records. The head keeps no empty values, so that a salt may be that
 * of another record: good to tell the kind of a column, and for nothing else.
 */
export function readSamples(
  head: SourceHead,
  places: HashPlaces,
  read: PasswordReader,
): PasswordSamples {
  const records = sampledRecords(head, places).filter(
    (record) => !isAbsent(readColumnPath(record, places.hash)),
  );
  return {
    readings: records.map(read),
    areWhole:
      records.length > 0 &&
      records.every((record) => recogniseFormat(readColumnPath(record, places.hash)) !== undefined),
  };
}

function sampledRecords(head: SourceHead, places: HashPlaces): readonly SourceRecord[] {
  const columns = columnsOf(places);
  return (head.samples.get(places.hash.column) ?? []).map((_, index) => {
    const fields = new Map<string, SourceValue>();
    for (const column of columns) fields.set(column, head.samples.get(column)?.[index] ?? null);
    return { seq: index + 1, line: index + 1, fields };
  });
}

/** Columns that are read of every record. */
export function columnsOf({ hash, salt, rounds, params }: HashPlaces): readonly string[] {
  return [
    hash.column,
    ...(salt === undefined ? [] : [salt.column]),
    ...(typeof rounds === "object" ? [rounds.column] : []),
    ...params.map(({ path }) => path.column),
  ];
}
