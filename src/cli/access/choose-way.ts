import { ConfigError } from "../../core/index.ts";
import { type OrgUrl, parseOrgUrl } from "../../okta/index.ts";
import { type Environment, isSet } from "../environment.ts";
import { type Address, FAMILIES, type Family, variablesOf, type Way } from "./families.ts";

/** The org and the way in, both of one family of variables. */
export interface ChosenWay {
  readonly family: Family;
  readonly orgUrl: OrgUrl;
  readonly way: Way;
}

/** A family that names an org. */
interface Named {
  readonly family: Family;
  readonly variable: string;
  readonly orgUrl: OrgUrl;
}

/** The org that is meant, and the family that is to say how to get in. */
export interface ChosenOrg {
  readonly family: Family;
  readonly orgUrl: OrgUrl;
  /** The variable that names it. */
  readonly variable: string;
  /** Families that name other orgs, and do not count. */
  readonly elsewhere: readonly Named[];
}

/**
 * Chooses the family of variables that is meant: the one that names the org, our own first.
 *
 * @throws {ConfigError} ORG_URL_MISSING, ORG_URL_INVALID; CREDENTIAL_MISSING, CREDENTIAL_INCOMPLETE,
 *   CREDENTIAL_AMBIGUOUS; CREDENTIAL_MIXED where the credential may be for another org
 */
export function chooseWay(environment: Environment): ChosenWay {
  const { family, orgUrl, variable, elsewhere } = chooseOrg(environment);
  const way = onlyWay(family, variable, environment);
  refuseSharedToken(way, variable, elsewhere, environment);
  return { family, orgUrl, way };
}

/**
 * Chooses the org that is meant, whatever there is to get in with.
 *
 * @throws {ConfigError} ORG_URL_MISSING, ORG_URL_INVALID; CREDENTIAL_INCOMPLETE, CREDENTIAL_AMBIGUOUS
 */
export function chooseOrg(environment: Environment): ChosenOrg {
  const named = namedFamilies(environment);
  const [first, ...others] = named;
  if (first === undefined) throw noOrg();
  const elsewhere = others.filter(({ orgUrl }) => orgUrl.origin !== first.orgUrl.origin);
  if (elsewhere.length > 0 && first.family !== OWN) throw twoOrgs(first, elsewhere);
  const agreeing = named.filter((other) => !elsewhere.includes(other));
  const { family, orgUrl, variable } =
    agreeing.find((other) => givenWays(other.family, environment).length > 0) ?? first;
  return { family, orgUrl, variable, elsewhere };
}

/** Variables of a family that are set and hold a secret, or the path of one. */
export function givenSecrets(family: Family, environment: Environment): readonly string[] {
  return givenWays(family, environment).map((way) =>
    way.kind === "service-app" ? way.key : way.variable,
  );
}

/** Whether any family names an org. */
export function namesOrg(environment: Environment): boolean {
  return FAMILIES.some((family) => family.address(environment) !== undefined);
}

const [OWN] = FAMILIES as readonly [Family];

function namedFamilies(environment: Environment): readonly Named[] {
  return FAMILIES.flatMap((family) => {
    const address = family.address(environment);
    if (address === undefined) return [];
    return [{ family, variable: address.variable, orgUrl: parseAddress(address) }];
  });
}

function parseAddress({ variable, text, missing = "" }: Address): OrgUrl {
  if (text === undefined) {
    throw new ConfigError({
      code: "CREDENTIAL_INCOMPLETE",
      at: missing,
      message: `${variable} is set, and ${missing} is not: together they name the org.`,
      hint: `Set ${missing} as well, such as okta.com, or unset ${variable}.`,
    });
  }
  return parseOrgUrl(text, variable);
}

/** Ways of which the secret is set. A client ID alone is none. */
function givenWays(family: Family, environment: Environment): readonly Way[] {
  return family
    .ways(environment)
    .filter((way) => isSet(environment[way.kind === "service-app" ? way.key : way.variable]));
}

function onlyWay(family: Family, address: string, environment: Environment): Way {
  const given = givenWays(family, environment);
  const [way, second] = given;
  if (second !== undefined) throw ambiguous(given);
  const wanted = way ?? family.ways(environment).find((other) => isPartlySet(other, environment));
  const missing = wanted === undefined ? undefined : unset(wanted, environment);
  if (wanted !== undefined && missing === undefined) return wanted;
  const strange = strangeVariables(family, environment);
  if (strange.length > 0) throw mixed(address, strange);
  if (wanted === undefined || missing === undefined) throw noCredential(family, environment);
  throw incomplete(wanted, missing);
}

