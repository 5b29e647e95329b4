import type { Request } from "tedious";
import type { SourceValue } from "../../core/index.ts";
import { connectSqlServer, type SqlServerConnection } from "./connect-sql-server.ts";
import type { DatabaseAccess, RowBatch, RowReader } from "./database-connection.ts";
import { bytesValue } from "./plain-values.ts";
import { RowQueue } from "./row-queue.ts";

const SNAPSHOT_STATE =
  "select snapshot_isolation_state from sys.databases where database_id = db_id()";

/**
 * Opens a SQL Server database, whose rows are read as the server sends them. It knows no transaction
 * that only reads: this one is never committed.
 *
 * @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING
 */
export async function openSqlServer(access: DatabaseAccess): Promise<RowReader> {
  const opened = await connectSqlServer(access);
  const { connection } = opened;
  const close = (): Promise<void> => {
    // The server rolls back what a connection leaves behind.
    connection.close();
    return Promise.resolve();
  };
  return {
    system: "SQL Server",
    read: async function* read(sql) {
      let canSnapshot = false;
      for await (const { rows } of readRows(opened, SNAPSHOT_STATE)) {
        if (rows[0]?.[0] === 1) canSnapshot = true;
      }
      await begin(opened, canSnapshot ? "SNAPSHOT" : "READ_COMMITTED");
      yield* readRows(opened, sql);
    },
    cancel: () => {
      connection.cancel();
      return close();
    },
    close,
  };
}

/** Where the database keeps no snapshots, a stricter level would lock the rows that are read. */
async function begin(
  { driver, connection }: SqlServerConnection,
  level: "SNAPSHOT" | "READ_COMMITTED",
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.beginTransaction(
      (error) => {
        if (error === undefined || error === null) resolve();
        else reject(error);
      },
      "okta-migrate",
      driver.ISOLATION_LEVEL[level],
    );
  });
}

async function* readRows(
  { driver, connection }: SqlServerConnection,
  sql: string,
): AsyncGenerator<RowBatch> {
  let columns: readonly string[] = [];
  const request: Request = new driver.Request(sql, (error) => {
    if (error === undefined || error === null) queue.end();
    else queue.fail(error);
  });
  const queue = new RowQueue<readonly SourceValue[]>({
    pause: () => request.pause(),
    resume: () => request.resume(),
  });
  request.on("columnMetadata", (found: unknown) => {
    columns = (found as readonly { readonly colName: string }[]).map(({ colName }) => colName);
  });
  request.on("row", (row: unknown) => {
    queue.push(
      (row as readonly { readonly value: unknown }[]).map(({ value }) => sqlServerValue(value)),
    );
  });
  connection.on("end", () => queue.fail(new Error("Connection ended")));
  connection.execSqlBatch(request);
  let isFirst = true;
  for await (const rows of queue.batches()) {
    isFirst = false;
    yield { columns, rows };
  }
  if (isFirst) yield { columns, rows: [] };
}

/** Integers of 64 bits come as text, times as dates, other numbers as such. */
export function sqlServerValue(value: unknown): SourceValue {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return bytesValue(value);
  return typeof value === "bigint" ? value.toString() : (value as SourceValue);
}
