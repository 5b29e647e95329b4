import { ConfigError, isMigrationError, printable, SourceError } from "../../core/index.ts";
import { LdapRefusal } from "./ldap-connection.ts";
import { UnfollowedReference } from "./search-pages.ts";
import type { SearchPlan } from "./search-plan.ts";

/** What is wrong, and what to do. */
interface Trouble {
  readonly what: string;
  readonly hint: string;
}

/** Names of LDAP's results (RFC 4511, appendix A), as far as a reader meets them. */
const NAMES: Readonly<Record<number, string>> = {
  1: "operationsError",
  2: "protocolError",
  3: "timeLimitExceeded",
  4: "sizeLimitExceeded",
  7: "authMethodNotSupported",
  8: "strongerAuthRequired",
  10: "referral",
  11: "adminLimitExceeded",
  12: "unavailableCriticalExtension",
  13: "confidentialityRequired",
  32: "noSuchObject",
  34: "invalidDNSyntax",
  48: "inappropriateAuthentication",
  49: "invalidCredentials",
  50: "insufficientAccessRights",
  51: "busy",
  52: "unavailable",
  53: "unwillingToPerform",
};

/** A directory that can't be reached, or does not let us in, as an error of ours. */
export function refusedError(plan: SearchPlan, error: unknown): Error {
  if (isMigrationError(error)) return error;
  const { what, hint } =
    error instanceof LdapRefusal ? signInTrouble(error.status, plan) : networkTrouble(error, plan);
  return new SourceError({
    code: "SOURCE_REFUSED",
    message: `${plan.address.shown} can't be read: ${what}.`,
    hint,
    cause: error,
  });
}

function signInTrouble(status: number, { startTls, bindDn }: SearchPlan): Trouble {
  switch (status) {
    case 49:
    case 32:
    case 34:
      return {
        what: `the server does not let ${bindDn === undefined ? "anybody" : "this name"} in, or the password is wrong (${named(status)})`,
        hint: "Check `bind` under source in migration.yaml, and the password in the file that OKTA_MIGRATE_SOURCE_PASSWORD_FILE names.",
      };
    case 8:
    case 13:
      return {
        what: `the server wants TLS before anybody signs in (${named(status)})`,
        hint: "Use ldaps:// in the address, or startTls: true.",
      };
    default:
      return startTls && (status === 1 || status === 2 || status === 52 || status === 53)
        ? {
            what: `the server offers no StartTLS (${named(status)})`,
            hint: "Use ldaps:// in the address, or turn TLS on at the server.",
          }
        : {
            what: `the server refuses the sign-in (${named(status)})`,
            hint: "See in the server's log why, and check `bind` under source in migration.yaml.",
          };
  }
}

function networkTrouble(error: unknown, { address, startTls }: SearchPlan): Trouble {
  const code = codeOf(error);
  const host = printable(address.host);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return {
      what: `no such host, ${host}`,
      hint: "Check the host in the address, and whether its name can be looked up from here.",
    };
  }
  if (code === "ECONNREFUSED") {
    return {
      what: `nothing listens at ${host}, port ${address.port}`,
      hint: "Check host and port in the address (389 for ldap, 636 for ldaps), and that the server runs.",
    };
  }
  if (/^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(code)) {
    return {
      what: `${host} did not answer in time`,
      hint: "See that firewalls let this machine through.",
    };
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return {
      what: `its certificate is not for ${host}`,
      hint: "Use the name that the certificate has in the address.",
    };
  }
  if (/CERT|UNABLE_TO_|SELF_SIGNED/.test(code)) {
    return {
      what: `its TLS certificate can't be trusted (${code})`,
      hint: "Where an authority of your own issued it, point NODE_EXTRA_CA_CERTS to that authority's certificate (PEM); certificates are always checked.",
    };
  }
  return address.isTls || startTls
    ? {
        what: `no TLS connection comes about (${code || "no reason was given"})`,
        hint: "Check that the port is one for TLS; plain ldap:// may need startTls: true.",
      }
    : {
        what: `the connection broke (${code || "no reason was given"})`,
        hint: "Check that the port is one for LDAP, and not for ldaps:// or another service.",
      };
}

/** A search that the server refuses or ends early, as an error of ours. */
export function searchError(plan: SearchPlan, error: unknown): Error {
  if (isMigrationError(error)) return error;
  const { shown } = plan.address;
  if (error instanceof UnfollowedReference) {
    return queryError(error, {
      what: `${shown} leaves a part of what is searched to another server, ${printable(error.to, 120)}: entries would be missing`,
      hint: "Search below a base that this server holds whole; for Active Directory, the base of one domain.",
    });
  }
  if (error instanceof LdapRefusal) return queryError(error, searchTrouble(error.status, plan));
  return new SourceError({
    code: "SOURCE_LOST",
    message: `The connection to ${shown} was lost while it was read (${codeOf(error) || "no reason was given"}).`,
    hint: "Run the same command again: it goes on where it stopped.",
    cause: error,
  });
}

function queryError(cause: Error, { what, hint }: Trouble): SourceError {
  return new SourceError({ code: "SOURCE_QUERY", message: `${what}.`, hint, cause });
}

function searchTrouble(status: number, { address, bindDn }: SearchPlan): Trouble {
  const { shown } = address;
  switch (status) {
    case 3:
    case 4:
    case 11:
      return {
        what: `${shown} gives only a part of the entries (${named(status)})`,
        hint: "Sign in (`bind`) as somebody who may read all of them in pages: OpenLDAP's olcLimits has size.prtotal=unlimited for that.",
      };
    case 10:
      return {
        what: `${shown} holds no such base, and refers to another server (${named(status)})`,
        hint: "Give the address of the server that holds it.",
      };
    case 32:
      return {
        what: `${shown} has nothing at that base, or does not show it to ${bindDn === undefined ? "an anonymous reader" : "this name"} (${named(status)})`,
        hint: "Check the base, the part of the address behind the host, and who signs in (`bind`).",
      };
    case 34:
      return {
        what: `the base in ${shown} is no distinguished name (${named(status)})`,
        hint: "Write it as in: ou=people,dc=example,dc=com",
      };
    case 13:
      return {
        what: `${shown} answers over TLS only (${named(status)})`,
        hint: "Use ldaps:// in the address, or startTls: true.",
      };
    default:
      return {
        what: `${shown} refuses the search (${named(status)})`,
        hint:
          bindDn === undefined
            ? "It may want somebody to sign in: name who by `bind` under source in migration.yaml."
            : "Check base, filter and attributes, and that the name which signs in may read there.",
      };
  }
}

/** A filter that is none; it is not repeated. */
export function filterError(cause: unknown): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "source.filter",
    message: "source.filter: this is no LDAP filter.",
    hint: "Write it as in: (&(objectClass=inetOrgPerson)(mail=*))",
    cause,
  });
}

function named(status: number): string {
  const name = NAMES[status];
  return name === undefined ? `LDAP error ${status}` : `LDAP error ${status}, ${name}`;
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
