import type { GroupRecord } from "../org/group-store.ts";
import { meets } from "../org/match-expression.ts";
import type { Org } from "../org/org.ts";
import { renderGroup } from "../org/render-group.ts";
import { invalidSearch } from "../org/search-expression.ts";
import { isSortable, readGroupExpression, SearchableGroup } from "../org/searchable-group.ts";
import { type Answer, type Call, jsonAnswer, queryOf, type RoutedCall } from "./call.ts";
import { limitOf, linkHeaders, ordinalAfter, pageOf } from "./paging.ts";
import { sortedPage } from "./sorted-page.ts";

const MAX_PAGE = 10_000;
const DEFAULT_BY_NAME = 300;

type Keep = (group: GroupRecord) => boolean;

/** `GET /api/v1/groups`. @see docs/okta/groups.md#list */
export function listGroups(org: Org, call: RoutedCall): Answer {
  const query = queryOf(call);
  const q = query.get("q")?.toLowerCase();
  const search = query.get("search");
  const filter = query.get("filter");
  const isNamed: Keep = (group) => q === undefined || group.name.toLowerCase().startsWith(q);
  if (search !== null) return searchGroups(org, call, search);
  const fits: Keep = filter === null ? () => true : keeper(org, "filter", filter);
  const keep: Keep = (group) => isNamed(group) && fits(group);
  const limit = limitOf(query, q === undefined ? MAX_PAGE : DEFAULT_BY_NAME, MAX_PAGE);
  const page = pageOf(org.groups.from(ordinalAfter(query)), limit, keep);
  // What is found by the beginning of its name does not come in pages.
  const next = q === undefined ? page.next?.ordinal.toString(36) : undefined;
  return answerWith(org, call, page.items, next);
}

function searchGroups(org: Org, call: Call, text: string): Answer {
  const query = queryOf(call);
  const keep = keeper(org, "search", text);
  const limit = limitOf(query, MAX_PAGE, MAX_PAGE);
  const sortBy = query.get("sortBy");
  if (sortBy === null) {
    const page = pageOf(org.groups.from(ordinalAfter(query)), limit, keep);
    return answerWith(org, call, page.items, page.next?.ordinal.toString(36));
  }
  if (!isSortable(sortBy)) {
    throw invalidSearch(`sortBy: can't sort by ${sortBy}`, "Invalid search query.");
  }
  const page = sortedPage(org.groups.all().filter(keep), {
    attribute: sortBy,
    descending: query.get("sortOrder")?.toLowerCase() === "desc",
    after: query.get("after"),
    limit,
    subjectOf: (group) => new SearchableGroup(group),
  });
  return answerWith(org, call, page.items, page.cursor);
}

function keeper(org: Org, kind: "search" | "filter", text: string): Keep {
  const expression = readGroupExpression(org, kind, text);
  const how = { foldCase: kind === "search", instantOf: (iso: string) => org.instantOf(iso) };
  return (group) => meets(new SearchableGroup(group), expression, how);
}

function answerWith(
  org: Org,
  call: Call,
  groups: readonly GroupRecord[],
  next: string | undefined,
): Answer {
  const withStats = queryOf(call).get("expand")?.split(",").includes("stats") === true;
  const rendered = groups.map((group) => renderGroup(org, group, call.origin, withStats));
  return jsonAnswer(`[${rendered.join()}]`, 200, linkHeaders(call, next));
}
