import { JournalError } from "../core/index.ts";
import type { Connection } from "./connection.ts";
import { corruptJournal, unreadableJournal } from "./journal-errors.ts";

/** Marks a database as a journal of ours; the letters `OKMJ`. */
const APPLICATION_ID = 0x4f_4b_4d_4a;
/** Version of the tables below. */
const SCHEMA_VERSION = 2;

/** Number of each state of a record in the journal. Permanent once released. */
export const STATE = {
  reopened: 0,
  ready: 1,
  created: 2,
  updated: 3,
  existing: 4,
  rejected: 5,
  failed: 6,
  "left-out": 7,
} as const;

/** A state's number. */
export type State = (typeof STATE)[keyof typeof STATE];

/** Whether a user of the org stands behind the record. */
export const ENDED_WELL = `(${STATE.created}, ${STATE.updated}, ${STATE.existing})`;

/**
 * Creates the tables. What changes with every record is narrow; what failures and amendments carry
 * stands apart. Documented in `docs/reference/journal-format.md`.
 */
export function createTables(connection: Connection, schema: "main" | "temp"): void {
  connection.exec(`
    CREATE TABLE ${schema}.meta (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ${schema}.record (
      seq INTEGER PRIMARY KEY,
      line INTEGER NOT NULL,
      offset INTEGER,
      login TEXT NOT NULL,
      login_key TEXT,
      state INTEGER NOT NULL,
      route INTEGER NOT NULL,
      attempted INTEGER NOT NULL DEFAULT 0,
      not_before REAL,
      okta_id TEXT
    ) STRICT;
    CREATE TABLE ${schema}.route (
      id INTEGER PRIMARY KEY,
      label TEXT NOT NULL,
      route TEXT NOT NULL,
      warnings TEXT NOT NULL,
      UNIQUE (label, route, warnings)
    ) STRICT;
    CREATE INDEX ${schema}.record_reopened ON record (seq) WHERE state = ${STATE.reopened};
    CREATE TABLE ${schema}.failure (
      seq INTEGER PRIMARY KEY,
      code TEXT NOT NULL,
      causes TEXT NOT NULL,
      fields TEXT NOT NULL
    ) STRICT;
    CREATE INDEX ${schema}.failure_code ON failure (code);
    CREATE TABLE ${schema}.amendment (
      seq INTEGER PRIMARY KEY,
      fields TEXT NOT NULL
    ) STRICT;
    CREATE TABLE ${schema}.former (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL,
      line INTEGER NOT NULL,
      login TEXT NOT NULL,
      login_key TEXT,
      state INTEGER NOT NULL,
      route INTEGER NOT NULL,
      attempted INTEGER NOT NULL,
      not_before REAL,
      okta_id TEXT
    ) STRICT;
    CREATE INDEX ${schema}.former_key ON former (key);
  `);
}

/** Marks the database as a journal of this version; in the same transaction as its tables. */
export function markVersion(connection: Connection): void {
  connection.exec(
    `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`,
  );
}

/**
 * Looks at what a file is, before anything is written to it.
 *
 * @returns `empty` for a journal whose making was cut short
 * @throws {JournalError} JOURNAL_CORRUPT when it is some other database, JOURNAL_VERSION when
 *   another version of okta-migrate made it
 */
export function recogniseJournal(connection: Connection, path: string): "journal" | "empty" {
  const applicationId = connection.pragma("application_id");
  const version = connection.pragma("user_version");
  if (applicationId === APPLICATION_ID) {
    if (version === SCHEMA_VERSION) return "journal";
    throw new JournalError({
      code: "JOURNAL_VERSION",
      message: `The journal ${path} has format ${version ?? 0}; this okta-migrate knows format ${SCHEMA_VERSION}.`,
      hint:
        typeof version === "number" && version < SCHEMA_VERSION
          ? "Go on with the version of okta-migrate that began the run."
          : "Go on with the version of okta-migrate that began the run, or a newer one.",
    });
  }
  const tables = connection.get<readonly [number]>("SELECT count(*) FROM sqlite_master")?.[0];
  if (applicationId === 0 && version === 0 && tables === 0) return "empty";
  throw corruptJournal(path, "it is a database of another program");
}

/** The error for a journal that was never begun where one is expected. */
export function neverBegun(path: string): JournalError {
  return unreadableJournal(path, "no run was begun there");
}
