import type { FieldPacket } from "mysql2";
import { connectMysql, runMysql } from "../connect-mysql.ts";
import type { DatabaseAccess } from "../database-connection.ts";
import { mysqlValue } from "../mysql-values.ts";
import { mysqlColumn } from "../read-mysql.ts";
import { ASK_WITHIN_MS, type FoundRows, type LookupConnection } from "./lookup-connection.ts";

const SETTINGS = ["set session time_zone = '+00:00'", "set session transaction read only"];
/** Of MySQL, and of MariaDB: neither knows the other's. */
const TIME_LIMITS = [
  `set session max_execution_time = ${ASK_WITHIN_MS}`,
  `set session max_statement_time = ${ASK_WITHIN_MS / 1000}`,
];

/**
 * A connection to MySQL or MariaDB that asks one statement, prepared by the server.
 *
 * @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING
 */
export async function lookUpMysql(access: DatabaseAccess, sql: string): Promise<LookupConnection> {
  const connection = await connectMysql(access);
  const end = (): void => connection.destroy();
  try {
    for (const setting of SETTINGS) await runMysql(connection, setting);
    for (const setting of TIME_LIMITS) {
      await runMysql(connection, setting).catch(() => undefined);
    }
  } catch (error) {
    end();
    throw error;
  }
  return {
    ask: (values) =>
      new Promise<FoundRows>((resolve, reject) => {
        connection.execute(sql, [...values], (error, rows, fields) => {
          if (error === null) resolve(foundRows(rows, fields));
          else reject(error);
        });
      }),
    end,
  };
}

function foundRows(rows: unknown, fields: readonly FieldPacket[] | undefined): FoundRows {
  const kinds = (fields ?? []).map(mysqlColumn);
  const given = Array.isArray(rows) ? (rows as readonly (readonly unknown[])[]) : [];
  return {
    columns: (fields ?? []).map(({ name }) => name),
    rows: given.map((row) => kinds.map((kind, at) => mysqlValue(row[at], kind))),
  };
}
