import { ConfigError, isMigrationError } from "../../core/index.ts";

/** The store is not there, is none, or is damaged. */
export function unreadableStore(path: string, why: string, cause?: unknown): ConfigError {
  return new ConfigError({
    code: "SEALED_STORE_UNREADABLE",
    at: "--store",
    message: `The sealed store ${path} can't be used: ${why}.`,
    hint: "Check the path, or make the store with: okta-migrate hook seal users.csv --store FILE",
    cause,
  });
}

/** The store can't be written where it is wanted. */
export function unwritableStore(path: string, why: string, cause?: unknown): ConfigError {
  return new ConfigError({
    code: "SEALED_STORE_UNWRITABLE",
    at: "--store",
    message: `The sealed store ${path} can't be written: ${why}. What was there before is as it was.`,
    hint: "Name a place in a folder that is yours and has room, then run the same command again.",
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
export function readingErrorOf(error: unknown, path: string): Error {
  if (isMigrationError(error)) return error;
  return unreadableStore(path, reasonOf(error) ?? "it is no sealed store, or damaged", error);
}

/** The error of ours for what SQLite or the file system threw while a store was written. */
export function writingErrorOf(error: unknown, path: string): Error {
  if (isMigrationError(error)) return error;
  return unwritableStore(path, reasonOf(error) ?? "the file system refuses", error);
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
};

function reasonOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? REASONS[/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? ""];
}
