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
import { chooseWay } from "./choose-way.ts";
import { onlyDeclared } from "./declared-scopes.ts";
import type { AppWay, Family, Way } from "./families.ts";
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
 * Reads which org to go to, and how to get in.
 *
 * @throws {ConfigError} as {@link chooseWay} and what reads keys say; OPTION_INVALID when a token,
 *   the proxy or the request timeout is none
 */
export async function readOrgAccess(reading: AccessReading): Promise<OrgAccess> {
  const { environment, events } = reading;
  const { family, orgUrl, way } = chooseWay(environment);
  const proxy = readProxy(environment);
  const requestTimeoutMs = readRequestTimeout(environment);
  const { purpose } = reading;
  const needs = "optional" in purpose ? purpose : neededScopes(purpose);
  const declared = way.kind === "service-app" ? scopesOf(way, environment) : undefined;
  return {
    orgUrl,
    credential:
      way.kind === "service-app"
        ? await readApp(way, reading)
        : createCredential(way.kind, environment[way.variable] ?? "", way.variable),
    scopes: declared === undefined ? needs : onlyDeclared(needs, declared, events),
    description: describe(family, way),
    ...(proxy === undefined ? {} : { proxy }),
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
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
