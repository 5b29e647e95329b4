import { JournalError } from "../core/index.ts";
import { Connection } from "./connection.ts";
import { journalErrorOf } from "./journal-errors.ts";

/**
 * The right of one process to work on a run: an exclusive transaction in a database of its own that
 * is never written. The system gives it back however the process ends.
 */
export class RunLock {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Takes the lock, or refuses at once.
   *
   * @param path an existing file, empty or a lock
   * @throws {JournalError} JOURNAL_LOCKED when another process has it
   */
  static take(path: string): RunLock {
    let connection: Connection | undefined;
    try {
      connection = Connection.openLock(path);
      connection.exec("PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE");
      return new RunLock(connection);
    } catch (error) {
      connection?.close();
      const translated = journalErrorOf(error, "open", path);
      if (translated.code !== "JOURNAL_LOCKED") throw translated;
      throw new JournalError({
        code: "JOURNAL_LOCKED",
        message: `Another process is working on this run: it holds ${path}.`,
        hint: "Wait for it to end or stop it; status shows how far it is. The lock ends with its process.",
        cause: error,
      });
    }
  }

  release(): void {
    this.#connection.exec("ROLLBACK");
    this.#connection.close();
  }
}