function isPartlySet(way: Way, environment: Environment): boolean {
  return variablesOf(way).some((name) => isSet(environment[name]));
}

function unset(way: Way, environment: Environment): string | undefined {
  return variablesOf(way).find((name) => !isSet(environment[name]));
}

/** Credentials that are set and that only other families know. */
function strangeVariables(family: Family, environment: Environment): readonly string[] {
  const own = new Set(family.ways(environment).flatMap(variablesOf));
  const all = FAMILIES.flatMap((other) => other.ways(environment).flatMap(variablesOf));
  return [...new Set(all)].filter((name) => !own.has(name) && isSet(environment[name]));
}

/** A token that two families know is for the org that both of them name, or for nobody knows which. */
function refuseSharedToken(
  way: Way,
  address: string,
  elsewhere: readonly Named[],
  environment: Environment,
): void {
  const names = variablesOf(way);
  const other = elsewhere.find(({ family }) =>
    family.ways(environment).some((theirs) => variablesOf(theirs).some((n) => names.includes(n))),
  );
  if (other === undefined) return;
  throw new ConfigError({
    code: "CREDENTIAL_MIXED",
    at: names.join(", "),
    message: `${names.join(", ")} may belong to the org of ${address} or to that of ${other.variable}, which is another one.`,
    hint: `Unset ${other.variable} for this command, or ${address}: a credential must not be sent to another org than its own.`,
  });
}

function noOrg(): ConfigError {
  return new ConfigError({
    code: "ORG_URL_MISSING",
    at: "OKTA_ORG_URL",
    message: "The address of the Okta org is not given.",
    hint: "Set OKTA_ORG_URL to the address of the org, such as https://example.okta.com.",
  });
}

function twoOrgs(first: Named, others: readonly Named[]): ConfigError {
  const names = [first, ...others].map(({ variable }) => variable);
  return new ConfigError({
    code: "CREDENTIAL_AMBIGUOUS",
    at: names.join(", "),
    message: `${names.join(" and ")} name different orgs.`,
    hint: "Unset all but one, or name the org that is meant in OKTA_ORG_URL, with a credential of the same family.",
  });
}

function ambiguous(ways: readonly Way[]): ConfigError {
  const names = ways.map((way) => variablesOf(way).join(" with "));
  return new ConfigError({
    code: "CREDENTIAL_AMBIGUOUS",
    at: names.join(", "),
    message: `${names.join(" and ")} are both set.`,
    hint: "Unset the one that is not to be used.",
  });
}

function mixed(address: string, strange: readonly string[]): ConfigError {
  return new ConfigError({
    code: "CREDENTIAL_MIXED",
    at: strange.join(", "),
    message: `The org is named by ${address}, and the only credential is in ${strange.join(", ")}, which another program reads: it may be for another org, and is not sent.`,
    hint: `Take both from one family of variables: give the credential under a name that belongs to ${address}.`,
  });
}

function incomplete(way: Way, missing: string): ConfigError {
  const there = variablesOf(way).filter((name) => name !== missing);
  return new ConfigError({
    code: "CREDENTIAL_INCOMPLETE",
    at: missing,
    message: `${there.join(", ")} is set, and ${missing} is not: a service app needs both.`,
    hint: `Set ${missing} as well, or unset ${there.join(", ")}. A person signs in by: okta-migrate login`,
  });
}

function noCredential(family: Family, environment: Environment): ConfigError {
  const ways = family.ways(environment).map((way) => variablesOf(way).join(" with "));
  const names = `${ways.slice(0, -1).join(", ")}${ways.length > 1 ? " nor " : ""}${ways.at(-1) ?? ""}`;
  return new ConfigError({
    code: "CREDENTIAL_MISSING",
    at: ways.join(", "),
    message: `No credential is set: ${ways.length > 1 ? "neither " : "not "}${names}.`,
    hint: `Set one of them, for example: export ${exampleOf(family)} Or sign in as yourself: okta-migrate login`,
  });
}

function exampleOf(family: Family): string {
  return family.title === "Okta's SDKs" ? "OKTA_CLIENT_TOKEN=00a1…" : "OKTA_API_TOKEN=00a1…";
}
