import { join, resolve } from "node:path";
import { Connection } from "./connection.ts";
import { corruptJournal, journalErrorOf } from "./journal-errors.ts";
import { assembleJournal, createRun, type JournalFiles } from "./journal-parts.ts";
import { exists, makeFile, makeFolder } from "./run-files.ts";
import type { RunIdentity } from "./run-identity.ts";
import { RunLock } from "./run-lock.ts";
import { neverBegun, recogniseJournal } from "./schema.ts";
import { SqliteJournal } from "./sqlite-journal.ts";

/** The log is cut back to this after it had to grow, for a source change for instance. */
const LOG_BYTES_AT_REST = 64 * 1024 * 1024;

/** How a journal is opened. */
export interface OpenJournalOptions {
  /** The run's folder. */
  readonly dir: string;
  /** Begins the run where there is none; a run that is there keeps its own identity. */
  readonly create?: RunIdentity;
  /** Only to be read, beside a process that writes it or none; takes no lock. @default false */
  readonly readOnly?: boolean;
  /** @internal Pages the database may grow to, to try a full disk. */
  readonly maxPages?: number;
}

/** Whether a run's folder holds a journal. */
export async function journalExists(dir: string): Promise<boolean> {
  return exists(pathsIn(dir).journal);
}

/**
 * Opens the journal of a run.
 *
 * @throws {JournalError} JOURNAL_LOCKED when another process works on the run; JOURNAL_UNREADABLE
 *   when there is none; JOURNAL_CORRUPT, JOURNAL_VERSION when it can't be used; JOURNAL_UNWRITABLE
 */
export async function openJournal(options: OpenJournalOptions): Promise<SqliteJournal> {
  const paths = pathsIn(options.dir);
  if (options.readOnly === true) return openToRead(paths.journal);
  if (options.create !== undefined) await makeFolder(paths.folder);
  else if (!(await exists(paths.journal))) throw neverBegun(paths.journal);
  await makeFile(paths.lock);
  const lock = RunLock.take(paths.lock);
  try {
    await makeFile(paths.journal);
    return openToWrite(paths.journal, lock, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Opens a journal that ends with the process: for a check or a dry run. It stands in a temporary
 * file without a name, so that memory stays bounded and nothing is left.
 */
export async function openEphemeralJournal(identity: RunIdentity): Promise<SqliteJournal> {
  const name = "of this check";
  return opening(
    name,
    () => Connection.openTemporary(),
    (connection) => {
      createRun(connection, identity, "temp");
      return new SqliteJournal(
        assembleJournal(
          connection,
          closable(() => connection.close()),
          name,
        ),
      );
    },
  );
}

function openToWrite(path: string, lock: RunLock, options: OpenJournalOptions): SqliteJournal {
  return opening(
    path,
    () => Connection.openFile(path, "rw"),
    (connection) => {
      const found = recogniseJournal(connection, path);
      if (found === "empty" && options.create === undefined) throw neverBegun(path);
      assertSound(connection, path);
      connection.pragma("journal_mode = WAL");
      connection.exec(
        `PRAGMA synchronous = FULL; PRAGMA journal_size_limit = ${LOG_BYTES_AT_REST}`,
      );
      if (options.maxPages !== undefined) connection.pragma(`max_page_count = ${options.maxPages}`);
      if (found === "empty" && options.create !== undefined) {
        createRun(connection, options.create, "main");
      }
      const files = closable((fold) => {
        if (fold) foldLog(connection);
        connection.close();
        lock.release();
      });
      return new SqliteJournal(assembleJournal(connection, files, path));
    },
  );
}

async function openToRead(path: string): Promise<SqliteJournal> {
  if (!(await exists(path))) throw neverBegun(path);
  return opening(
    path,
    () => Connection.openFile(path, "ro"),
    (connection) => {
      if (recogniseJournal(connection, path) === "empty") throw neverBegun(path);
      assertSound(connection, path);
      const files = closable(() => connection.close());
      return new SqliteJournal(assembleJournal(connection, files, path));
    },
  );
}

/** Looks at the structure of every page: about 150 ms a million records. */
function assertSound(connection: Connection, path: string): void {
  const found = connection.pragma("quick_check(1)");
  if (found !== "ok") throw corruptJournal(path, "SQLite finds its pages damaged");
}

/** Leaves one file; beside a reader the log stays, but empty. */
function foldLog(connection: Connection): void {
  connection.exec("PRAGMA busy_timeout = 0");
  for (const fold of ["journal_mode = DELETE", "wal_checkpoint(TRUNCATE)"]) {
    try {
      connection.pragma(fold);
      return;
    } catch {
      // What is committed is on the disk already; the next to open the journal folds its log.
    }
  }
}

/** Connects and sets up; where the setting up fails, the connection is closed again. */
function opening(
  path: string,
  connect: () => Connection,
  setUp: (connection: Connection) => SqliteJournal,
): SqliteJournal {
  let connection: Connection | undefined;
  try {
    connection = connect();
    return setUp(connection);
  } catch (error) {
    connection?.close();
    throw openingErrorOf(error, path);
  }
}

function openingErrorOf(error: unknown, path: string): Error {
  const isSqlite = error instanceof Error && "code" in error && error.code === "SQLITE_ERROR";
  // Its mark says that it is a journal, and its tables are not those of one.
  return isSqlite
    ? corruptJournal(path, "its tables are not those of a journal", error)
    : journalErrorOf(error, "open", path);
}

function closable(close: (fold: boolean) => void): JournalFiles {
  let isClosed = false;
  return {
    get isClosed() {
      return isClosed;
    },
    close: ({ fold }) => {
      if (isClosed) return;
      isClosed = true;
      close(fold);
    },
  };
}

function pathsIn(dir: string): {
  readonly folder: string;
  readonly journal: string;
  readonly lock: string;
} {
  const folder = resolve(dir);
  return { folder, journal: join(folder, "journal"), lock: join(folder, "journal.lock") };
}
