import { ConfigError } from "../../core/index.ts";

const SCHEME = /^[a-z][a-z0-9+.-]+:\/\//i;
const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;
const DEFAULT_SCHEMA = "okta_migrate";

/** Where a sealed store on a server is. */
export interface StoreAddress {
  /** As the server's driver takes it. */
  readonly location: string;
  readonly schema: string;
}

/** Whether a store is on a server, and no file. */
export function isStoreAddress(store: string): boolean {
  return SCHEME.test(store);
}

/**
 * Takes the schema out of a store's address: `postgres://…/db?schema=NAME`.
 *
 * @param at where it was given, for messages
 * @throws {ConfigError} OPTION_INVALID when it is none
 */
export function parseStoreAddress(store: string, at: string): StoreAddress {
  const [base = "", query = ""] = store.split("?", 2);
  const parameters = new URLSearchParams(query);
  const schema = parameters.get("schema") ?? DEFAULT_SCHEMA;
  parameters.delete("schema");
  if (!SCHEMA.test(schema)) {
    throw new ConfigError({
      code: "OPTION_INVALID",
      at,
      message: `The address of the sealed store names a schema that is none.`,
      hint: "Give small letters, digits and _, as in: postgres://hook@db.example.com/okta?schema=okta_migrate",
    });
  }
  return { location: parameters.size === 0 ? base : `${base}?${String(parameters)}`, schema };
}
