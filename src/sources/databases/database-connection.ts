import type { Secret, SourceValue } from "../../core/index.ts";
import type { DatabaseAddress } from "./database-address.ts";

/** How a server is entered. */
export interface DatabaseAccess {
  readonly address: DatabaseAddress;
  readonly password: Secret | undefined;
}

/** The values of one row; undefined is text that is none in the encoding it should be in. */
export type Row = readonly (SourceValue | undefined)[];

/** Rows as they arrive. The first batch tells the columns, also where there is no row. */
export interface RowBatch {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** A connection that reads one statement. Methods throw errors of the driver, or of ours. */
export interface RowReader {
  /** For people: `PostgreSQL`. */
  readonly system: string;
  /** Rows of one SELECT, in one read-only transaction, at the reader's pace. */
  read(sql: string): AsyncIterable<RowBatch>;
  /** Ends what the server does for us, and the connection; what is being read then fails. */
  cancel(): Promise<void>;
  /** Ends the connection. */
  close(): Promise<void>;
}

/** Rows that are fetched at once, at most. */
export const ROWS_AT_ONCE = 1_000;
