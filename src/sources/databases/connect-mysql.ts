import type { Connection, ConnectionOptions } from "mysql2";
import { loadDriver } from "../load-driver.ts";
import type { DatabaseAccess } from "./database-connection.ts";
import { refusedError } from "./refusals.ts";
import { tlsOptions } from "./tls-settings.ts";

const DRIVER = {
  speaksTo: "MySQL and MariaDB",
  packages: "mysql2@3.24.6",
  load: async () => (await import("mysql2")).default,
};

/**
 * Opens a connection to MySQL or MariaDB.
 *
 * @throws {SourceError} SOURCE_REFUSED, DRIVER_MISSING
 */
export async function connectMysql(access: DatabaseAccess): Promise<Connection> {
  const driver = await loadDriver(DRIVER);
  const connection = driver.createConnection(await mysqlOptions(access));
  // A connection that breaks while nobody asks of it anything would else end the process.
  connection.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => {
      if (error === null) resolve();
      else reject(refusedError(access, error));
    });
  }).catch((error: unknown) => {
    connection.destroy();
    throw error;
  });
  return connection;
}

async function mysqlOptions({ address, password }: DatabaseAccess): Promise<ConnectionOptions> {
  const tls = await tlsOptions(address.tls);
  const { checkServerIdentity: _, ...options } = tls ?? {};
  return {
    ...(address.socketPath === undefined
      ? { host: address.host, port: address.port }
      : { socketPath: address.socketPath }),
    user: address.user,
    password: password?.reveal() ?? "",
    database: address.database,
    // The library looks at the host's name only where it is told to.
    ...(tls === undefined
      ? {}
      : { ssl: { ...options, verifyIdentity: address.tls.mode === "full" } }),
    connectTimeout: address.connectTimeoutMs,
    charset: "utf8mb4",
    rowsAsArray: true,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    // What a server asks for must not make this side read a file of its own.
    flags: ["-LOCAL_FILES"],
    connectAttributes: { program_name: "okta-migrate" },
  };
}

/** Runs a statement that gives no rows of interest. */
export async function runMysql(connection: Connection, sql: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.query(sql, (error: Error | null) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
