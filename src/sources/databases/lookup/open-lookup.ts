import {
  ConfigError,
  type Secret,
  SourceError,
  type SourceValue,
  printable,
} from "../../../core/index.ts";
import {
  type DatabaseAddress,
  isDatabaseAddress,
  parseDatabaseAddress,
} from "../database-address.ts";
import type { DatabaseAccess } from "../database-connection.ts";
import { sqlitePath } from "../open-database.ts";
import { queryError } from "../refusals.ts";
import { lookUpMysql } from "./look-up-mysql.ts";
import { lookUpPostgresql } from "./look-up-postgresql.ts";
import { lookUpSqlServer, SQL_SERVER_PLACE } from "./look-up-sql-server.ts";
import { lookUpSqlite } from "./look-up-sqlite.ts";
import { ASK_WITHIN_MS, type FoundRows, type LookupConnection } from "./lookup-connection.ts";
import { LookupPool } from "./lookup-pool.ts";
import { type LoginForms, lookupStatement } from "./lookup-statement.ts";

/** Which database is asked for logins, and how. */
export interface LookupOptions {
  /** Its address, or that of a SQLite file. */
  readonly location: string;
  readonly password?: Secret | undefined;
  /** One SELECT with `{login}`, `{username}` or `{shortName}` in it, never in quotes. */
  readonly query: string;
}

/** A row by column; undefined is text that is none in the encoding it should be in. */
export type LookupRow = ReadonlyMap<string, SourceValue | undefined>;

/** A database that is asked for one login at a time. */
export interface LoginLookup {
  /** What the query gives of a login. */
  readonly columns: readonly string[];
  /** The rows of a login. Rejects where the database can't be asked, or when the signal fires. */
  find(forms: LoginForms, signal: AbortSignal): Promise<readonly LookupRow[]>;
  /** Ends its connections: those in use when their question is answered. */
  close(): void;
}

/** Nobody has it; it is asked for to see whether the query can be. */
const NOBODY: LoginForms = { login: "", username: "", shortName: "" };

/**
 * Opens a database to be asked for logins, and asks it once: a query with a mistake is told now, and
 * not when the first person signs in.
 *
 * @throws {ConfigError} OPTION_INVALID for an address that is none
 * @throws {SourceError} SOURCE_REFUSED, SOURCE_QUERY, SOURCE_LOST, SOURCE_UNREADABLE, DRIVER_MISSING
 */
export async function openLookup({
  location,
  password,
  query,
}: LookupOptions): Promise<LoginLookup> {
  const { shown, place, connect } = databaseAt(location, password);
  const { sql, valuesFor } = lookupStatement(query, place);
  const pool = new LookupPool(() => connect(sql));
  let probed: FoundRows;
  try {
    probed = await pool.ask(valuesFor(NOBODY), new AbortController().signal);
  } catch (error) {
    pool.close();
    if (error instanceof SourceError || error instanceof ConfigError) throw error;
    throw queryError(shown, error, "the query under hook: stores");
  }
  return {
    columns: probed.columns,
    find: async (forms, signal) => {
      const { columns, rows } = await pool.ask(valuesFor(forms), signal);
      return rows.map((row) => new Map(columns.map((column, at) => [column, row[at]])));
    },
    close: () => pool.close(),
  };
}

interface Reachable {
  /** For messages. */
  readonly shown: string;
  readonly place: (at: number) => string;
  readonly connect: (sql: string) => Promise<LookupConnection>;
}

type Connect = (access: DatabaseAccess, sql: string) => Promise<LookupConnection>;

const question = (): string => "?";

const SERVERS: Readonly<
  Record<DatabaseAddress["kind"], { readonly place: Reachable["place"]; readonly connect: Connect }>
> = {
  postgresql: { place: (at) => `$${at}`, connect: lookUpPostgresql },
  mysql: { place: question, connect: lookUpMysql },
  "sql-server": { place: SQL_SERVER_PLACE, connect: lookUpSqlServer },
};

function databaseAt(location: string, password: Secret | undefined): Reachable {
  const path = sqlitePath(location);
  if (path !== undefined) {
    const connect = (sql: string): Promise<LookupConnection> => lookUpSqlite(path, sql);
    return { shown: printable(location), place: question, connect };
  }
  if (!isDatabaseAddress(location)) throw noDatabase();
  const given = parseDatabaseAddress(location);
  const connectTimeoutMs = Math.min(given.connectTimeoutMs, ASK_WITHIN_MS);
  const address = { ...given, connectTimeoutMs };
  const { place, connect } = SERVERS[address.kind];
  return { shown: address.shown, place, connect: (sql) => connect({ address, password }, sql) };
}

function noDatabase(): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "hook.stores",
    message: "A database under hook: stores is no address of one.",
    hint: "Write it as in: postgres://reader@db.example.com/shop, or sqlite:users.db",
  });
}
