import { noteEvents } from "../log/note-events.ts";
import type { GroupRecord } from "../org/group-store.ts";
import { isRecord } from "../org/json.ts";
import { parseExpression } from "../org/match-expression.ts";
import type { Org } from "../org/org.ts";
import {
  alreadyExists,
  malformedBody,
  notFound,
  OrgRefusal,
  validationFailed,
} from "../org/org-refusal.ts";
import type { UserRecord } from "../org/user-record.ts";
import {
  type Answer,
  bodyOf,
  EMPTY_ANSWER,
  jsonAnswer,
  parameterOf,
  queryOf,
  type RoutedCall,
} from "./call.ts";
import { renderGroup } from "../org/render-group.ts";
import { limitOf, linkHeaders, ordinalAfter, pageOf } from "./paging.ts";
import { renderPage, userOf } from "./read-users.ts";

const MAX_GROUP_PAGE = 10_000;
const MAX_MEMBER_PAGE = 1000;
const MAX_NAME = 255;

/** `POST /api/v1/groups`. @see docs/okta/groups.md#create */
export function createGroup(org: Org, call: RoutedCall): Answer {
  const { profile } = bodyOf(call);
  if (!isRecord(profile)) throw malformedBody();
  const { name, description } = profile;
  if (typeof name !== "string" || name === "") {
    throw validationFailed("name", "name: The field cannot be left blank");
  }
  if (name.length > MAX_NAME) {
    throw validationFailed("name", `name: The field is longer than ${MAX_NAME} characters`);
  }
  if (org.groups.byName(name) !== undefined) throw alreadyExists("name");
  const text = typeof description === "string" ? description : undefined;
  return jsonAnswer(renderGroup(org, org.groups.add(name, text, org.now()), call.origin));
}

/** `GET /api/v1/groups`. */
export function listGroups(org: Org, call: RoutedCall): Answer {
  const query = queryOf(call);
  const q = query.get("q")?.toLowerCase();
  const expression = query.get("search") ?? query.get("filter");
  const conditions = expression === null ? [] : parseExpression(expression);
  const keep = (group: GroupRecord): boolean =>
    (q === undefined || group.name.toLowerCase().startsWith(q)) &&
    conditions.every(({ attribute, operator, value }) => {
      const found = attributeOf(group, attribute).toLowerCase();
      const wanted = value.toLowerCase();
      if (operator === "eq") return found === wanted;
      if (operator === "sw") return found.startsWith(wanted);
      throw new OrgRefusal(400, "E0000031", "Invalid search criteria.");
    });
  const from = org.groups.all().slice(ordinalAfter(query));
  const page = pageOf(from, limitOf(query, MAX_GROUP_PAGE, MAX_GROUP_PAGE), keep);
  const rendered = page.items.map((group) => renderGroup(org, group, call.origin));
  return jsonAnswer(`[${rendered.join()}]`, 200, linkHeaders(call, page.next?.ordinal));
}

/** `GET /api/v1/groups/{groupId}`. */
export function getGroup(org: Org, call: RoutedCall): Answer {
  return jsonAnswer(renderGroup(org, groupOf(org, call), call.origin));
}

/** `PUT /api/v1/groups/{groupId}/users/{userId}`: the same again changes nothing. */
export function addMember(org: Org, call: RoutedCall): Answer {
  const group = changeableGroupOf(org, call);
  const user = userOf(org, call, 1);
  if (!group.members.has(user.ordinal)) {
    group.members.add(user.ordinal);
    group.membersChangedAt = org.now();
    user.groupIds = org.groups.shared([...user.groupIds, group.id]);
    noteEvents(org, call, { type: "group.user_membership.add", user, group });
  }
  return EMPTY_ANSWER;
}

/** `DELETE /api/v1/groups/{groupId}/users/{userId}`. */
export function removeMember(org: Org, call: RoutedCall): Answer {
  const group = changeableGroupOf(org, call);
  const user = userOf(org, call, 1);
  if (group.members.delete(user.ordinal)) {
    group.membersChangedAt = org.now();
    user.groupIds = org.groups.shared(user.groupIds.filter((id) => id !== group.id));
    noteEvents(org, call, { type: "group.user_membership.remove", user, group });
  }
  return EMPTY_ANSWER;
}

/** `GET /api/v1/groups/{groupId}/users`. */
export function listMembers(org: Org, call: RoutedCall): Answer {
  const group = groupOf(org, call);
  const query = queryOf(call);
  const isMember = (user: UserRecord): boolean =>
    group.type === "BUILT_IN" ? user.status !== "DEPROVISIONED" : group.members.has(user.ordinal);
  const users = org.users.from(ordinalAfter(query));
  const page = pageOf(users, limitOf(query, MAX_MEMBER_PAGE, MAX_MEMBER_PAGE), isMember);
  return renderPage(org, call, page);
}

/** The group that a path names. */
export function groupOf(org: Org, call: RoutedCall): GroupRecord {
  const id = parameterOf(call, 0);
  const group = org.groups.byId(id);
  if (group === undefined) throw notFound(id, "UserGroup");
  return group;
}

function changeableGroupOf(org: Org, call: RoutedCall): GroupRecord {
  const group = groupOf(org, call);
  if (group.type === "OKTA_GROUP") return group;
  const summary = "You do not have permission to perform the requested action";
  throw new OrgRefusal(403, "E0000006", summary);
}

function attributeOf(group: GroupRecord, attribute: string): string {
  switch (attribute) {
    case "id":
      return group.id;
    case "type":
      return group.type;
    case "profile.name":
      return group.name;
    case "profile.description":
      return group.description ?? "";
    default:
      throw new OrgRefusal(400, "E0000031", "Invalid search criteria.");
  }
}
