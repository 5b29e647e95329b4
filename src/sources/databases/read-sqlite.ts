import { stat } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { TextDecoder } from "node:util";
import Database from "libsql";
import type { SourceValue } from "../../core/index.ts";
import { unreadableSource } from "../bytes/raw-bytes.ts";
import { type Row, type RowBatch, type RowReader, ROWS_AT_ONCE } from "./database-connection.ts";
import { bytesValue, integerValue } from "./plain-values.ts";

/** How long another program's lock is waited for. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens a SQLite file, to be read only.
 *
 * @throws {SourceError} SOURCE_UNREADABLE when there is no such file
 */
export async function openSqlite(path: string): Promise<RowReader> {
  await stat(path).catch((error: unknown) => {
    throw unreadableSource(path, error);
  });
  const database = new Database(`${pathToFileURL(path).href}?mode=ro`);
  let isOpen = true;
  const close = (): Promise<void> => {
    if (isOpen) database.close();
    isOpen = false;
    return Promise.resolve();
  };
  return {
    system: "SQLite",
    read: (sql) => readRows(database, sql),
    cancel: close,
    close,
  };
}

async function* readRows(database: Database.Database, sql: string): AsyncGenerator<RowBatch> {
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  database.exec("PRAGMA query_only = ON");
  database.exec("BEGIN");
  const asked = database.prepare(sql);
  const columns = asked.reader ? asked.columns().map(({ name }) => name) : [];
  let rows: Row[] = [];
  yield { columns, rows };
  if (columns.length === 0) return;
  const decoder = new TextDecoder(encodingOf(database), { fatal: true, ignoreBOM: true });
  const statement = database.prepare(withTextAsBytes(sql, columns)).raw(true).safeIntegers(true);
  for (const row of statement.iterate() as Iterable<unknown[]>) {
    rows.push(row.map((value) => sqliteValue(value, decoder)));
    if (rows.length < ROWS_AT_ONCE) continue;
    yield { columns, rows };
    rows = [];
  }
  yield { columns, rows };
}

/** The encoding of a file's text, by a name that `TextDecoder` knows. */
export function encodingOf(database: Database.Database): string {
  const [row] = database.prepare("PRAGMA encoding").raw(true).all() as [string][];
  return row?.[0] ?? "utf-8";
}

/**
 * The same rows with text as bytes, and bytes as hexadecimal text: the library ends the process over
 * text that is no UTF-8, which a file of SQLite may hold. Columns are asked for by names of our own:
 * by theirs, of two that differ in case alone SQLite gives the first one twice.
 */
export function withTextAsBytes(sql: string, columns: readonly string[]): string {
  const names = columns.map((_, at) => `c${at}`);
  const values = names.map(
    (name) =>
      `case typeof(${name}) when 'text' then cast(${name} as blob) when 'blob' then hex(${name}) else ${name} end`,
  );
  return `with okta_migrate_rows (${names.join(", ")}) as (\n${sql}\n) select ${values.join(", ")} from okta_migrate_rows`;
}

/** A value of {@link withTextAsBytes} as a source value; undefined for text that is none. */
export function sqliteValue(value: unknown, decoder: TextDecoder): SourceValue | undefined {
  if (typeof value === "string") return bytesValue(Buffer.from(value, "hex"));
  if (typeof value === "bigint") return integerValue(value);
  if (value instanceof Uint8Array) return decodeText(value, decoder);
  // An infinity is no JSON number, and would be sent as none.
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return value as SourceValue;
}

function decodeText(bytes: Uint8Array, decoder: TextDecoder): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
