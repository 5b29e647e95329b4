import { ConfigError, printable } from "../core/index.ts";
import type { OrgCaller } from "./org-caller.ts";
import { readBody } from "./read-body.ts";
import { LIST_BODY_BYTES, type OrgRequest } from "./transport.ts";

/** A user type of the org. */
export interface NamedUserType {
  readonly id: string;
  readonly name: string;
  /** Id of the schema of its users. */
  readonly schemaId: string;
}

/** A realm of the org. */
export interface NamedRealm {
  readonly id: string;
  readonly name: string;
}

const TYPES_ROUTE = "/api/v1/meta/types/user";
const REALMS_ROUTE = "/api/v1/realms";
const ID = /^[\w.-]{1,100}$/;
/** Names that an error tells at most. */
const MOST_TOLD = 10;

/**
 * The user type of an id or a name: its own, or the one that is displayed.
 *
 * @throws {ConfigError} USER_TYPE_UNKNOWN where there is none, or several
 * @see docs/okta/schema.md#user-types
 */
export async function findUserType(caller: OrgCaller, named: string): Promise<NamedUserType> {
  const request = listRequest(TYPES_ROUTE, "");
  const body = readBody(caller, request, await caller.ask(request));
  const types = (Array.isArray(body) ? body : [])
    .map(readType)
    .filter((type) => type !== undefined);
  const wanted = named.toLowerCase();
  const found =
    types.find(({ id }) => id === named) ?? types.find(({ name }) => name.toLowerCase() === wanted);
  const displayed = types.filter(({ displayName }) => displayName.toLowerCase() === wanted);
  const [type = found] = displayed.length === 1 && found === undefined ? displayed : [];
  if (type !== undefined) return { id: type.id, name: type.name, schemaId: type.schemaId };
  throw new ConfigError({
    code: "USER_TYPE_UNKNOWN",
    at: "type",
    message:
      displayed.length > 1
        ? `The org has ${displayed.length} user types that are displayed as ${quote(named)}.`
        : `The org has no user type ${quote(named)}. Its types are ${listNames(types.map(({ name }) => name))}.`,
    hint: "Write one of these names, or a type's id, under `type` in migration.yaml.",
  });
}

/**
 * The realm of an id or a name.
 *
 * @throws {ConfigError} REALM_UNKNOWN where there is none, or several
 * @see docs/okta/create-user.md#realms
 */
export async function findRealm(caller: OrgCaller, named: string): Promise<NamedRealm> {
  const byId = ID.test(named) ? await realmById(caller, named) : undefined;
  if (byId !== undefined) return byId;
  const quoted = named.replace(/["\\]/g, "\\$&");
  const search = encodeURIComponent(`profile.name eq "${quoted}"`);
  const realms = await listRealms(caller, `?search=${search}`);
  const same = realms.filter(({ name }) => name === named);
  const found = same.length > 0 ? same : realms.filter(({ name }) => isSameText(name, named));
  const [realm, second] = found;
  if (realm !== undefined && second === undefined) return realm;
  const known = realm === undefined ? await listRealms(caller, `?limit=${MOST_TOLD + 1}`) : [];
  throw new ConfigError({
    code: "REALM_UNKNOWN",
    at: "realm",
    message:
      realm === undefined
        ? `The org has no realm ${quote(named)}. Its realms are ${listNames(known.map(({ name }) => name))}.`
        : `The org has ${found.length} realms named ${quote(named)}.`,
    hint: "Write the name or the id of a realm under `realm` in migration.yaml.",
  });
}

async function realmById(caller: OrgCaller, id: string): Promise<NamedRealm | undefined> {
  const asked = await caller.ask({
    method: "GET",
    route: `${REALMS_ROUTE}/{id}`,
    path: `${REALMS_ROUTE}/${encodeURIComponent(id)}`,
    maxBodyBytes: LIST_BODY_BYTES,
  });
  return asked.kind === "accepted" ? readRealm(asked.answer.json()) : undefined;
}

async function listRealms(caller: OrgCaller, query: string): Promise<readonly NamedRealm[]> {
  const request = listRequest(REALMS_ROUTE, query);
  const asked = await caller.ask(request);
  // An org that can have none does not know the address.
  if (asked.kind === "absent") return [];
  const body = readBody(caller, request, asked);
  return (Array.isArray(body) ? body : []).map(readRealm).filter((realm) => realm !== undefined);
}

function listRequest(route: string, query: string): OrgRequest {
  return { method: "GET", route, path: route + query, maxBodyBytes: LIST_BODY_BYTES };
}

function readType(value: unknown): (NamedUserType & { readonly displayName: string }) | undefined {
  if (!isObject(value)) return undefined;
  const { id, name, displayName, _links: links } = value;
  const schema = isObject(links) ? links["schema"] : undefined;
  const href = isObject(schema) ? schema["href"] : undefined;
  const schemaId = typeof href === "string" ? href.slice(href.lastIndexOf("/") + 1) : "";
  if (!isId(id) || typeof name !== "string" || !isId(schemaId)) return undefined;
  return { id, name, schemaId, displayName: typeof displayName === "string" ? displayName : "" };
}

function readRealm(value: unknown): NamedRealm | undefined {
  if (!isObject(value)) return undefined;
  const { id, profile } = value;
  const name = isObject(profile) ? profile["name"] : undefined;
  return isId(id) && typeof name === "string" ? { id, name } : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === "string" && ID.test(value);
}

function isSameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function listNames(names: readonly string[]): string {
  if (names.length === 0) return "none that can be seen";
  const told = names.slice(0, MOST_TOLD).map(quote);
  return names.length > told.length ? `${told.join(", ")} and more` : told.join(", ");
}

function quote(name: string): string {
  return JSON.stringify(printable(name, 100));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
