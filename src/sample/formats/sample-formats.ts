import { delimitedWriter } from "./delimited.ts";
import { jsonWriter, ndjsonWriter } from "./json.ts";
import type { Column, RecordWriter } from "./record-writer.ts";
import { sqlWriter } from "./sql.ts";

/** The formats in which any records can be written. */
export const RECORD_FORMATS = ["csv", "tsv", "ndjson", "json", "sql"] as const;

/** A name in {@link RECORD_FORMATS}. */
export type RecordFormat = (typeof RECORD_FORMATS)[number];

/** The formats in which invented users can be written. */
export const SAMPLE_FORMATS = [...RECORD_FORMATS, "ldif"] as const;

/** A name in {@link SAMPLE_FORMATS}. */
export type SampleFormat = (typeof SAMPLE_FORMATS)[number];

/** A writer of records with these columns. It writes one text: take a new one for each file. */
export function openRecordWriter(format: RecordFormat, columns: readonly Column[]): RecordWriter {
  switch (format) {
    case "csv":
      return delimitedWriter(columns, ",");
    case "tsv":
      return delimitedWriter(columns, "\t");
    case "ndjson":
      return ndjsonWriter(columns);
    case "json":
      return jsonWriter(columns);
    case "sql":
      return sqlWriter(columns);
  }
}
