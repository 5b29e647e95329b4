import { ConfigError, type EventSink, Secret } from "../../../core/index.ts";
import {
  type HookSecrets,
  parseHookSecrets,
  parseSealKey,
  type SealKey,
} from "../../../hook/index.ts";
import { readPrivateFile } from "../../../platform/index.ts";
import { type Environment, isSet } from "../../environment.ts";

const KEY_FILE_NAME = "OKTA_MIGRATE_SEAL_KEY_FILE";
const KEY_NAME = "OKTA_MIGRATE_SEAL_KEY";
const SECRET_FILE_NAME = "OKTA_MIGRATE_HOOK_SECRET_FILE";

/**
 * Reads the seal key: from the file that `OKTA_MIGRATE_SEAL_KEY_FILE` names, or from
 * `OKTA_MIGRATE_SEAL_KEY`.
 *
 * @throws {ConfigError} SEAL_KEY_MISSING, SEAL_KEY_INVALID
 */
export async function readSealKey(environment: Environment, events: EventSink): Promise<SealKey> {
  const path = environment[KEY_FILE_NAME];
  const key = environment[KEY_NAME];
  if (isSet(path) && isSet(key)) {
    throw new ConfigError({
      code: "SEAL_KEY_INVALID",
      at: KEY_FILE_NAME,
      message: `Both ${KEY_FILE_NAME} and ${KEY_NAME} are set, and only one can hold.`,
      hint: "Unset one of them.",
    });
  }
  if (isSet(key)) return parseSealKey(new Secret(key), KEY_NAME);
  if (!isSet(path)) {
    throw new ConfigError({
      code: "SEAL_KEY_MISSING",
      at: KEY_FILE_NAME,
      message: `There is no seal key: ${KEY_FILE_NAME} is not set.`,
      hint: `Make one, and keep it apart from the store: openssl rand -base64 32 > seal.key && chmod 600 seal.key && export ${KEY_FILE_NAME}=seal.key`,
    });
  }
  const text = await readSecretFile(path, KEY_FILE_NAME, events);
  if (text === undefined) throw unreadable("SEAL_KEY_MISSING", KEY_FILE_NAME, path);
  return parseSealKey(text, KEY_FILE_NAME);
}

/** Where the hook's secrets are. @throws {ConfigError} HOOK_SECRET_MISSING */
export function hookSecretPath(environment: Environment): string {
  const path = environment[SECRET_FILE_NAME];
  if (isSet(path)) return path;
  throw new ConfigError({
    code: "HOOK_SECRET_MISSING",
    at: SECRET_FILE_NAME,
    message: `There is no secret to know Okta by: ${SECRET_FILE_NAME} is not set.`,
    hint: `Make one, and give Okta the same: openssl rand -base64 32 > hook.secret && chmod 600 hook.secret && export ${SECRET_FILE_NAME}=hook.secret`,
  });
}

/** Reads the hook's secrets. @throws {ConfigError} HOOK_SECRET_MISSING, HOOK_SECRET_INVALID */
export async function readHookSecrets(path: string, events: EventSink): Promise<HookSecrets> {
  const text = await readSecretFile(path, SECRET_FILE_NAME, events);
  if (text === undefined) throw unreadable("HOOK_SECRET_MISSING", SECRET_FILE_NAME, path);
  return parseHookSecrets(text, SECRET_FILE_NAME);
}

/**
 * Reads the secret that Okta is to send: where its file has several, the first of them.
 *
 * @throws {ConfigError} HOOK_SECRET_MISSING, HOOK_SECRET_INVALID
 */
export async function readPresentHookSecret(path: string, events: EventSink): Promise<Secret> {
  const text = await readSecretFile(path, SECRET_FILE_NAME, events);
  if (text === undefined) throw unreadable("HOOK_SECRET_MISSING", SECRET_FILE_NAME, path);
  parseHookSecrets(text, SECRET_FILE_NAME);
  const lines = text.reveal().split("\n");
  return new Secret(lines.map((line) => line.trim()).find((line) => line !== "") ?? "");
}

/**
 * Reads a secret from the file that a variable names, its end of line left out; undefined where the
 * variable is not set.
 *
 * @throws {ConfigError} OPTION_INVALID when it names a file that can't be read or is empty
 */
export async function readOptionalSecret(
  variable: string,
  environment: Environment,
  events: EventSink,
): Promise<Secret | undefined> {
  const path = environment[variable];
  if (!isSet(path)) return undefined;
  const text = (await readSecretFile(path, variable, events))?.reveal().replace(/\r?\n$/, "");
  if (text !== undefined && text !== "") return new Secret(text);
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: variable,
    message: `${variable} names a file that can't be read or is empty: ${path}`,
    hint: "Name a file that you may read and that holds the secret, or unset the variable.",
  });
}

/** @returns undefined where it can't be read */
async function readSecretFile(
  path: string,
  variable: string,
  events: EventSink,
): Promise<Secret | undefined> {
  const read = await readPrivateFile(path).catch(() => undefined);
  if (read === undefined || read.kind === "absent") return undefined;
  if (read.kind === "exposed") {
    events.emit({
      event: "warning",
      message: `The file that ${variable} names can be read by others on this machine.`,
      hint: `Make it yours alone: chmod 600 ${path}`,
    });
  }
  return read.text;
}

function unreadable(
  code: "SEAL_KEY_MISSING" | "HOOK_SECRET_MISSING",
  at: string,
  path: string,
): ConfigError {
  return new ConfigError({
    code,
    at,
    message: `${at} names a file that can't be read: ${path}`,
    hint: "Name a file that is there and that you may read.",
  });
}
