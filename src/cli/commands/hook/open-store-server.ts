import { ConfigError, isMigrationError, SourceError } from "../../../core/index.ts";
import { parseStoreAddress, type ServerStore } from "../../../hook/index.ts";
import { openPostgresqlPool } from "../../../sources/index.ts";
import type { Environment } from "../../environment.ts";
import { readServerPassword } from "../../run/source-access.ts";

const PASSWORD_FILE_NAME = "OKTA_MIGRATE_STORE_PASSWORD_FILE";
const AT = "--store";

/** What was begun on a store's server, and how its connections are given back. */
export interface BegunOnServer<T> {
  readonly begun: T;
  readonly close: () => void;
}

/**
 * Opens the server that a sealed store is kept on and begins something there; where that fails nothing
 * stays open.
 *
 * @throws as {@link openStoreServer}, and what beginning throws
 */
export async function beginOnStoreServer<T>(
  store: string,
  environment: Environment,
  begin: (place: ServerStore) => Promise<T>,
): Promise<BegunOnServer<T>> {
  const place = await openStoreServer(store, environment);
  const close = (): void => place.server.close();
  try {
    return { begun: await begin(place), close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Opens the server that a sealed store is kept on, with the password of the file that
 * `OKTA_MIGRATE_STORE_PASSWORD_FILE` names, or of `PGPASSWORD`.
 *
 * @throws {ConfigError} OPTION_INVALID, SEALED_STORE_UNREADABLE
 * @throws {SourceError} DRIVER_MISSING
 */
async function openStoreServer(store: string, environment: Environment): Promise<ServerStore> {
  const { location, schema } = parseStoreAddress(store, AT);
  try {
    const password = await readServerPassword(location, PASSWORD_FILE_NAME, environment);
    return { server: await openPostgresqlPool({ location, password, at: AT }), schema };
  } catch (error) {
    throw ofTheStore(error);
  }
}

/** What is wrong with a source's server, said of a store's. */
function ofTheStore(error: unknown): unknown {
  if (!isMigrationError(error)) return error;
  const retold = {
    at: AT,
    message: error.message.replace("of the source", "of the sealed store"),
    hint: error.hint.replaceAll("OKTA_MIGRATE_SOURCE_PASSWORD_FILE", PASSWORD_FILE_NAME),
    cause: error,
  };
  if (error instanceof ConfigError && error.at === "source") {
    return new ConfigError({ code: "OPTION_INVALID", ...retold });
  }
  return error instanceof SourceError && error.code !== "DRIVER_MISSING"
    ? new ConfigError({ code: "SEALED_STORE_UNREADABLE", ...retold })
    : error;
}
