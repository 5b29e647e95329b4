import { readFile } from "node:fs/promises";
import { ConfigError, Secret, type SourceValue } from "../../../core/index.ts";
import type { Environment } from "../../environment.ts";

/** What belongs to every hash of a system and is kept in files of its own. */
export interface HashSecrets {
  /** A secret that the system adds to every password, or to every salt. */
  readonly pepper?: Secret<Uint8Array>;
  /** Parameters of the scheme, as the vendor names them. */
  readonly params?: Secret<Readonly<Record<string, SourceValue>>>;
}

const PEPPER_NAME = "OKTA_MIGRATE_PEPPER_FILE";
const PARAMS_NAME = "OKTA_MIGRATE_HASH_PARAMS_FILE";

/**
 * Reads the files that `OKTA_MIGRATE_PEPPER_FILE` (its bytes, less a line's end) and
 * `OKTA_MIGRATE_HASH_PARAMS_FILE` (a JSON object) name.
 *
 * @throws {ConfigError} OPTION_INVALID when one can't be read or holds nothing of the kind
 */
export async function readHashSecrets(environment: Environment): Promise<HashSecrets> {
  const pepper = await readBytes(PEPPER_NAME, environment);
  const params = await readBytes(PARAMS_NAME, environment);
  return {
    ...(pepper === undefined ? {} : { pepper: new Secret(withoutLineEnd(pepper)) }),
    ...(params === undefined ? {} : { params: new Secret(parseParams(params)) }),
  };
}

async function readBytes(
  variable: string,
  environment: Environment,
): Promise<Uint8Array | undefined> {
  const path = environment[variable];
  if (path === undefined || path.trim() === "") return undefined;
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw invalid(variable, "names a file that can't be read.", cause);
  });
  if (withoutLineEnd(bytes).length === 0) throw invalid(variable, "names an empty file.");
  return bytes;
}

function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? -2 : -1) : bytes.length;
  return bytes.slice(0, end);
}

function parseParams(bytes: Uint8Array): Readonly<Record<string, SourceValue>> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    value = undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(PARAMS_NAME, "names a file that holds no JSON object.");
  }
  return value as Readonly<Record<string, SourceValue>>;
}

function invalid(at: string, what: string, cause?: unknown): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at,
    message: `${at} ${what}`,
    hint: "Name a file that exists, that you may read and that holds it, or unset the variable.",
    cause,
  });
}
