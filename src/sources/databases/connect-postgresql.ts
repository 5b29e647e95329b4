import type { Client } from "pg";
import { loadDriver } from "../load-driver.ts";
import type { DatabaseAccess } from "./database-connection.ts";
import { refusedError } from "./refusals.ts";
import { tlsOptions } from "./tls-settings.ts";

const DRIVER = {
  speaksTo: "PostgreSQL",
  packages: "pg@8.23.1 pg-cursor@2.22.0",
  load: async () => {
    const [pg, cursor] = await Promise.all([import("pg"), import("pg-cursor")]);
    return { pg: pg.default, Cursor: cursor.default };
  },
};

/** The library that speaks to PostgreSQL. */
export type PostgresqlDriver = Awaited<ReturnType<typeof DRIVER.load>>;

/** A connection, and what it was made with. */
export interface PostgresqlConnection {
  readonly driver: PostgresqlDriver;
  readonly client: Client;
}

/**
 * Opens a connection to PostgreSQL.
 *
 * @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING
 */
export async function connectPostgresql(access: DatabaseAccess): Promise<PostgresqlConnection> {
  const driver = await loadDriver(DRIVER);
  const { address, password } = access;
  const ssl = await tlsOptions(address.tls);
  const client = new driver.pg.Client({
    host: address.socketPath ?? address.host,
    port: address.port,
    user: address.user,
    database: address.database,
    // A function, since the library else looks for a password of its own in other places.
    password: () => password?.reveal() ?? "",
    ssl: ssl ?? false,
    connectionTimeoutMillis: address.connectTimeoutMs,
    keepAlive: true,
    fallback_application_name: "okta-migrate",
  });
  // A connection that breaks while nobody asks of it anything would else end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw refusedError(access, error);
  }
  return { driver, client };
}
