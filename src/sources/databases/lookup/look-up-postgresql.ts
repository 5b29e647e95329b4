import { arrayParser } from "../read-postgresql.ts";
import { connectPostgresql } from "../connect-postgresql.ts";
import type { DatabaseAccess } from "../database-connection.ts";
import { postgresqlReader } from "../postgresql-values.ts";
import { ASK_WITHIN_MS, type LookupConnection } from "./lookup-connection.ts";

const SETTINGS = [
  "set default_transaction_read_only = on",
  "set time zone 'UTC'",
  "set datestyle = 'ISO'",
  "set bytea_output = 'hex'",
  `set statement_timeout = ${ASK_WITHIN_MS}`,
];

/**
 * A connection to PostgreSQL that asks one statement.
 *
 * @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING
 */
export async function lookUpPostgresql(
  access: DatabaseAccess,
  sql: string,
): Promise<LookupConnection> {
  const { client, driver } = await connectPostgresql(access);
  const readText = (type: number) =>
    postgresqlReader(type, new Map(), (text, element) =>
      arrayParser(driver).create(text, element).parse(),
    );
  const end = (): void => void client.end().catch(() => undefined);
  try {
    await client.query(SETTINGS.join("; "));
  } catch (error) {
    end();
    throw error;
  }
  return {
    ask: async (values) => {
      const { fields, rows } = await client.query<unknown[]>({
        text: sql,
        values: [...values],
        rowMode: "array",
        types: { getTypeParser: () => (text: string) => text },
      });
      const readers = fields.map(({ dataTypeID }) => readText(dataTypeID));
      return {
        columns: fields.map(({ name }) => name),
        rows: rows.map((row) =>
          row.map((text, at) => (typeof text === "string" ? readers[at]?.(text) : null)),
        ),
      };
    },
    end,
  };
}
