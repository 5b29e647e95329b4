import { readFile } from "node:fs/promises";
import { ConfigError, Secret, type SourceValue } from "../../core/index.ts";
import type { HashSecrets } from "../../mapping/index.ts";
import type { Environment } from "../environment.ts";

const PEPPER_NAME = "OKTA_MIGRATE_PEPPER_FILE";
const PARAMS_NAME = "OKTA_MIGRATE_HASH_PARAMS_FILE";

/**
 * Reads the files that `OKTA_MIGRATE_PEPPER_FILE` (its bytes, less one line's end) and
 * `OKTA_MIGRATE_HASH_PARAMS_FILE` (a JSON object) name, where they name any.
 *
 * @throws {ConfigError} OPTION_INVALID when one can't be read or holds nothing of the kind
 */
export async function readHashSecrets(environment: Environment): Promise<HashSecrets> {
  const pepper = await readBytes(PEPPER_NAME, environment);
  const params = await readBytes(PARAMS_NAME, environment);
  return {
    ...(pepper === undefined ? {} : { pepper: new Secret(pepper) }),
    ...(params === undefined ? {} : { params: new Secret(parseParams(params)) }),
  };
}

async function readBytes(
  variable: string,
  environment: Environment,
): Promise<Uint8Array | undefined> {
  const path = environment[variable];
  if (path === undefined || path.trim() === "") return undefined;
  const bytes = withoutLineEnd(
    await readFile(path).catch((cause: unknown) => {
      throw invalid(variable, "names a file that can't be read", cause);
    }),
  );
  if (bytes.length === 0) throw invalid(variable, "names an empty file");
  return bytes;
}

function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== 0x0a) return bytes;
  return bytes.subarray(0, bytes.at(-2) === 0x0d ? -2 : -1);
}

function parseParams(bytes: Uint8Array): Readonly<Record<string, SourceValue>> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    // The parser's own words quote what they read.
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(PARAMS_NAME, "names a file that holds no JSON object");
  }
  return value as Readonly<Record<string, SourceValue>>;
}

function invalid(at: string, what: string, cause?: unknown): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at,
    message: `${at} ${what}.`,
    hint: "Name a file that you may read and that holds it, or unset the variable.",
    cause,
  });
}
