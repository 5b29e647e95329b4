import { ConfigError } from "../core/index.ts";
import { createCredential, type Credential, type OrgUrl, parseOrgUrl } from "../okta/index.ts";

/** The variables that are read, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const NAMES = ["OKTA_ACCESS_TOKEN", "OKTA_API_TOKEN"] as const;

/** The org and the credential for it. */
export interface OrgAccess {
  readonly orgUrl: OrgUrl;
  readonly credential: Credential;
}

/** Whether the environment names an org. */
export function namesOrg(environment: Environment): boolean {
  return isSet(environment["OKTA_ORG_URL"]);
}

/**
 * Reads which org to go to, and how to get in.
 *
 * @throws {ConfigError} ORG_URL_MISSING, ORG_URL_INVALID, CREDENTIAL_MISSING, CREDENTIAL_AMBIGUOUS
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
  return { orgUrl, credential: createCredential(kind, environment[name] ?? "") };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== "";
}
