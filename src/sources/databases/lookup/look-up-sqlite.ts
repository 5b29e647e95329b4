import { stat } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { TextDecoder } from "node:util";
import Database from "libsql";
import { unreadableSource } from "../../bytes/raw-bytes.ts";
import { encodingOf, sqliteValue, withTextAsBytes } from "../read-sqlite.ts";
import type { LookupConnection } from "./lookup-connection.ts";

/** How long another program's lock is waited for, in which this process does nothing else. */
const BUSY_TIMEOUT_MS = 100;

/**
 * A SQLite file that is asked one statement.
 *
 * @throws {SourceError} SOURCE_UNREADABLE when there is no such file
 */
export async function lookUpSqlite(path: string, sql: string): Promise<LookupConnection> {
  await stat(path).catch((error: unknown) => {
    throw unreadableSource(path, error);
  });
  const database = new Database(`${pathToFileURL(path).href}?mode=ro`);
  const end = (): void => {
    if (database.open) database.close();
  };
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA query_only = ON`);
    const asked = database.prepare(sql);
    const columns = asked.reader ? asked.columns().map(({ name }) => name) : [];
    const decoder = new TextDecoder(encodingOf(database), { fatal: true, ignoreBOM: true });
    const statement = database.prepare(withTextAsBytes(sql, columns)).raw(true).safeIntegers(true);
    return {
      ask: async (values) => {
        const rows = statement.all([...values]) as readonly (readonly unknown[])[];
        return { columns, rows: rows.map((row) => row.map((one) => sqliteValue(one, decoder))) };
      },
      end,
    };
  } catch (error) {
    end();
    throw error;
  }
}
