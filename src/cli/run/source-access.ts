import { readFile } from "node:fs/promises";
import { ConfigError, Secret } from "../../core/index.ts";
import type { SourceOptions } from "../../sources/index.ts";
import { type Environment, isSet } from "../environment.ts";

const PASSWORD_FILE_NAME = "OKTA_MIGRATE_SOURCE_PASSWORD_FILE";

/** Variables of the systems' own programs, by scheme. */
const OWN_NAMES = [
  { scheme: /^postgres(?:ql)?:/i, name: "PGPASSWORD" },
  { scheme: /^(?:mysql|mariadb):/i, name: "MYSQL_PWD" },
  { scheme: /^rediss?:/i, name: "REDISCLI_AUTH" },
] as const;

/**
 * A source with the password that the environment has for it, where it is on a server: from the file
 * that `OKTA_MIGRATE_SOURCE_PASSWORD_FILE` names (less one line's end), else from `PGPASSWORD` or
 * `MYSQL_PWD`.
 *
 * @throws {ConfigError} OPTION_INVALID when the file can't be read or is empty
 */
export async function withPassword(
  source: SourceOptions,
  environment: Environment,
): Promise<SourceOptions> {
  if (!source.location.includes("://")) return source;
  const password = await readServerPassword(source.location, PASSWORD_FILE_NAME, environment);
  return password === undefined ? source : { ...source, password };
}

/**
 * The password that the environment has for a server: from the file that `fileName` names (less one
 * line's end), else from the variable that the system's own program reads.
 *
 * @throws {ConfigError} OPTION_INVALID when the file can't be read or is empty
 */
export async function readServerPassword(
  location: string,
  fileName: string,
  environment: Environment,
): Promise<Secret | undefined> {
  const path = environment[fileName];
  const text = isSet(path)
    ? await readPassword(path, fileName)
    : ownPassword(location, environment);
  return text === undefined ? undefined : new Secret(text);
}

async function readPassword(path: string, fileName: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw invalid(fileName, "names a file that can't be read", cause);
  });
  const password = text.replace(/\r?\n$/, "");
  if (password === "") throw invalid(fileName, "names an empty file");
  return password;
}

function ownPassword(location: string, environment: Environment): string | undefined {
  const name = OWN_NAMES.find(({ scheme }) => scheme.test(location))?.name;
  const password = name === undefined ? undefined : environment[name];
  return password === "" ? undefined : password;
}

function invalid(fileName: string, what: string, cause?: unknown): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: fileName,
    message: `${fileName} ${what}.`,
    hint: "Name a file that you may read and that holds the password, or unset the variable.",
    cause,
  });
}
