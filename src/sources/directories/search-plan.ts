import { ConfigError, type Secret } from "../../core/index.ts";
import { isLoopback } from "../databases/tls-settings.ts";
import type { DirectorySearch } from "../source-options.ts";
import type { DirectoryAddress, SearchScope } from "./directory-address.ts";

/** Who signs in. */
export interface DirectorySignIn {
  readonly dn: string;
  readonly password: Secret;
}

/** All that is asked of a directory. */
export interface SearchPlan {
  readonly address: DirectoryAddress;
  readonly startTls: boolean;
  /** Undefined: nobody, an anonymous search. */
  readonly bindDn: string | undefined;
  readonly mayBindInClear: boolean;
  readonly scope: SearchScope;
  readonly filter: string;
  readonly attributes: readonly string[];
}

/** People of directories of every kind; one that does not know an attribute passes over its part. */
const PEOPLE = "(|(objectClass=inetOrgPerson)(&(objectCategory=person)(objectClass=user)))";
/** All that people use; what many servers hide unless it is asked for; what never changes. */
const ATTRIBUTES = ["*", "userPassword", "entryUUID"];

/**
 * What address and config say together.
 *
 * @throws {ConfigError} OPTION_INVALID when they contradict one another
 */
export function planSearch(address: DirectoryAddress, search: DirectorySearch = {}): SearchPlan {
  const { filter, attributes, bindDn, startTls = false } = search;
  if (filter !== undefined && address.filter !== undefined) throw twice("filter");
  if (attributes !== undefined && address.attributes !== undefined) throw twice("attributes");
  if (startTls && address.isTls) {
    throw invalid(
      "source.startTls",
      "ldaps:// is TLS from the beginning, and needs no StartTLS",
      "Leave startTls out.",
    );
  }
  const wanted = attributes ?? address.attributes ?? [];
  return {
    address,
    startTls,
    bindDn,
    mayBindInClear: search.sendPasswordInClear ?? false,
    scope: address.scope ?? "sub",
    filter: filter ?? address.filter ?? PEOPLE,
    attributes: wanted.length === 0 ? ATTRIBUTES : wanted,
  };
}

/**
 * Who signs in, once the password is known; undefined for an anonymous search.
 *
 * @throws {ConfigError} OPTION_INVALID when there is no password, or it would go in clear to another
 *   machine
 */
export function signInOf(
  plan: SearchPlan,
  password: Secret | undefined,
): DirectorySignIn | undefined {
  const { address, bindDn, startTls, mayBindInClear } = plan;
  if (bindDn === undefined) return undefined;
  // With an empty one many servers let anybody in, as nobody.
  if (password === undefined || password.reveal() === "") {
    throw invalid(
      "source.bind",
      "a name is to sign in, and its password is not known",
      "Put it into a file that you alone may read, and the file's path into OKTA_MIGRATE_SOURCE_PASSWORD_FILE.",
    );
  }
  const isPlain = !address.isTls && !startTls && !isLoopback(address.host);
  if (isPlain && !mayBindInClear) {
    throw invalid(
      "source.bind",
      "without TLS its password would go over the network in clear",
      "Use ldaps:// or startTls: true; where there is no TLS at all, sendPasswordInClear: true.",
    );
  }
  return { dn: bindDn, password };
}

function twice(what: string): ConfigError {
  return invalid(`source.${what}`, `the address has its own ${what}`, "Give one of the two.");
}

function invalid(at: string, what: string, hint: string): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at,
    message: `${at}: ${what}.`,
    hint,
  });
}
