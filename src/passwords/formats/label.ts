import type { Computation } from "./computation.ts";
import type { FormatName } from "./format-table.ts";

/** Format and the setting that tells its strength, such as `bcrypt 10`. */
export function labelOf(format: FormatName, computation: Computation): string {
  const strength = strengthOf(computation);
  const name = format === "okta" ? computation.kind : format;
  return strength === undefined ? name : `${name} ${strength}`;
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
