import type { Connection, ConnectionConfiguration } from "tedious";
import { loadDriver } from "../load-driver.ts";
import { invalid } from "./address-parameters.ts";
import type { DatabaseAccess } from "./database-connection.ts";
import { refusedError } from "./refusals.ts";
import { tlsOptions } from "./tls-settings.ts";

const DRIVER = {
  speaksTo: "SQL Server",
  packages: "tedious@19.2.2",
  load: async () => await import("tedious"),
};

/** The library that speaks to SQL Server. */
export type SqlServerDriver = Awaited<ReturnType<typeof DRIVER.load>>;

/** A connection, and what it was made with. */
export interface SqlServerConnection {
  readonly driver: SqlServerDriver;
  readonly connection: Connection;
}

/**
 * Opens a connection to SQL Server.
 *
 * @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING
 * @throws {ConfigError} OPTION_INVALID when the address asks for verify-ca, which the driver can't do
 */
export async function connectSqlServer(access: DatabaseAccess): Promise<SqlServerConnection> {
  const driver = await loadDriver(DRIVER);
  const connection = new driver.Connection(await sqlServerConfiguration(access));
  // A connection that breaks while nobody asks of it anything would else end the process.
  connection.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => {
      if (error === undefined) resolve();
      else reject(refusedError(access, error));
    });
  }).catch((error: unknown) => {
    connection.close();
    throw error;
  });
  return { driver, connection };
}

/** How the driver is told of an address. */
export async function sqlServerConfiguration({
  address,
  password,
}: DatabaseAccess): Promise<ConnectionConfiguration> {
  if (address.tls.mode === "chain") {
    throw invalid("asks for verify-ca, which SQL Server's driver can't do", "Give verify-full.");
  }
  const tls = await tlsOptions(address.tls);
  const { rejectUnauthorized, checkServerIdentity: _, ...credentials } = tls ?? {};
  return {
    server: address.host,
    authentication: {
      type: "default",
      options: { userName: address.user, password: password?.reveal() ?? "" },
    },
    options: {
      port: address.port,
      database: address.database,
      encrypt: tls !== undefined,
      trustServerCertificate: rejectUnauthorized === false,
      cryptoCredentialsDetails: credentials,
      connectTimeout: address.connectTimeoutMs,
      requestTimeout: 0,
      readOnlyIntent: true,
      useUTC: true,
      appName: "okta-migrate",
      rowCollectionOnRequestCompletion: false,
    },
  };
}
