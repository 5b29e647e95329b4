import { ConfigError, isMigrationError, type MigrationError } from "../../core/index.ts";

/** The store is not there, is none, or is damaged. */
export function unreadableStore(path: string, why: string, cause?: unknown): ConfigError {
  return new ConfigError({
    code: "SEALED_STORE_UNREADABLE",
    at: "--store",
    message: `The sealed store ${path} can't be used: ${why}.`,
    hint: "Check where it is, or make the store with: okta-migrate hook seal users.csv --store PLACE",
    cause,
  });
}

/** The store can't be written where it is wanted. */
export function unwritableStore(path: string, why: string, cause?: unknown): ConfigError {
  return new ConfigError({
    code: "SEALED_STORE_UNWRITABLE",
    at: "--store",
    message: `The sealed store ${path} can't be written: ${why}. What was there before is as it was.`,
    hint: "Name a place that is yours to write and has room, then run the same command again.",
    cause,
  });
}

/** The key is another one than the store was sealed with. */
export function wrongSealKey(path: string): ConfigError {
  return new ConfigError({
    code: "SEAL_KEY_WRONG",
    at: "OKTA_MIGRATE_SEAL_KEY_FILE",
    message: `The seal key is not the one that ${path} was sealed with.`,
    hint: "Give the key that the store was sealed with; for a new key name a new store, or remove the old one first.",
  });
}

/** The error of ours for what SQLite or the file system threw while a store was read. */
export function readingErrorOf(error: unknown, path: string): MigrationError {
  return retold(error, unreadableStore, path, "it is no sealed store, or damaged");
}

/** The error of ours for what SQLite or the file system threw while a store was written. */
export function writingErrorOf(error: unknown, path: string): MigrationError {
  return retold(error, unwritableStore, path, "the file system refuses");
}

/** Whether a store was sealed can't be told: the server was lost while it was to say so. */
export function undecidedSealing(shown: string, cause: unknown): ConfigError {
  return new ConfigError({
    code: "SEALED_STORE_UNWRITABLE",
    at: "--store",
    message: `The connection to ${shown} was lost at the last moment: whether the store was sealed can't be told.`,
    hint: "Run the same command again; it does no harm where it was.",
    cause,
  });
}

/** The error of ours for what a server's driver threw while a store on it was read. */
export function readingFromServerErrorOf(error: unknown, shown: string): MigrationError {
  return retold(error, unreadableStore, shown, "the server can't be asked");
}

/** The error of ours for what a server's driver threw while a store on it was written. */
export function writingOnServerErrorOf(error: unknown, shown: string): MigrationError {
  return retold(error, unwritableStore, shown, "the server refuses, or was lost");
}

/** An error of ours as it is; any other by its code, or with a reason that fits all. */
function retold(
  error: unknown,
  make: typeof unreadableStore,
  place: string,
  otherwise: string,
): MigrationError {
  return isMigrationError(error) ? error : make(place, reasonOf(error) ?? otherwise, error);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of the path is no folder",
  EISDIR: "it is a folder",
  EACCES: "this user may not",
  EPERM: "this user may not",
  EROFS: "the disk can't be written",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
  SQLITE_FULL: "the disk is full",
  SQLITE_IOERR: "the disk reports an error",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was lost",
  EPIPE: "the connection was lost",
  ENOTFOUND: "there is no such host",
  // Of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html
  "25006": "the server can only be read",
  "28P01": "the server does not let this user in, or the password is wrong",
  "42501": "this user may not",
  "42P01": "it has no tables of a sealed store",
  "53100": "the disk is full",
  "53300": "the server has too many connections",
  "55P03": "another process is sealing it",
  "57014": "the server took too long",
  "57P01": "the connection was lost",
  "57P03": "the server is starting or ending",
};

function reasonOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? REASONS[/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? ""];
}
