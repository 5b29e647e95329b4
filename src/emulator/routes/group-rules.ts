import { noteEvents } from "../log/note-events.ts";
import { applyRule, withdraw } from "../org/apply-group-rules.ts";
import type { GroupRule, RuleParts } from "../org/group-rules.ts";
import { isRecord, type JsonObject } from "../org/json.ts";
import type { Org } from "../org/org.ts";
import { malformedBody, notFound, validationFailed, wrongStatus } from "../org/org-refusal.ts";
import {
  type Answer,
  bodyOf,
  EMPTY_ANSWER,
  flagOf,
  jsonAnswer,
  parameterOf,
  queryOf,
  type RoutedCall,
} from "./call.ts";
import { limitOf, linkHeaders, ordinalAfter, pageOf } from "./paging.ts";

const DEFAULT_PAGE = 50;
const MAX_PAGE = 200;
const MAX_NAME = 50;
const MOST = 100;
const LANGUAGE = "urn:okta:expression:1.0";

/** `GET /api/v1/groups/rules`. @see docs/okta/groups.md#rules */
export function listGroupRules(org: Org, call: RoutedCall): Answer {
  const query = queryOf(call);
  const from = ordinalAfter(query);
  const word = query.get("search")?.toLowerCase() ?? "";
  const rules = org.rules.all().filter(({ ordinal }) => ordinal >= from);
  const page = pageOf(rules, limitOf(query, DEFAULT_PAGE, MAX_PAGE), ({ name }) =>
    name.toLowerCase().includes(word),
  );
  const body = JSON.stringify(page.items.map((rule) => shown(org, rule, call)));
  return jsonAnswer(body, 200, linkHeaders(call, page.next?.ordinal.toString(36)));
}

/** `POST /api/v1/groups/rules`: inactive at first. */
export function createGroupRule(org: Org, call: RoutedCall): Answer {
  const body = bodyOf(call);
  const groupIds = readGroups(org, body["actions"]);
  const rule = org.rules.add({ ...readRule(body), groupIds }, org.now());
  return jsonAnswer(JSON.stringify(shown(org, rule, call)));
}

/** `GET /api/v1/groups/rules/{groupRuleId}`. */
export function getGroupRule(org: Org, call: RoutedCall): Answer {
  return jsonAnswer(JSON.stringify(shown(org, ruleOf(org, call), call)));
}

/** `PUT /api/v1/groups/rules/{groupRuleId}`, of an inactive one; its groups stay what they are. */
export function replaceGroupRule(org: Org, call: RoutedCall): Answer {
  const rule = ruleOf(org, call);
  if (rule.status !== "INACTIVE") throw wrongStatus();
  org.rules.change(rule, readRule(bodyOf(call)));
  rule.lastUpdatedAt = org.now();
  return jsonAnswer(JSON.stringify(shown(org, rule, call)));
}

/** `DELETE /api/v1/groups/rules/{groupRuleId}`: those whom it put into groups stay, unless `removeUsers`. */
export function deleteGroupRule(org: Org, call: RoutedCall): Answer {
  const rule = ruleOf(org, call);
  const removesUsers = flagOf(queryOf(call), "removeUsers", false);
  org.rules.delete(rule);
  for (const ordinal of removesUsers ? rule.assigned : []) {
    const user = org.users.at(ordinal);
    if (user !== undefined) noteEvents(org, call, ...withdraw(org, rule, user));
  }
  return { ...EMPTY_ANSWER, status: 202 };
}

/** `POST /api/v1/groups/rules/{groupRuleId}/lifecycle/activate`: at work at once, on all users. */
export function activateGroupRule(org: Org, call: RoutedCall): Answer {
  const rule = ruleOf(org, call);
  if (rule.status === "INVALID") throw wrongStatus();
  org.rules.turn(rule, "ACTIVE");
  rule.lastUpdatedAt = org.now();
  for (const user of org.users.from(0)) noteEvents(org, call, ...applyRule(org, rule, user));
  return EMPTY_ANSWER;
}

/** `POST /api/v1/groups/rules/{groupRuleId}/lifecycle/deactivate`: those in the groups stay there. */
export function deactivateGroupRule(org: Org, call: RoutedCall): Answer {
  const rule = ruleOf(org, call);
  if (rule.status === "INVALID") throw wrongStatus();
  org.rules.turn(rule, "INACTIVE");
  rule.lastUpdatedAt = org.now();
  return EMPTY_ANSWER;
}

function ruleOf(org: Org, call: RoutedCall): GroupRule {
  const id = parameterOf(call, 0);
  const rule = org.rules.byId(id);
  if (rule === undefined) throw notFound(id, "GroupRule");
  return rule;
}

function readRule({ type, name, conditions }: JsonObject): Omit<RuleParts, "groupIds"> {
  if (type !== "group_rule") throw malformedBody();
  if (typeof name !== "string" || name === "" || name.length > MAX_NAME) {
    throw validationFailed("name", `name: Must have 1 to ${MAX_NAME} characters`);
  }
  const expression = isRecord(conditions) ? conditions["expression"] : undefined;
  const value = isRecord(expression) ? expression["value"] : undefined;
  if (!isRecord(expression) || expression["type"] !== LANGUAGE || typeof value !== "string") {
    throw validationFailed("conditions", `conditions: An expression of type ${LANGUAGE} is needed`);
  }
  const people = isRecord(conditions) ? conditions["people"] : undefined;
  const users = isRecord(people) ? people["users"] : undefined;
  const exclude = isRecord(users) ? users["exclude"] : undefined;
  return { name, expression: value, excluded: readIds(exclude ?? [], "exclude") };
}

function readGroups(org: Org, actions: unknown): readonly string[] {
  const assignment = isRecord(actions) ? actions["assignUserToGroups"] : undefined;
  const ids = readIds(isRecord(assignment) ? assignment["groupIds"] : undefined, "groupIds");
  if (ids.length === 0) throw validationFailed("groupIds", "groupIds: A group is needed");
  for (const id of ids) {
    if (org.groups.byId(id)?.type === "OKTA_GROUP") continue;
    throw validationFailed("groupIds", `groupIds: ${id} is no group of type OKTA_GROUP`);
  }
  return ids;
}

function readIds(given: unknown, about: string): readonly string[] {
  const ids: readonly unknown[] = Array.isArray(given) ? given : [undefined];
  if (!ids.every((id) => typeof id === "string")) throw malformedBody();
  if (ids.length > MOST) throw validationFailed(about, `${about}: No more than ${MOST}`);
  return [...new Set(ids)];
}

function shown(org: Org, rule: GroupRule, call: RoutedCall): object {
  const { name, status, id, expression, excluded, groupIds } = rule;
  const names = groupIds.map((groupId) => [groupId, org.groups.byId(groupId)?.name ?? ""] as const);
  const isExpanded = queryOf(call).get("expand") === "groupIdToGroupNameMap";
  return {
    type: "group_rule",
    id,
    status,
    name,
    created: org.isoOf(rule.createdAt),
    lastUpdated: org.isoOf(rule.lastUpdatedAt),
    conditions: {
      people: { users: { exclude: excluded }, groups: { exclude: [] } },
      expression: { value: expression, type: LANGUAGE },
    },
    actions: { assignUserToGroups: { groupIds } },
    ...(isExpanded ? { _embedded: { groupIdToGroupNameMap: Object.fromEntries(names) } } : {}),
  };
}
