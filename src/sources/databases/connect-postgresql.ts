import type { Client, ClientConfig } from "pg";
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

/** Loads the driver. @throws {SourceError} DRIVER_MISSING */
export function loadPostgresql(): Promise<PostgresqlDriver> {
  return loadDriver(DRIVER);
}

/**
 * How the driver is to connect.
 *
 * @throws {SourceError} SOURCE_UNREADABLE when a file of the TLS settings can't be read
 */
export async function postgresqlSettings({
  address,
  password,
}: DatabaseAccess): Promise<ClientConfig> {
  return {
    host: address.socketPath ?? address.host,
    port: address.port,
    user: address.user,
    database: address.database,
    // A function, since the library else looks for a password of its own in other places.
    password: () => password?.reveal() ?? "",
    ssl: (await tlsOptions(address.tls)) ?? false,
    connectionTimeoutMillis: address.connectTimeoutMs,
    keepAlive: true,
    fallback_application_name: "okta-migrate",
  };
}

/**
 * Opens a connection to PostgreSQL.
 *
 * @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING
 */
export async function connectPostgresql(access: DatabaseAccess): Promise<PostgresqlConnection> {
  const driver = await loadPostgresql();
  const client = new driver.pg.Client(await postgresqlSettings(access));
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
