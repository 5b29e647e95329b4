import { join } from "node:path";
import { Connection } from "./connection.ts";
import { corruptJournal, journalErrorOf } from "./journal-errors.ts";
import { makeFile, makeFolder } from "./run-files.ts";
import { RunLock } from "./run-lock.ts";

/** Marks a database as a ledger of ours; the letters `OKMR`. */
const APPLICATION_ID = 0x4f_4b_4d_52;
const VERSION = 1;

const STATES = ["attempted", "reset", "refused"] as const;

/** How far a reset came. */
type ResetState = (typeof STATES)[number];

interface NotedReset {
  readonly state: ResetState;
  readonly mail: "mail" | "no-mail";
}

/**
 * The password resets of one org, in a database of one row a user: noted on disk before the request
 * leaves, and again after its answer. It holds ids, times and how each ended, and nothing else.
 */
export class ResetLedgerFile {
  readonly #path: string;
  readonly #connection: Connection;
  readonly #lock: RunLock;

  private constructor(path: string, connection: Connection, lock: RunLock) {
    this.#path = path;
    this.#connection = connection;
    this.#lock = lock;
  }

  /**
   * Opens the ledger in a folder, an empty one where there is none; the folder and its files are
   * their owner's alone.
   *
   * @throws {JournalError} JOURNAL_LOCKED when another process has it; JOURNAL_CORRUPT,
   *   JOURNAL_UNREADABLE, JOURNAL_UNWRITABLE
   */
  static async open(folder: string): Promise<ResetLedgerFile> {
    const path = join(folder, "resets");
    const lockPath = join(folder, "lock");
    await makeFolder(folder);
    await makeFile(lockPath);
    const lock = RunLock.take(lockPath);
    let connection: Connection | undefined;
    try {
      await makeFile(path);
      connection = Connection.openFile(path, "rw");
      setUp(connection, path);
      return new ResetLedgerFile(path, connection, lock);
    } catch (error) {
      connection?.close();
      lock.release();
      throw journalErrorOf(error, "open", path);
    }
  }

  /** What is noted of a user. */
  find(oktaId: string): NotedReset | undefined {
    return this.#work("read", () => {
      const row = this.#connection.get<readonly [number, number]>(
        "SELECT state, mail FROM reset WHERE okta_id = ?",
        [oktaId],
      );
      if (row === undefined) return undefined;
      return { state: STATES[row[0]] ?? "attempted", mail: row[1] === 1 ? "mail" : "no-mail" };
    });
  }

  /** To be called before a request leaves. @throws {JournalError} JOURNAL_UNWRITABLE, and then it must not */
  note(oktaId: string, mail: NotedReset["mail"], atMs: number): void {
    this.#work("write", () =>
      this.#connection.run(
        "INSERT OR REPLACE INTO reset (okta_id, state, mail, at_ms) VALUES (?, 0, ?, ?)",
        [oktaId, mail === "mail" ? 1 : 0, Math.round(atMs)],
      ),
    );
  }

  /** How a request that was noted ended. @throws {JournalError} JOURNAL_UNWRITABLE */
  end(oktaId: string, state: Exclude<ResetState, "attempted">): void {
    this.#work("write", () =>
      this.#connection.run("UPDATE reset SET state = ? WHERE okta_id = ?", [
        STATES.indexOf(state),
        oktaId,
      ]),
    );
  }

  /** How many users were reset, by all processes. */
  resetCount(): number {
    return this.#work(
      "read",
      () =>
        this.#connection.get<readonly [number]>(
          "SELECT count(*) FROM reset WHERE state = 1",
        )?.[0] ?? 0,
    );
  }

  /** Gives the folder up. */
  close(): void {
    try {
      this.#connection.close();
    } finally {
      this.#lock.release();
    }
  }

  #work<T>(act: "read" | "write", work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw journalErrorOf(error, act, this.#path);
    }
  }
}

function setUp(connection: Connection, path: string): void {
  const found = connection.pragma("application_id");
  const isOurs = found === APPLICATION_ID && connection.pragma("user_version") === VERSION;
  if (!isOurs && found !== 0) throw corruptJournal(path, "it is no ledger of this version");
  connection.pragma("journal_mode = WAL");
  connection.exec("PRAGMA synchronous = FULL");
  if (isOurs) return;
  connection.exec(`
    BEGIN;
    CREATE TABLE IF NOT EXISTS reset (
      okta_id TEXT PRIMARY KEY, state INTEGER NOT NULL, mail INTEGER NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${VERSION};
    COMMIT;
  `);
}
