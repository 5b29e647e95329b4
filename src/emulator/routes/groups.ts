import { noteEvents } from "../log/note-events.ts";
import { exceptFromRules } from "../org/apply-group-rules.ts";
import type { GroupRecord } from "../org/group-store.ts";
import { isRecord } from "../org/json.ts";
import { joinGroup, leaveGroup, removeGroup } from "../org/memberships.ts";
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
import { renderPage } from "./list-users.ts";
import { limitOf, ordinalAfter, pageOf } from "./paging.ts";
import { userOf } from "./read-users.ts";

const MAX_MEMBER_PAGE = 1000;
/** Characters. @see docs/okta/groups.md#create */
export const MAX_GROUP_NAME = 255;

/** `POST /api/v1/groups`. @see docs/okta/groups.md#create */
export function createGroup(org: Org, call: RoutedCall): Answer {
  const { name, description } = readProfile(org, call, undefined);
  return jsonAnswer(renderGroup(org, org.groups.add(name, description, org.now()), call.origin));
}

/** `PUT /api/v1/groups/{groupId}`: the profile as a whole. @see docs/okta/groups.md#change */
export function replaceGroup(org: Org, call: RoutedCall): Answer {
  const group = changeableGroupOf(org, call);
  const { name, description } = readProfile(org, call, group);
  org.groups.rename(group, name, description);
  group.lastUpdatedAt = org.now();
  return jsonAnswer(renderGroup(org, group, call.origin));
}

/** `DELETE /api/v1/groups/{groupId}`. */
export function deleteGroup(org: Org, call: RoutedCall): Answer {
  removeGroup(org, changeableGroupOf(org, call));
  return EMPTY_ANSWER;
}

function readProfile(
  org: Org,
  call: RoutedCall,
  own: GroupRecord | undefined,
): Pick<GroupRecord, "name" | "description"> {
  const { profile } = bodyOf(call);
  if (!isRecord(profile)) throw malformedBody();
  const { name, description } = profile;
  if (typeof name !== "string" || name === "") {
    throw validationFailed("name", "name: The field cannot be left blank");
  }
  if (name.length > MAX_GROUP_NAME) {
    throw validationFailed("name", `name: The field is longer than ${MAX_GROUP_NAME} characters`);
  }
  const namesake = org.groups.byName(name);
  if (namesake !== undefined && namesake !== own) throw alreadyExists("name");
  return { name, description: typeof description === "string" ? description : undefined };
}

/** `GET /api/v1/groups/{groupId}`. */
export function getGroup(org: Org, call: RoutedCall): Answer {
  return jsonAnswer(renderGroup(org, groupOf(org, call), call.origin));
}

/** `PUT /api/v1/groups/{groupId}/users/{userId}`: the same again changes nothing. */
export function addMember(org: Org, call: RoutedCall): Answer {
  const group = changeableGroupOf(org, call);
  const user = userOf(org, call, 1);
  if (joinGroup(org, user, group)) {
    noteEvents(org, call, { type: "group.user_membership.add", user, group });
  }
  return EMPTY_ANSWER;
}

/** `DELETE /api/v1/groups/{groupId}/users/{userId}`: rules do not put it back. */
export function removeMember(org: Org, call: RoutedCall): Answer {
  const group = changeableGroupOf(org, call);
  const user = userOf(org, call, 1);
  if (leaveGroup(org, user, group)) {
    exceptFromRules(org, user, group.id);
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
