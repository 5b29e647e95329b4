import { meets, parseExpression, type Condition } from "../org/match-expression.ts";
import type { Org } from "../org/org.ts";
import { notFound, OrgRefusal } from "../org/org-refusal.ts";
import { renderGroup } from "../org/render-group.ts";
import { entityTag, renderListedUser, renderUser } from "../org/render-user.ts";
import { profileOf, type UserRecord } from "../org/user-record.ts";
import {
  type Answer,
  type Call,
  jsonAnswer,
  parameterOf,
  queryOf,
  type RoutedCall,
} from "./call.ts";
import { limitOf, linkHeaders, ordinalAfter, pageOf } from "./paging.ts";

const MAX_PAGE = 200;
const DEFAULT_BY_NAME = 10;

/** `GET /api/v1/users/{idOrLogin}`: always up to date. @see docs/okta/lookup.md#by-login */
export function getUser(org: Org, call: RoutedCall): Answer {
  const user = userOf(org, call);
  const headers = ["ETag", entityTag(user)];
  return jsonAnswer(renderUser(org, user, call.origin), 200, headers);
}

/** The user that a path names. @throws {OrgRefusal} 404 when there is none */
export function userOf(org: Org, call: RoutedCall, index = 0): UserRecord {
  const idOrLogin = parameterOf(call, index);
  const user = org.users.byIdOrLogin(idOrLogin);
  if (user === undefined) throw notFound(idOrLogin, "User");
  return user;
}

/** `GET /api/v1/users`. @see docs/okta/lookup.md#search-lag */
export function listUsers(org: Org, call: RoutedCall): Answer {
  const query = queryOf(call);
  const search = query.get("search");
  const filter = query.get("filter");
  const q = query.get("q");
  if (search !== null && filter !== null) {
    throw new OrgRefusal(
      400,
      "E0000033",
      "Can't specify a search query and filter in the same request.",
    );
  }
  if (query.has("sortBy") || query.has("fields")) {
    throw new OrgRefusal(400, "E0000031", "Invalid search criteria.", [
      "The emulator imitates neither sortBy nor fields",
    ]);
  }
  if (search !== null) return listMatching(org, call, "search");
  if (filter !== null) return listMatching(org, call, "filter");
  if (q !== null) return listNamed(org, call, q.toLowerCase());
  return listPage(org, call, (user) => user.status !== "DEPROVISIONED");
}

function listMatching(org: Org, call: Call, kind: "search" | "filter"): Answer {
  const conditions = parseExpression(queryOf(call).get(kind) ?? "");
  const isSearch = kind === "search";
  const visibleBefore = isSearch ? org.now() - org.manners.searchLagMs : Number.POSITIVE_INFINITY;
  const keep = (user: UserRecord): boolean =>
    user.createdAt <= visibleBefore && meets(org, user, conditions, isSearch);
  const only = directly(org, conditions);
  if (only === undefined) return listPage(org, call, keep);
  const found = only.user !== undefined && keep(only.user) ? [only.user] : [];
  return renderPage(org, call, { items: found, next: undefined });
}

/** The one user that can meet the conditions, where they name an id or a login: spares the scan. */
function directly(
  org: Org,
  conditions: readonly Condition[],
): { readonly user: UserRecord | undefined } | undefined {
  for (const { attribute, operator, value } of conditions) {
    if (operator !== "eq") continue;
    if (attribute === "id") return { user: org.users.byId(value) };
    if (attribute === "profile.login") return { user: org.users.byLogin(value) };
  }
  return undefined;
}

function listNamed(org: Org, call: Call, start: string): Answer {
  const limit = limitOf(queryOf(call), DEFAULT_BY_NAME, MAX_PAGE);
  const keep = (user: UserRecord): boolean => {
    if (user.status === "DEPROVISIONED") return false;
    const { firstName, lastName, email } = profileOf(user);
    return [firstName, lastName, email].some(
      (value) => typeof value === "string" && value.toLowerCase().startsWith(start),
    );
  };
  const { items } = pageOf(org.users.from(0), limit, keep);
  return renderPage(org, call, { items, next: undefined });
}

function listPage(org: Org, call: Call, keep: (user: UserRecord) => boolean): Answer {
  const query = queryOf(call);
  const users = org.users.from(ordinalAfter(query));
  return renderPage(org, call, pageOf(users, limitOf(query, MAX_PAGE, MAX_PAGE), keep));
}

/** An answer with a page of users. */
export function renderPage(
  org: Org,
  call: Call,
  page: { readonly items: readonly UserRecord[]; readonly next: UserRecord | undefined },
): Answer {
  const rendered = page.items.map((user) => renderListedUser(org, user, call.origin));
  return jsonAnswer(`[${rendered.join()}]`, 200, linkHeaders(call, page.next?.ordinal));
}

/** `GET /api/v1/users/{id}/groups`. */
export function listGroupsOfUser(org: Org, call: RoutedCall): Answer {
  const user = userOf(org, call);
  const groups = [org.groups.everyone, ...user.groupIds.flatMap((id) => org.groups.byId(id) ?? [])];
  const rendered = groups.map((group) => renderGroup(org, group, call.origin));
  return jsonAnswer(`[${rendered.join()}]`, 200, linkHeaders(call, undefined));
}
