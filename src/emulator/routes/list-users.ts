import { type Comparison, meets } from "../org/match-expression.ts";
import type { Org } from "../org/org.ts";
import { OrgRefusal } from "../org/org-refusal.ts";
import { renderListedUser } from "../org/render-user.ts";
import { type Expression, invalidSearch } from "../org/search-expression.ts";
import { isSearchable, readUserExpression, SearchableUser } from "../org/searchable-user.ts";
import { profileOf, type UserRecord } from "../org/user-record.ts";
import { type Answer, type Call, jsonAnswer, queryOf, type RoutedCall } from "./call.ts";
import { omissionsOf } from "./okta-response.ts";
import { limitOf, linkHeaders, ordinalAfter, type Page, pageOf } from "./paging.ts";
import { project, readProjection } from "./projection.ts";
import { sortedPage } from "./sorted-page.ts";

const MAX_PAGE = 200;
const DEFAULT_BY_NAME = 10;

/** `GET /api/v1/users`. @see docs/okta/lookup.md#expressions */
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
  if (search !== null) return searchUsers(org, call, search);
  if (filter !== null) return filterUsers(org, call, filter);
  if (q !== null) return listNamed(org, call, q.toLowerCase());
  const users = org.users.from(ordinalAfter(query));
  return listPage(org, call, { users, keep: (user) => user.status !== "DEPROVISIONED" });
}

/** An answer with a page of users. @param next what the cursor of the page after it is */
export function renderPage(
  org: Org,
  call: Call,
  page: Page<UserRecord>,
  next = page.next?.ordinal.toString(36),
): Answer {
  const omitted = omissionsOf(call);
  const fields = queryOf(call).get("fields");
  const rendered = page.items.map((user) => renderListedUser(org, user, call.origin, omitted));
  const projection = fields === null ? undefined : readProjection(fields);
  const shown =
    projection === undefined ? rendered : rendered.map((user) => project(user, projection));
  return jsonAnswer(`[${shown.join()}]`, 200, linkHeaders(call, next));
}

/** Search sees users as they were some time ago. @see docs/okta/lookup.md#search-lag */
function searchUsers(org: Org, call: Call, text: string): Answer {
  const expression = readUserExpression(org, "search", text);
  const query = queryOf(call);
  const sortBy = query.get("sortBy");
  if (sortBy !== null && !isSearchable(sortBy)) {
    throw invalidSearch(`sortBy: can't sort by ${sortBy}`, "Invalid search query.");
  }
  const keep = keeper(org, expression, true);
  const candidates = candidatesFor(org, expression);
  if (sortBy === null) {
    const from = ordinalAfter(query);
    return listPage(org, call, { users: seenUsers(org, from, candidates), keep });
  }
  const page = sortedPage(filtered(seenUsers(org, 0, candidates), keep), {
    attribute: sortBy,
    descending: query.get("sortOrder")?.toLowerCase() === "desc",
    after: query.get("after"),
    limit: limitOf(query, MAX_PAGE, MAX_PAGE),
    subjectOf: (user) => new SearchableUser(org, user),
  });
  return renderPage(org, call, page, page.cursor);
}

function filterUsers(org: Org, call: Call, text: string): Answer {
  const expression = readUserExpression(org, "filter", text);
  const from = ordinalAfter(queryOf(call));
  const candidates = candidatesFor(org, expression)?.filter((ordinal) => ordinal >= from);
  const users = candidates?.flatMap((ordinal) => org.users.at(ordinal) ?? []);
  const keep = keeper(org, expression, false);
  return listPage(org, call, { users: users ?? org.users.from(from), keep });
}

function keeper(
  org: Org,
  expression: Expression,
  foldCase: boolean,
): (user: UserRecord) => boolean {
  const how: Comparison = { foldCase, instantOf: (iso) => org.instantOf(iso) };
  return (user) => meets(new SearchableUser(org, user), expression, how);
}

/**
 * Ordinals of the only users that can meet an expression, in order, where it names an id or a login:
 * spares the walk through all. What search sees late may have had the login, too.
 */
function candidatesFor(org: Org, expression: Expression): readonly number[] | undefined {
  const terms =
    "joint" in expression && expression.joint === "and" ? expression.terms : [expression];
  for (const term of terms) {
    if (!("attribute" in term) || term.operator !== "eq") continue;
    const { attribute, value } = term;
    if (attribute !== "id" && attribute !== "profile.login") continue;
    const named = attribute === "id" ? org.users.byId(`${value}`) : org.users.byLogin(`${value}`);
    const ordinals = new Set(org.past.ordinals());
    if (named !== undefined) ordinals.add(named.ordinal);
    return [...ordinals].toSorted((left, right) => left - right);
  }
  return undefined;
}

/** Users from a place on, as search sees them. */
function* seenUsers(
  org: Org,
  from: number,
  candidates: readonly number[] | undefined,
): IterableIterator<UserRecord> {
  const { searchLagMs } = org.manners;
  if (searchLagMs <= 0 && candidates === undefined) {
    yield* org.users.from(from);
    return;
  }
  const seenAt = searchLagMs > 0 ? org.now() - searchLagMs : Number.POSITIVE_INFINITY;
  for (const ordinal of candidates ?? ordinalsFrom(from, org.users.nextOrdinal)) {
    if (ordinal < from) continue;
    const user = org.past.at(seenAt, ordinal, org.users.at(ordinal));
    if (user !== undefined) yield user;
  }
}

function* ordinalsFrom(from: number, end: number): IterableIterator<number> {
  for (let ordinal = from; ordinal < end; ordinal += 1) yield ordinal;
}

function* filtered<T>(items: Iterable<T>, keep: (item: T) => boolean): IterableIterator<T> {
  for (const item of items) if (keep(item)) yield item;
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

function listPage(
  org: Org,
  call: Call,
  list: { readonly users: Iterable<UserRecord>; readonly keep: (user: UserRecord) => boolean },
): Answer {
  const limit = limitOf(queryOf(call), MAX_PAGE, MAX_PAGE);
  return renderPage(org, call, pageOf(list.users, limit, list.keep));
}
