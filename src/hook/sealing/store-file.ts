import { pathToFileURL } from "node:url";
import Database from "libsql";
import { unreadableStore, wrongSealKey } from "./store-errors.ts";
import type { SealKey } from "./seal-key.ts";
import { deriveStoreKeys, isSame, type StoreKeys } from "./store-keys.ts";

/** Marks a database as a sealed store of ours; the letters `OKMS`. */
const APPLICATION_ID = 0x4f_4b_4d_53;
/** Version of the tables below. */
const FORMAT_VERSION = 1;
const SALT_BYTES = 32;

/** What is known of a store as a whole. */
export interface StoreFacts {
  readonly logins: number;
  /** In milliseconds since 1970, by the clock of the machine that sealed it. */
  readonly sealedAtMs: number;
}

/** Opens an existing file. @throws {Error} of SQLite */
export function openFile(path: string, mode: "rw" | "ro"): Database.Database {
  return new Database(`${pathToFileURL(path).href}?mode=${mode}`);
}

/** Makes the tables of an empty store. Documented in `docs/reference/sealed-store.md`. */
export function createStore(
  database: Database.Database,
  key: SealKey,
  randomBytes: (count: number) => Uint8Array,
): StoreKeys {
  database.exec(`
    CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE login (
      key BLOB PRIMARY KEY, value BLOB NOT NULL, batch INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE short_name (key BLOB PRIMARY KEY, login BLOB, proof BLOB) STRICT, WITHOUT ROWID;
    CREATE TABLE decoy (key BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${FORMAT_VERSION};
  `);
  const salt = randomBytes(SALT_BYTES);
  const keys = deriveStoreKeys(key, salt);
  writeMeta(database, "salt", salt);
  writeMeta(database, "check", keys.check);
  return keys;
}

/**
 * Looks whether a file is a store, and derives its keys.
 *
 * @throws {ConfigError} SEALED_STORE_UNREADABLE, SEAL_KEY_WRONG
 */
export function unlockStore(database: Database.Database, path: string, key: SealKey): StoreKeys {
  if (pragma(database, "application_id") !== APPLICATION_ID) {
    throw unreadableStore(path, "it is no sealed store");
  }
  const version = pragma(database, "user_version");
  if (version !== FORMAT_VERSION) {
    throw unreadableStore(
      path,
      `it has format ${version}, and this program knows ${FORMAT_VERSION}`,
    );
  }
  const salt = readMeta(database, "salt");
  const check = readMeta(database, "check");
  if (salt?.length !== SALT_BYTES || check === undefined) {
    throw unreadableStore(path, "it is not complete");
  }
  const keys = deriveStoreKeys(key, salt);
  if (!isSame(keys.check, check)) throw wrongSealKey(path);
  return keys;
}

/** Writes a fact of the store as a whole. */
export function writeMeta(database: Database.Database, key: string, value: Uint8Array): void {
  database.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)").run([key, value]);
}

/** Reads a fact of the store as a whole. */
export function readMeta(database: Database.Database, key: string): Uint8Array | undefined {
  return firstValue<Uint8Array>(database, "SELECT value FROM meta WHERE key = ?", [key]);
}

/** What is known of a store that is complete. @throws {ConfigError} SEALED_STORE_UNREADABLE */
export function readFacts(database: Database.Database, path: string): StoreFacts {
  const facts = readMeta(database, "facts");
  if (facts === undefined) throw unreadableStore(path, "it is not complete");
  return JSON.parse(Buffer.from(facts).toString("utf8")) as StoreFacts;
}

/** Notes what is known of the store; makes it complete. */
export function writeFacts(database: Database.Database, facts: StoreFacts): void {
  writeMeta(database, "facts", Buffer.from(JSON.stringify(facts), "utf8"));
}

/** The first column of a query's first row. */
export function firstValue<Value>(
  database: Database.Database,
  sql: string,
  values: readonly (string | Uint8Array)[] = [],
): Value | undefined {
  const row = database.prepare(sql).raw(true).get(values) as readonly [Value] | undefined;
  return row?.[0];
}

function pragma(database: Database.Database, name: string): number {
  return firstValue<number>(database, `PRAGMA ${name}`) ?? 0;
}
