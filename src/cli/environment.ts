import { ConfigError } from "../core/index.ts";
import { createCredential, type Credential, type OrgUrl, parseOrgUrl } from "../okta/index.ts";

/** The variables that are read, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const NAMES = ["OKTA_ACCESS_TOKEN", "OKTA_API_TOKEN"] as const;
const TIMEOUT_NAME = "OKTA_MIGRATE_REQUEST_TIMEOUT_MS";
/** Below, no org answers in time; above, a hanging connection holds its place for too long. */
const TIMEOUT_RANGE_MS = { least: 100, most: 600_000 };

/** The org and the credential for it. */
export interface OrgAccess {
  readonly orgUrl: OrgUrl;
  readonly credential: Credential;
  /** Time for one request as a whole; the client's own default when absent. */
  readonly requestTimeoutMs?: number;
}

/** Whether the environment names an org. */
export function namesOrg(environment: Environment): boolean {
  return isSet(environment["OKTA_ORG_URL"]);
}

/**
 * Reads which org to go to, and how to get in.
 *
 * @throws {ConfigError} ORG_URL_MISSING, ORG_URL_INVALID, CREDENTIAL_MISSING,
 *   CREDENTIAL_AMBIGUOUS; OPTION_INVALID when the request timeout is none
 */
export function readOrgAccess(environment: Environment): OrgAccess {
  const orgUrl = parseOrgUrl(environment["OKTA_ORG_URL"]);
  const given = NAMES.filter((name) => isSet(environment[name]));
  const [name, second] = given;
  if (name === undefined) {
    throw new ConfigError({
      code: "CREDENTIAL_MISSING",
      at: NAMES.join(", "),
      message: "No credential is set: neither OKTA_ACCESS_TOKEN nor OKTA_API_TOKEN.",
      hint: "Set one of them, for example: export OKTA_API_TOKEN=00a1…",
    });
  }
  if (second !== undefined) {
    throw new ConfigError({
      code: "CREDENTIAL_AMBIGUOUS",
      at: given.join(", "),
      message: `${given.join(" and ")} are both set.`,
      hint: "Unset the one that is not to be used.",
    });
  }
  const kind = name === "OKTA_ACCESS_TOKEN" ? "bearer" : "ssws";
  const credential = createCredential(kind, environment[name] ?? "");
  const requestTimeoutMs = readRequestTimeout(environment[TIMEOUT_NAME]);
  return {
    orgUrl,
    credential,
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
  };
}

function readRequestTimeout(text: string | undefined): number | undefined {
  if (!isSet(text)) return undefined;
  const { least, most } = TIMEOUT_RANGE_MS;
  const ms = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN;
  if (ms >= least && ms <= most) return ms;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: TIMEOUT_NAME,
    message: `${TIMEOUT_NAME} is not a number of milliseconds in range.`,
    hint: `Give a whole number from ${least} to ${most}, or unset it.`,
  });
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== "";
}
