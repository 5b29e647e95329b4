import type { QueryResult } from "pg";
import type { SourceValue } from "../../core/index.ts";
import { connectPostgresql, type PostgresqlConnection } from "./connect-postgresql.ts";
import {
  type DatabaseAccess,
  type Row,
  type RowBatch,
  type RowReader,
  ROWS_AT_ONCE,
} from "./database-connection.ts";
import { postgresqlReader, type ReadText } from "./postgresql-values.ts";

/** Rows of the first fetch, by which the size of a row is learned. */
const FIRST_ROWS = 100;
/** Characters that are fetched at once, as far as the first rows tell. */
const CHARACTERS_AT_ONCE = 8 * 1024 * 1024;

/** What the session is set to: plain forms of values, and no end to a reading that takes its time. */
const SETTINGS = [
  "set default_transaction_read_only = on",
  "set time zone 'UTC'",
  "set datestyle = 'ISO'",
  "set intervalstyle = 'iso_8601'",
  "set bytea_output = 'hex'",
  "set synchronize_seqscans = off",
  "set statement_timeout = 0",
  "set idle_in_transaction_session_timeout = 0",
];
/** Since PostgreSQL 14: the server then sees in mid-query that nobody waits for it. */
const WATCH_CLIENT = "set client_connection_check_interval = '5s'";
const BEGIN = "begin transaction isolation level repeatable read, read only";
const ARRAY_TYPES =
  "select oid::int8, typelem::int8 from pg_catalog.pg_type where typcategory = 'A' and typelem <> 0 and oid >= 16384";

const ENCODING = "show server_encoding";

const RAW = { getTypeParser: () => (text: string) => text };

/**
 * Opens a PostgreSQL database to be read through a cursor.
 *
 * @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING
 */
export async function openPostgresql(access: DatabaseAccess): Promise<RowReader> {
  const connection = await connectPostgresql(access);
  const { client } = connection;
  return {
    system: "PostgreSQL",
    read: (sql) => readRows(connection, sql),
    cancel: () => cancel(access, connection),
    close: () => client.end().catch(() => undefined),
  };
}

async function* readRows(
  { client, driver }: PostgresqlConnection,
  sql: string,
): AsyncGenerator<RowBatch> {
  await client.query(SETTINGS.join("; "));
  await client.query(WATCH_CLIENT).catch(() => undefined);
  const arrays = await client.query<[string, string]>({ text: ARRAY_TYPES, rowMode: "array" });
  const elements = new Map(arrays.rows.map(([type, of]) => [Number(type), Number(of)]));
  const encoding = await client.query<[string]>({ text: ENCODING, rowMode: "array" });
  const isUnencoded = encoding.rows[0]?.[0] === "SQL_ASCII";
  await client.query(BEGIN);
  const cursor = client.query(
    new driver.Cursor<(string | null)[]>(sql, [], { rowMode: "array", types: RAW }),
  );
  const fetch = (count: number): Promise<Fetched> =>
    new Promise((resolve, reject) => {
      cursor.read(count, (error, rows, result) => {
        // The library says null where there was no error.
        if (error) reject(error);
        else resolve({ rows, fields: fieldsOf(result) });
      });
    });
  const { rows, fields } = await fetch(FIRST_ROWS);
  const columns = fields.map(({ name }) => name);
  const readers = fields.map(({ dataTypeID }) =>
    postgresqlReader(dataTypeID, elements, (text, element) =>
      arrayParser(driver).create(text, element).parse(),
    ),
  );
  const count = rowsToFetch(rows);
  for (let next: Promise<Fetched> | undefined, fetched = rows; ;) {
    // While these are worked on, the next ones come.
    next = fetched.length === 0 ? undefined : fetch(count);
    next?.catch(() => undefined);
    yield { columns, rows: fetched.map((row) => rowValues(row, readers, isUnencoded)) };
    if (next === undefined) return;
    fetched = (await next).rows;
    if (fetched.length === 0) return;
  }
}

/** Reads arrays. The library's own declarations know another shape of it. */
export function arrayParser(driver: PostgresqlConnection["driver"]): {
  create(text: string, element: ReadText): { parse(): readonly SourceValue[] };
} {
  return driver.pg.types.arrayParser as never;
}

interface Fetched {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly fields: QueryResult["fields"];
}

/** A statement that gives no rows has no fields. */
function fieldsOf(result: QueryResult | undefined): QueryResult["fields"] {
  return result?.fields ?? [];
}

function rowValues(
  row: readonly (string | null)[],
  readers: readonly ReadText[],
  isUnencoded: boolean,
): Row {
  return row.map((text, index) => {
    if (text === null) return null;
    // A database without an encoding holds any bytes: those that are no UTF-8 were replaced.
    if (isUnencoded && text.includes("\ufffd")) return undefined;
    return readers[index]?.(text) ?? text;
  });
}

function rowsToFetch(rows: Fetched["rows"]): number {
  let characters = 0;
  for (const row of rows) for (const text of row) characters += text?.length ?? 0;
  if (characters === 0) return ROWS_AT_ONCE;
  const fitting = Math.floor((CHARACTERS_AT_ONCE * rows.length) / characters);
  return Math.max(1, Math.min(ROWS_AT_ONCE, fitting));
}

/** Ends the query at the server, over a second connection, and then our own end. */
async function cancel(access: DatabaseAccess, { client }: PostgresqlConnection): Promise<void> {
  const { processID } = client as unknown as { readonly processID: number | null };
  const second = await connectPostgresql(access).catch(() => undefined);
  try {
    await second?.client.query("select pg_cancel_backend($1)", [processID]);
  } finally {
    await second?.client.end().catch(() => undefined);
    await client.end().catch(() => undefined);
  }
}
