import { unreadableStore, wrongSealKey } from "../sealing/store-errors.ts";
import type { StoreFacts } from "../sealing/store-file.ts";
import type { SealKey } from "../sealing/seal-key.ts";
import { deriveStoreKeys, isSame, type StoreKeys } from "../sealing/store-keys.ts";
import type { AskServer, ServerStore } from "./store-server.ts";

/** Version of the tables below; they hold what format 1 of the file does. */
const FORMAT_VERSION = 1;
/** Marks the table as ours. */
const COMMENT = "okta-migrate sealed store";

/** The tables of a store. Documented in `docs/reference/sealed-store.md`. */
export type StoreTables = Readonly<Record<"store" | "login" | "shortName" | "decoy", string>>;

/** Names of the tables in a schema, as statements have them. */
export function tablesIn(schema: string): StoreTables {
  const name = (table: string): string => `"${schema}"."${table}"`;
  return {
    store: name("sealed_store"),
    login: name("sealed_login"),
    shortName: name("sealed_short_name"),
    decoy: name("sealed_decoy"),
  };
}

/** The one row that tells of a store as a whole. */
export interface StoreRow {
  /** Random; another one after each sealing. */
  readonly edition: Uint8Array;
  readonly salt: Uint8Array;
  readonly check: Uint8Array;
  readonly facts: StoreFacts;
}

/**
 * Looks what is in a store's schema.
 *
 * @throws {ConfigError} SEALED_STORE_UNREADABLE when tables of something else stand there
 */
export async function lookAtTables(
  ask: AskServer,
  { server, schema }: ServerStore,
): Promise<"absent" | "without-schema" | "there"> {
  const { rows } = await ask(
    `SELECT
       EXISTS (SELECT FROM pg_namespace WHERE nspname = $1) AS has_schema,
       (SELECT count(*)::int FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
         WHERE nspname = $1 AND relname LIKE 'sealed\\_%' AND relkind = 'r') AS tables,
       (SELECT obj_description(pg_class.oid, 'pg_class') FROM pg_class
         JOIN pg_namespace n ON n.oid = relnamespace
         WHERE nspname = $1 AND relname = 'sealed_store') AS comment`,
    [schema],
  );
  const [found = {}] = rows;
  if (found["comment"] === COMMENT) return "there";
  if (found["tables"] !== 0) {
    throw unreadableStore(server.shown, `its schema ${schema} has tables of something else`);
  }
  return found["has_schema"] === true ? "absent" : "without-schema";
}

/** Makes the tables of an empty store. */
export async function createTables(
  ask: AskServer,
  schema: string,
  standing: "absent" | "without-schema",
): Promise<void> {
  const { store, login, shortName, decoy } = tablesIn(schema);
  // Where the schema is there, the right to make one is not needed.
  if (standing === "without-schema") await ask(`CREATE SCHEMA "${schema}"`);
  await ask(`
    CREATE TABLE ${store} (
      only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), format integer NOT NULL,
      edition bytea NOT NULL, salt bytea NOT NULL, key_check bytea NOT NULL,
      logins bigint NOT NULL, sealed_at_ms bigint NOT NULL
    );
    CREATE TABLE ${login} (key bytea PRIMARY KEY, value bytea NOT NULL, batch bytea NOT NULL);
    CREATE TABLE ${shortName} (key bytea PRIMARY KEY, login bytea, proof bytea);
    CREATE TABLE ${decoy} (key bytea PRIMARY KEY, value bytea NOT NULL);
    COMMENT ON TABLE ${store} IS '${COMMENT}'`);
}

/** Columns of {@link readRow}. */
export const ROW_COLUMNS = "format, edition, salt, key_check, logins, sealed_at_ms";

/** Reads the row of a store. @throws {ConfigError} SEALED_STORE_UNREADABLE */
export function readRow(
  row: Readonly<Record<string, unknown>> | undefined,
  shown: string,
): StoreRow {
  if (row === undefined) throw unreadableStore(shown, "it is not complete");
  const { format, edition, salt, key_check: check, logins, sealed_at_ms: sealedAtMs } = row;
  if (format !== FORMAT_VERSION) {
    const why = `it has format ${String(format)}, and this program knows ${FORMAT_VERSION}`;
    throw unreadableStore(shown, why);
  }
  return {
    edition: edition as Uint8Array,
    salt: salt as Uint8Array,
    check: check as Uint8Array,
    facts: { logins: Number(logins), sealedAtMs: Number(sealedAtMs) },
  };
}

/** Derives a store's keys. @throws {ConfigError} SEAL_KEY_WRONG */
export function unlockRow({ salt, check }: StoreRow, key: SealKey, shown: string): StoreKeys {
  const keys = deriveStoreKeys(key, salt);
  if (!isSame(keys.check, check)) throw wrongSealKey(shown);
  return keys;
}

/** Writes the row of a store, in the place of the one before. */
export async function writeRow(ask: AskServer, schema: string, row: StoreRow): Promise<void> {
  const { edition, salt, check, facts } = row;
  const { store } = tablesIn(schema);
  await ask(`DELETE FROM ${store}`);
  await ask(
    `INSERT INTO ${store} (${ROW_COLUMNS}) VALUES (${FORMAT_VERSION}, $1, $2, $3, $4, $5)`,
    [edition, salt, check, facts.logins, facts.sealedAtMs],
  );
}

/**
 * Waits for the right to change a store, which is held to the end of the transaction. Readers need none.
 *
 * @param waitMs after which it rejects, where another process has it
 */
export async function lockStore(ask: AskServer, schema: string, waitMs: number): Promise<void> {
  await ask(`SET LOCAL lock_timeout = ${waitMs}`);
  await ask("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`${COMMENT} ${schema}`]);
  await ask("SET LOCAL lock_timeout = 0");
}
