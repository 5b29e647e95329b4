import type { Computation } from "./computation.ts";
import type { FormatName } from "./format-table.ts";

/** Formats whose rounds are always the same. */
const FIXED_ROUNDS: ReadonlySet<FormatName> = new Set(["mysql", "spring-sha256"]);

/** Format and the setting that tells its strength, such as `bcrypt 10`. */
export function labelOf(format: FormatName, computation: Computation): string {
  const strength = FIXED_ROUNDS.has(format) ? undefined : strengthOf(computation);
  const name = nameOf(format, computation);
  return strength === undefined ? name : `${name} ${strength}`;
}

/** Okta's objects and directories hold hashes of other formats. */
function nameOf(format: FormatName, computation: Computation): string {
  if (format === "okta") return computation.kind;
  if (format !== "ldap-crypt") return format;
  const held = computation.kind === "crypt" ? computation.scheme : computation.kind;
  return `${format} ${held}`;
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
