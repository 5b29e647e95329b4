import { ConfigError, type Secret, type SourceValue } from "../../core/index.ts";
import type { PasswordRule } from "../config/migration-config.ts";

/** What of the making of hashes is secret: it comes from files that the environment names. */
export interface HashSecrets {
  /** Bytes of `OKTA_MIGRATE_PEPPER_FILE`. */
  readonly pepper?: Secret<Uint8Array>;
  /** The object of `OKTA_MIGRATE_HASH_PARAMS_FILE`. */
  readonly params?: Secret<Readonly<Record<string, SourceValue>>>;
}

/**
 * Checks that what the config counts on is there.
 *
 * @throws {ConfigError} PASSWORD_SECRET_MISSING
 */
export function assertSecrets(
  rule: PasswordRule | undefined,
  secrets: HashSecrets,
  fileName: string,
): void {
  if (rule?.pepper !== undefined && secrets.pepper === undefined) {
    throw missing(placeOf(fileName, rule.pepper.line, "pepper"), "OKTA_MIGRATE_PEPPER_FILE", {
      needs: "the pepper's bytes",
      holds: "the pepper and nothing else",
    });
  }
  if (rule?.paramsFile !== undefined && secrets.params === undefined) {
    const at = placeOf(fileName, rule.paramsFile.line, "params");
    throw missing(at, "OKTA_MIGRATE_HASH_PARAMS_FILE", {
      needs: "the parameters of the hashes",
      holds: "them as one JSON object",
    });
  }
}

/** What should be known of secrets that are there and not used. */
export function noteUnused(rule: PasswordRule | undefined, { pepper }: HashSecrets): string[] {
  return pepper === undefined || rule?.pepper !== undefined
    ? []
    : [
        "OKTA_MIGRATE_PEPPER_FILE is set, and is not used: `password` in migration.yaml does not say where its `pepper` stands.",
      ];
}

function placeOf(fileName: string, line: number | undefined, key: string): string {
  return line === undefined
    ? `password.${key} of the preset`
    : `${fileName}:${line} password.${key}`;
}

function missing(
  at: string,
  variable: string,
  { needs, holds }: { readonly needs: string; readonly holds: string },
): ConfigError {
  return new ConfigError({
    code: "PASSWORD_SECRET_MISSING",
    at,
    message: `${at}: this needs ${needs}, and ${variable} is not set.`,
    hint: `Put the path of a file into ${variable} that holds ${holds}.`,
  });
}
