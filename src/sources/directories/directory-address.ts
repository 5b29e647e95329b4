import { ConfigError, printable } from "../../core/index.ts";

/** Where a directory is, and what of the search its address says (RFC 4516). */
export interface DirectoryAddress {
  /** A name or an address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Whether TLS comes before anything else, as `ldaps` says. */
  readonly isTls: boolean;
  /** Distinguished name below which is searched. */
  readonly base: string;
  readonly attributes: readonly string[] | undefined;
  readonly scope: SearchScope | undefined;
  readonly filter: string | undefined;
  /** As given, fit for messages. */
  readonly shown: string;
}

/** How far below the base is searched: the whole tree, its first level, or the base alone. */
export type SearchScope = "sub" | "one" | "base";

const PORTS = { ldap: 389, ldaps: 636 } as const;
const SHAPE = /^(ldaps?):\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;
const HOST = /^(\[[0-9a-f:.]+\]|[^[\]:@\s]+)(?::(\d{1,5}))?$/i;
const EXAMPLE = "Write it as in: ldaps://ldap.example.com/ou=people,dc=example,dc=com";

/** Whether a location is the address of a directory. */
export function isDirectoryAddress(location: string): boolean {
  return /^ldaps?:\/\//i.test(location);
}

/**
 * Reads the address of a directory: `ldap[s]://host[:port]/base[?attributes[?scope[?filter]]]`.
 *
 * @throws {ConfigError} OPTION_INVALID when it is none. What was given is then never repeated: it may
 *   hold a password at any place.
 */
export function parseDirectoryAddress(location: string): DirectoryAddress {
  const [, scheme = "", place = "", path = "", rest = ""] = SHAPE.exec(location) ?? [];
  if (place.includes("@")) {
    throw invalid(
      "has a user or a password in it",
      "Take it out: `bind` in migration.yaml names who signs in, and OKTA_MIGRATE_SOURCE_PASSWORD_FILE a file with the password.",
    );
  }
  const [, host = "", port] = HOST.exec(place) ?? [];
  if (scheme === "" || host === "") throw invalid("can't be read as an address", EXAMPLE);
  const [attributes = "", scope = "", filter = "", extensions] = rest.split("?");
  if (extensions !== undefined) {
    throw invalid(
      "has extensions, which are not taken",
      "Give `bind` and `startTls` in migration.yaml.",
    );
  }
  const base = decode(path);
  if (base.trim() === "") throw invalid("names no base to search below", EXAMPLE);
  const isTls = scheme.toLowerCase() === "ldaps";
  return {
    host: host.replace(/^\[|\]$/g, ""),
    port: port === undefined ? PORTS[isTls ? "ldaps" : "ldap"] : readPort(port),
    isTls,
    base,
    attributes: attributes === "" ? undefined : attributes.split(",").map(decode),
    scope: scope === "" ? undefined : readScope(scope),
    filter: filter === "" ? undefined : decode(filter),
    shown: printable(location),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (port >= 1 && port <= 65_535) return port;
  throw invalid("has a port that is none", EXAMPLE);
}

function readScope(text: string): SearchScope {
  const scope = text.toLowerCase();
  if (scope === "sub" || scope === "one" || scope === "base") return scope;
  throw invalid("has a scope that is not known", "Give sub (all below the base), one or base.");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid("has a percent sign that begins no character", "Write a percent sign as %25.");
  }
}

function invalid(what: string, hint: string): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "source",
    message: `The address of the source ${what}.`,
    hint,
  });
}
