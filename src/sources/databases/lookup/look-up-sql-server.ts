import type { Connection, Request } from "tedious";
import type { SourceValue } from "../../../core/index.ts";
import { connectSqlServer, type SqlServerDriver } from "../connect-sql-server.ts";
import type { DatabaseAccess } from "../database-connection.ts";
import { sqlServerValue } from "../read-sql-server.ts";
import { ASK_WITHIN_MS, type FoundRows, type LookupConnection } from "./lookup-connection.ts";

/** How SQL Server names the place of a value. */
export const SQL_SERVER_PLACE = (at: number): string => `@login${at}`;

/**
 * A connection to SQL Server that asks one statement.
 *
 * @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING
 * @throws {ConfigError} OPTION_INVALID when the address asks for verify-ca, which the driver can't do
 */
export async function lookUpSqlServer(
  access: DatabaseAccess,
  sql: string,
): Promise<LookupConnection> {
  return askingOn(await connectSqlServer(access), sql);
}

/** Asks one statement on a connection that is open. */
export function askingOn(
  {
    driver,
    connection,
  }: {
    readonly driver: Pick<SqlServerDriver, "Request" | "TYPES">;
    readonly connection: Pick<Connection, "execSql" | "close">;
  },
  sql: string,
): LookupConnection {
  return {
    ask: (values) =>
      new Promise<FoundRows>((resolve, reject) => {
        let columns: readonly string[] = [];
        const rows: (readonly SourceValue[])[] = [];
        const request: Request = new driver.Request(sql, (error) => {
          if (error === undefined || error === null) resolve({ columns, rows });
          else reject(error);
        });
        request.setTimeout(ASK_WITHIN_MS);
        for (const [at, value] of values.entries()) {
          request.addParameter(SQL_SERVER_PLACE(at + 1).slice(1), driver.TYPES.NVarChar, value);
        }
        request.on("columnMetadata", (found: unknown) => {
          columns = (found as readonly { readonly colName: string }[]).map(
            ({ colName }) => colName,
          );
        });
        request.on("row", (row: unknown) => {
          rows.push((row as readonly { readonly value: unknown }[]).map(toValue));
        });
        connection.execSql(request);
      }),
    end: () => connection.close(),
  };
}

function toValue({ value }: { readonly value: unknown }): SourceValue {
  return sqlServerValue(value);
}
