import {
  InvariantError,
  isMigrationError,
  JournalError,
  type MigrationError,
} from "../core/index.ts";

/** What was being done to the journal when it failed. */
export type JournalAct = "open" | "read" | "write";

/**
 * The error of ours for what SQLite or the file system threw; one of ours is given back as it is.
 *
 * @param path the journal's file, for the message
 */
export function journalErrorOf(error: unknown, act: JournalAct, path: string): MigrationError {
  if (isMigrationError(error)) return error;
  switch (reasonOf(error)) {
    case "SQLITE_BUSY":
    case "SQLITE_LOCKED":
      return new JournalError({
        code: "JOURNAL_LOCKED",
        message: `Another program holds the journal ${path}.`,
        hint: "Close whatever has the journal open for writing, then run the same command again.",
        cause: error,
      });
    case "SQLITE_CORRUPT":
    case "SQLITE_NOTADB":
    case "SQLITE_CONSTRAINT":
    case "SQLITE_MISMATCH":
    case "SQLITE_FORMAT":
      return corruptJournal(path, "SQLite finds it damaged", error);
    case "SQLITE_FULL":
    case "ENOSPC":
    case "EDQUOT":
      return unwritableJournal(path, "the disk is full", error);
    case "SQLITE_READONLY":
    case "SQLITE_PERM":
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return act === "read"
        ? unreadableJournal(path, "this user may not read it", error)
        : unwritableJournal(path, "this user may not write it", error);
    case "SQLITE_IOERR":
    case "SQLITE_CANTOPEN":
      return act === "write"
        ? unwritableJournal(path, "the disk reports an error", error)
        : unreadableJournal(
            path,
            "the disk is full or broken, or its permissions are too narrow",
            error,
          );
    case undefined:
      return new InvariantError(`The journal was asked for something it can't do (${act}).`, error);
    default:
      return act === "write"
        ? unwritableJournal(path, "the file system refuses", error)
        : unreadableJournal(path, "the file system refuses", error);
  }
}

/** The journal is no journal, or contradicts itself. */
export function corruptJournal(path: string, why: string, cause?: unknown): JournalError {
  return new JournalError({
    code: "JOURNAL_CORRUPT",
    message: `The journal ${path} can't be trusted: ${why}.`,
    hint: "Put a copy of the whole run folder back, or begin a new run with another --run: users who exist already are then found, not created again.",
    cause,
  });
}

/** There is no journal, or it can't be read. */
export function unreadableJournal(path: string, why: string, cause?: unknown): JournalError {
  return new JournalError({
    code: "JOURNAL_UNREADABLE",
    message: `The journal ${path} can't be read: ${why}.`,
    hint: "Check the path given with --run, who may read it, and whether its disk has room.",
    cause,
  });
}

/** The journal can't be written any more. */
function unwritableJournal(path: string, why: string, cause: unknown): JournalError {
  return new JournalError({
    code: "JOURNAL_UNWRITABLE",
    message: `The journal ${path} can't be written: ${why}. Nothing more was sent.`,
    hint: "Make room or give the right to write there, then run the same command again; it goes on where it stopped.",
    cause,
  });
}

/** SQLite's primary code, or the file system's; undefined for what is neither. */
function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // What is stored as JSON is none.
  if (error instanceof SyntaxError) return "SQLITE_CORRUPT";
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const primary = /^SQLITE_[A-Z]+/.exec(code)?.[0];
  // A statement that SQLite does not understand is our mistake, not the journal's.
  if (primary !== undefined) return primary === "SQLITE_ERROR" ? undefined : primary;
  if (/^E[A-Z]+$/.test(code)) return code;
  // The library gives no code where a database can't be opened at all.
  return error.message.includes("ConnectionFailed") ? "SQLITE_CANTOPEN" : undefined;
}
