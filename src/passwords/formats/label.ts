import type { Computation } from "./computation.ts";
import type { FormatName } from "./format-table.ts";

/** Formats that hold hashes of several kinds. */
const HOLDERS: ReadonlySet<FormatName> = new Set(["auth0", "fusionauth", "keycloak", "ldap-crypt"]);

/** Formats whose rounds are always the same. */
const FIXED_ROUNDS: ReadonlySet<FormatName> = new Set(["mysql", "spring-sha256"]);

/** Format and the setting that tells its strength, such as `bcrypt 10`. */
export function labelOf(format: FormatName, computation: Computation): string {
  const strength = FIXED_ROUNDS.has(format) ? undefined : strengthOf(computation);
  const name = nameOf(format, computation);
  return strength === undefined ? name : `${name} ${strength}`;
}

function nameOf(format: FormatName, computation: Computation): string {
  if (format === "okta") return computation.kind;
  return HOLDERS.has(format) ? `${format} ${titleOf(computation)}` : format;
}

function titleOf(computation: Computation): string {
  switch (computation.kind) {
    case "digest":
      return computation.digest;
    case "hmac":
    case "pbkdf2":
      return `${computation.kind}-${computation.digest}`;
    case "argon2":
      return `argon2${computation.variant}`;
    case "crypt":
      return computation.scheme;
    case "bcrypt":
    case "scrypt":
    case "firebase-scrypt":
    case "phpass":
      return computation.kind;
  }
}

function strengthOf(computation: Computation): number | undefined {
  switch (computation.kind) {
    case "bcrypt":
      return computation.cost;
    case "pbkdf2":
      return computation.rounds;
    case "digest":
      return computation.rounds > 1 ? computation.rounds : undefined;
    case "hmac":
    case "argon2":
    case "scrypt":
    case "firebase-scrypt":
    case "crypt":
    case "phpass":
      return undefined;
  }
}
