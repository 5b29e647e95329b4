import {
  ADMIN_ROLES,
  type AppSetup,
  type EmulatorOptions,
  readAppKeys,
} from "../../../emulator/index.ts";
import { type Flags, flagOf, invalid, MOST, readText, shown, whole, word } from "./flag-values.ts";

/** Ten years: no token of a rehearsal lives longer. */
const MOST_SECONDS = 315_360_000;
/** Flags that say something of the service app, and nothing without one. */
const ABOUT_THE_APP = ["serviceAppKey", "dpop", "scopes", "role"];

type AccessOptions = Pick<
  EmulatorOptions,
  | "apps"
  | "missingScopes"
  | "tokenLifetimeSeconds"
  | "tokenFormat"
  | "nonceRenewalSeconds"
  | "nonceLifetimeSeconds"
  | "resourceNonce"
  | "tokenRole"
  | "signIn"
  | "signInDelayMs"
  | "deviceCodeSeconds"
  | "deviceIntervalSeconds"
>;

/**
 * Checks the flags about apps, tokens and people who sign in.
 *
 * @throws {ConfigError} OPTION_INVALID when one of them makes no sense
 */
export function readAccessOptions(flags: Flags): AccessOptions {
  return {
    apps: readApps(flags),
    missingScopes: word(flags, "missingScopes", ["omit", "refuse"]),
    tokenLifetimeSeconds: whole(flags, "tokenSeconds", 1, MOST_SECONDS),
    tokenFormat: word(flags, "tokenFormat", ["opaque", "jwt"]),
    nonceRenewalSeconds: whole(flags, "nonceRenewalSeconds", 1, MOST_SECONDS),
    nonceLifetimeSeconds: whole(flags, "nonceSeconds", 1, MOST_SECONDS),
    resourceNonce: flags["resourceNonce"] === true,
    tokenRole: word(flags, "tokenRole", ADMIN_ROLES),
    signIn: word(flags, "signIn", ["approve", "deny"]),
    signInDelayMs: whole(flags, "signInDelayMs", 0, MOST),
    deviceCodeSeconds: whole(flags, "deviceCodeSeconds", 1, MOST_SECONDS),
    deviceIntervalSeconds: whole(flags, "deviceIntervalSeconds", 0, 3600),
  };
}

function readApps(flags: Flags): readonly AppSetup[] {
  const { serviceApp, serviceAppKey, scopes } = flags;
  if (serviceApp === undefined) {
    const lonely = ABOUT_THE_APP.find((name) => flags[name] !== undefined);
    if (lonely === undefined) return [];
    throw invalid(flagOf(lonely), "goes with --service-app", "Name the app by its client id.");
  }
  if (typeof serviceApp !== "string" || !/^[\w.-]{1,100}$/.test(serviceApp)) {
    const hint = "Letters, digits, dots, dashes and underscores will do.";
    throw invalid("--service-app", `is no client id: ${shown(serviceApp)}`, hint);
  }
  if (typeof serviceAppKey !== "string") {
    throw invalid("--service-app", "goes with --service-app-key", "Give the app's public key.");
  }
  const app = {
    clientId: serviceApp,
    keys: readKeys(serviceAppKey),
    dpop: flags["dpop"] === true,
    ...(flags["role"] === undefined ? {} : { role: word(flags, "role", ADMIN_ROLES) }),
    ...(scopes === undefined ? {} : { scopes: readScopes(scopes) }),
  };
  return [app];
}

function readKeys(path: string): ReturnType<typeof readAppKeys> {
  const at = "--service-app-key";
  const text = readText(at, path);
  try {
    return readAppKeys(text);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : "is no key";
    throw invalid(at, what, "Give a public key as PEM, as a JWK or as a JWK set.");
  }
}

function readScopes(given: unknown): readonly string[] {
  const scopes = typeof given === "string" ? given.split(/[\s,]+/).filter(Boolean) : [];
  const wrong = scopes.find((scope) => !/^okta\.[A-Za-z.]+$/.test(scope));
  if (wrong === undefined) return scopes;
  throw invalid("--scopes", `names no scope: ${shown(wrong)}`, "As in okta.users.manage.");
}
