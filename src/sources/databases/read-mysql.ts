import type { Connection, FieldPacket } from "mysql2";
import { connectMysql, runMysql } from "./connect-mysql.ts";
import type { DatabaseAccess, RowBatch, RowReader } from "./database-connection.ts";
import { type MysqlColumn, mysqlValue } from "./mysql-values.ts";
import { RowQueue } from "./row-queue.ts";

/** A server that waits longer for its reader to take rows would end the connection after a minute. */
const SETTINGS = [
  "set session time_zone = '+00:00'",
  "set session net_write_timeout = 31536000",
  "set session transaction isolation level repeatable read",
  "set session transaction read only",
];
/** Of MySQL, and of MariaDB: neither knows the other's. */
const NO_TIME_LIMIT = ["set session max_execution_time = 0", "set session max_statement_time = 0"];
const BEGIN = "start transaction with consistent snapshot, read only";
const ZEROFILL_FLAG = 64;

/**
 * Opens a MySQL or MariaDB database, whose rows are read as the server sends them.
 *
 * @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING
 */
export async function openMysql(access: DatabaseAccess): Promise<RowReader> {
  const connection = await connectMysql(access);
  const state = { isReading: false };
  const end = async (): Promise<void> => {
    state.isReading = false;
    await cancel(access, connection);
  };
  return {
    system: "MySQL or MariaDB",
    read: async function* read(sql) {
      for (const setting of SETTINGS) await runMysql(connection, setting);
      for (const setting of NO_TIME_LIMIT) {
        await runMysql(connection, setting).catch(() => undefined);
      }
      await runMysql(connection, BEGIN);
      state.isReading = true;
      yield* readRows(connection, sql);
      state.isReading = false;
    },
    cancel: end,
    close: async () => {
      // Rows that are still on their way are not waited for.
      if (state.isReading) await end().catch(() => undefined);
      else connection.destroy();
    },
  };
}

async function* readRows(connection: Connection, sql: string): AsyncGenerator<RowBatch> {
  const queue = new RowQueue<readonly unknown[]>({
    pause: () => connection.pause(),
    resume: () => connection.resume(),
  });
  let fields: readonly FieldPacket[] = [];
  const query = connection.query(sql);
  const head = new Promise<void>((resolve) => {
    query.once("fields", (found: readonly FieldPacket[] | undefined) => {
      fields = found ?? [];
      resolve();
    });
    query.once("error", () => resolve());
  });
  query.on("error", (error: unknown) => queue.fail(error));
  query.on("result", (row: unknown) => {
    if (Array.isArray(row)) queue.push(row);
  });
  query.on("end", () => queue.end());
  connection.on("error", (error: unknown) => queue.fail(error));
  await head;
  const columns = fields.map(({ name }) => name);
  const kinds = fields.map(mysqlColumn);
  let isFirst = true;
  for await (const rows of queue.batches()) {
    isFirst = false;
    yield { columns, rows: rows.map((row) => kinds.map((kind, at) => mysqlValue(row[at], kind))) };
  }
  if (isFirst) yield { columns, rows: [] };
}

/** What is known of a column from what the server says of it. */
export function mysqlColumn({ columnType, columnLength, flags }: FieldPacket): MysqlColumn {
  const isZeroFilled = typeof flags === "number" && (flags & ZEROFILL_FLAG) !== 0;
  return { type: columnType ?? 0, length: columnLength ?? 0, isZeroFilled };
}

/** Ends the query at the server, over a second connection, and then our own end. */
async function cancel(access: DatabaseAccess, connection: Connection): Promise<void> {
  const second = await connectMysql(access).catch(() => undefined);
  try {
    if (second !== undefined) await runMysql(second, `kill query ${connection.threadId}`);
  } finally {
    second?.destroy();
    connection.destroy();
  }
}
