import type { EventSink } from "../../core/index.ts";
import {
  createCredential,
  createServiceApp,
  type Credential,
  neededScopes,
  type OrgUrl,
  type ProxySettings,
  type Purpose,
  type ScopeNeeds,
} from "../../okta/index.ts";
import { type Environment, isSet, readRequestTimeout } from "../environment.ts";
import { chooseNamedOrg } from "./choose-named-org.ts";
import { type ChosenOrg, chooseWay, givenSecrets } from "./choose-way.ts";
import { onlyDeclared } from "./declared-scopes.ts";
import type { AppWay, Family, Way } from "./families.ts";
import { KeptSignIns } from "./kept-sign-ins.ts";
import { readPrivateKey } from "./read-private-key.ts";
import { readProxy } from "./read-proxy.ts";

/** The org and how to get in. */
export interface OrgAccess {
  readonly orgUrl: OrgUrl;
  readonly credential: Credential;
  /** What a service app asks for. */
  readonly scopes: ScopeNeeds;
  /** For people: what kind of credential, and which variables it is from. */
  readonly description: string;
  /** Whether the next token is got by ourselves, without anybody. */
  readonly isRenewed: boolean;
  readonly proxy?: ProxySettings;
  /** Time for one request as a whole; the client's own default when absent. */
  readonly requestTimeoutMs?: number;
}

/** What access is read with. */
export interface AccessReading {
  readonly environment: Environment;
  /** What a service app asks for, or what for. */
  readonly purpose: Purpose | ScopeNeeds;
  /** Where warnings go. */
  readonly events: EventSink;
}

/**
 * Reads which org to go to, and how to get in: by a credential that variables hold, or where there is
 * none by what `login` kept for that org.
 *
 * @throws {ConfigError} as {@link chooseWay} and what reads keys and kept sign-ins say; OPTION_INVALID
 *   when a token, the proxy or the request timeout is none
 */
export async function readOrgAccess(reading: AccessReading): Promise<OrgAccess> {
  const { environment } = reading;
  const kept = new KeptSignIns({ environment });
  const chosen = await chooseNamedOrg(environment, kept);
  const isGiven = givenSecrets(chosen.family, environment).length > 0;
  const signIn = isGiven ? undefined : await readSignIn(chosen, kept);
  return {
    ...readLineSettings(environment),
    orgUrl: chosen.orgUrl,
    scopes: needsOf(reading),
    ...(signIn ?? (await readWay(reading))),
  };
}

/**
 * How the org is reached, whoever asks it.
 *
 * @throws {ConfigError} OPTION_INVALID when the proxy or the request timeout is none
 */
export function readLineSettings(
  environment: Environment,
): Pick<OrgAccess, "proxy" | "requestTimeoutMs"> {
  const proxy = readProxy(environment);
  const requestTimeoutMs = readRequestTimeout(environment);
  return {
    ...(proxy === undefined ? {} : { proxy }),
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
  };
}

function needsOf({ purpose }: AccessReading): ScopeNeeds {
  return "optional" in purpose ? purpose : neededScopes(purpose);
}

type WayIn = Pick<OrgAccess, "credential" | "description" | "isRenewed"> & Partial<OrgAccess>;

async function readSignIn(
  { orgUrl: { origin } }: ChosenOrg,
  kept: KeptSignIns,
): Promise<WayIn | undefined> {
  const found = await kept.find(origin);
  if (found === undefined) return undefined;
  const { login, clientId, refreshToken } = found.signIn;
  return {
    credential: { kind: "sign-in", store: kept.storeOf(origin) },
    description: `signed in as ${login ?? `somebody through ${clientId}`} by login`,
    isRenewed: refreshToken !== undefined,
  };
}

async function readWay(reading: AccessReading): Promise<WayIn> {
  const { environment, events } = reading;
  const { family, way } = chooseWay(environment);
  const description = describe(family, way);
  if (way.kind !== "service-app") {
    const token = environment[way.variable] ?? "";
    const credential = createCredential(way.kind, token, way.variable);
    return { credential, description, isRenewed: false };
  }
  const declared = scopesOf(way, environment);
  const needs = needsOf(reading);
  return {
    credential: await readApp(way, reading),
    ...(declared === undefined ? {} : { scopes: onlyDeclared(needs, declared, events) }),
    description,
    isRenewed: true,
  };
}

async function readApp(way: AppWay, { environment, events }: AccessReading): Promise<Credential> {
  const { text, at } = await readPrivateKey(way, environment[way.key] ?? "", events);
  const keyId = way.keyIds.map((name) => environment[name]).find(isSet);
  const algorithm = way.algorithm === undefined ? undefined : environment[way.algorithm];
  return createServiceApp({
    clientId: environment[way.clientId] ?? "",
    at: way.clientId,
    key: {
      text,
      at,
      ...(keyId === undefined ? {} : { keyId: keyId.trim() }),
      ...(isSet(algorithm) ? { algorithm: algorithm.trim().toUpperCase() } : {}),
    },
  });
}

function scopesOf(
  { scopes: variable }: AppWay,
  environment: Environment,
): { readonly text: string; readonly variable: string } | undefined {
  if (variable === undefined) return undefined;
  const text = environment[variable];
  return isSet(text) ? { text, variable } : undefined;
}

const KINDS = {
  ssws: "API token",
  bearer: "access token",
  "service-app": "service app",
} as const;

function describe({ title }: Family, way: Way): string {
  const variable = way.kind === "service-app" ? way.clientId : way.variable;
  const family = title === undefined ? "" : ` (a name of ${title})`;
  return `${KINDS[way.kind]} from ${variable}${family}`;
}
