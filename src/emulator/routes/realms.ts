import { isRecord } from "../org/json.ts";
import { meets } from "../org/match-expression.ts";
import type { Org } from "../org/org.ts";
import { alreadyExists, malformedBody, notFound, validationFailed } from "../org/org-refusal.ts";
import { foreignAttribute, type Realm } from "../org/realms.ts";
import { conditionsOf, invalidSearch, parseExpression } from "../org/search-expression.ts";
import { type Answer, bodyOf, jsonAnswer, parameterOf, queryOf, type RoutedCall } from "./call.ts";
import { limitOf, linkHeaders, ordinalAfter, pageOf } from "./paging.ts";

const MAX_PAGE = 200;
const DEFAULT_FOUND = 10;
const NO_DOMAIN = /[!$%^&()=*+,:;<>'[\]|/?\\\s]/;

/** `GET /api/v1/realms`. @see docs/okta/create-user.md#realms */
export function listRealms(org: Org, call: RoutedCall): Answer {
  const query = queryOf(call);
  const search = query.get("search");
  const from = org.realms.all().slice(ordinalAfter(query));
  const limit = limitOf(query, search === null ? MAX_PAGE : DEFAULT_FOUND, MAX_PAGE);
  const page = pageOf(from, limit, search === null ? () => true : named(search));
  const body = JSON.stringify(page.items.map((realm) => shown(org, realm, call.origin)));
  return jsonAnswer(body, 200, linkHeaders(call, page.next?.ordinal.toString(36)));
}

/** `POST /api/v1/realms`. */
export function createRealm(org: Org, call: RoutedCall): Answer {
  const { profile } = bodyOf(call);
  if (!isRecord(profile)) throw malformedBody();
  const { name, realmType = "DEFAULT", domains = [] } = profile;
  if (typeof name !== "string" || name === "") {
    throw validationFailed("name", "name: The field cannot be left blank");
  }
  if (realmType !== "DEFAULT" && realmType !== "PARTNER") throw malformedBody();
  if (!Array.isArray(domains) || !domains.every((domain) => typeof domain === "string")) {
    throw malformedBody();
  }
  const wrong = domains.find((domain) => domain === "" || NO_DOMAIN.test(domain));
  if (wrong !== undefined) throw validationFailed("domains", `domains: ${wrong} is no domain`);
  if (org.realms.all().some((realm) => realm.name === name)) throw alreadyExists("name");
  const parts = {
    name,
    realmType,
    domains: domains.map((domain) => domain.toLowerCase()),
  } as const;
  return jsonAnswer(JSON.stringify(shown(org, org.realms.add(parts, org.now()), call.origin)));
}

/** `GET /api/v1/realms/{realmId}`. */
export function getRealm(org: Org, call: RoutedCall): Answer {
  const realm = realmOf(org, parameterOf(call, 0));
  return jsonAnswer(JSON.stringify(shown(org, realm, call.origin)));
}

/** The realm that a user's `realmId` names; undefined without one. @throws {OrgRefusal} 404 when there is none */
export function readRealm(org: Org, realmId: unknown): Realm | undefined {
  if (realmId === undefined || realmId === null) return undefined;
  if (typeof realmId !== "string") throw malformedBody();
  return realmOf(org, realmId);
}

/** @throws {OrgRefusal} 400 where a user's login or address is not of its realm's domains */
export function checkRealm(
  realm: Realm | undefined,
  profile: Readonly<Record<string, unknown>>,
): void {
  const name = realm === undefined ? undefined : foreignAttribute(realm, profile);
  if (name !== undefined) {
    throw validationFailed(name, `${name}: The domain is not allowed in the realm`);
  }
}

function realmOf(org: Org, id: string): Realm {
  const realm = org.realms.byId(id);
  if (realm === undefined) throw notFound(id, "Realm");
  return realm;
}

function named(search: string): (realm: Realm) => boolean {
  const expression = parseExpression(search);
  for (const { attribute } of conditionsOf(expression)) {
    if (attribute === "profile.name") continue;
    throw invalidSearch(`${attribute}: there is profile.name`, "Invalid search query.");
  }
  const how = { foldCase: true, instantOf: () => Number.NaN };
  return ({ name }) => meets({ instantOf: () => undefined, valueOf: () => name }, expression, how);
}

function shown(org: Org, realm: Realm, origin: string): object {
  const { id, name, realmType, domains, createdAt } = realm;
  const created = org.isoOf(createdAt);
  return {
    id,
    created,
    lastUpdated: created,
    isDefault: realm === org.realms.default,
    profile: { name, realmType, ...(domains.length > 0 ? { domains } : {}) },
    _links: { self: { rel: "self", href: `${origin}/api/v1/realms/${id}`, method: "GET" } },
  };
}
