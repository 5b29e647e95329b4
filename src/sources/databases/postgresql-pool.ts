import type { QueryResult } from "pg";
import { ConfigError, type Secret } from "../../core/index.ts";
import { connectPostgresql, loadPostgresql, postgresqlSettings } from "./connect-postgresql.ts";
import { parseDatabaseAddress } from "./database-address.ts";
import type { DatabaseAccess } from "./database-connection.ts";
import { refusedError } from "./refusals.ts";

/** Which PostgreSQL, and how it is entered. */
export interface PoolOptions {
  /** Its address, without a password. */
  readonly location: string;
  readonly password: Secret | undefined;
  /** Where it is named, for messages. */
  readonly at: string;
}

/** What a statement gave: rows by column, bytes as bytes; and how many rows it changed. */
export interface SqlAnswer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly changed: number;
}

/** Asks one statement, values beside it. Rejects with errors of the driver. */
export type AskSql = (sql: string, values?: readonly unknown[]) => Promise<SqlAnswer>;

/** What is done as a whole or not at all. */
export interface PostgresqlTransaction {
  readonly ask: AskSql;
  /** Rejects where it was undone, and where it can't be told whether it was. */
  commit(): Promise<void>;
  /** The server undoes it as soon as it sees that the connection is closed. */
  undo(): void;
}

/** A few connections to one PostgreSQL, made when they are needed and anew when they break. */
export interface PostgresqlPool {
  /** As given, fit for messages. */
  readonly shown: string;
  /** Asks within 2 seconds, over any connection. */
  readonly ask: AskSql;
  /** Begins a transaction on a connection of its own, without a limit of time. */
  begin(): Promise<PostgresqlTransaction>;
  /** Ends its connections: those in use when they are given back. Keeps no process from ending. */
  close(): void;
}

/** Each is asked for a moment only: eight carry some thousands of look-ups a second. */
const MOST_CONNECTIONS = 8;
/** For connecting and for the answer each: the hook has 2.5 s for all of a call. */
const WITHIN_MS = 2_000;
/** The server gives up by itself where we do, so that nothing piles up there. */
const BOUNDED = `SET statement_timeout = ${WITHIN_MS}`;
/** A client that is gone without a word is noticed in about a minute, and what it did is undone. */
const BEGIN = [
  "SET tcp_keepalives_idle = 30",
  "SET tcp_keepalives_interval = 10",
  "SET tcp_keepalives_count = 3",
  "BEGIN",
  "SET LOCAL statement_timeout = 0",
  "SET LOCAL idle_in_transaction_session_timeout = 0",
].join("; ");

/**
 * Opens a pool of connections to PostgreSQL for what is kept there, and tries one.
 *
 * @throws {ConfigError} OPTION_INVALID for an address that is none of PostgreSQL
 * @throws {SourceError} SOURCE_REFUSED, SOURCE_UNREADABLE, DRIVER_MISSING
 */
export async function openPostgresqlPool({
  location,
  password,
  at,
}: PoolOptions): Promise<PostgresqlPool> {
  const address = parseDatabaseAddress(location);
  if (address.kind !== "postgresql") throw notPostgresql(at);
  const access = { address, password };
  const { pg } = await loadPostgresql();
  const pool = new pg.Pool({
    ...(await postgresqlSettings(access)),
    connectionTimeoutMillis: Math.min(address.connectTimeoutMs, WITHIN_MS),
    query_timeout: WITHIN_MS,
    max: MOST_CONNECTIONS,
    allowExitOnIdle: true,
    verify: (client, done) => client.query(BOUNDED, (error: Error | undefined) => done(error)),
  });
  // A connection that breaks while it lies idle is replaced; unheard it would end the process.
  pool.on("error", () => undefined);
  const shown = address.shown;
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await pool.end();
    throw refusedError(access, error);
  }
  return {
    shown,
    ask: async (sql, values = []) => answerOf(await pool.query(sql, [...values])),
    begin: () => begin(access),
    close: () => void pool.end().catch(() => undefined),
  };
}

async function begin(access: DatabaseAccess): Promise<PostgresqlTransaction> {
  const { client } = await connectPostgresql(access);
  // Closed, a transaction is undone whatever state it is in.
  const end = (): void => void client.end().catch(() => undefined);
  const ask: AskSql = async (sql, values = []) => answerOf(await client.query(sql, [...values]));
  try {
    await client.query(BEGIN);
  } catch (error) {
    end();
    throw error;
  }
  return {
    ask,
    commit: async () => {
      try {
        await client.query("COMMIT");
      } finally {
        end();
      }
    },
    undo: end,
  };
}

function answerOf({ rows, rowCount }: QueryResult<Record<string, unknown>>): SqlAnswer {
  return { rows, changed: rowCount ?? 0 };
}

function notPostgresql(at: string): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at,
    message: `${at} names a database that is no PostgreSQL.`,
    hint: "Name a file, or a PostgreSQL: postgres://hook@db.example.com/okta",
  });
}
