import type { Org } from "../org/org.ts";
import { notFound } from "../org/org-refusal.ts";
import { renderGroup } from "../org/render-group.ts";
import { entityTag, renderUser } from "../org/render-user.ts";
import type { UserRecord } from "../org/user-record.ts";
import { type Answer, jsonAnswer, parameterOf, type RoutedCall } from "./call.ts";
import { omissionsOf } from "./okta-response.ts";
import { linkHeaders } from "./paging.ts";

/** `GET /api/v1/users/{idOrLogin}`: always up to date. @see docs/okta/lookup.md#by-login */
export function getUser(org: Org, call: RoutedCall): Answer {
  const user = userOf(org, call);
  const headers = ["ETag", entityTag(user)];
  return jsonAnswer(renderUser(org, user, call.origin, omissionsOf(call)), 200, headers);
}

/** The user that a path names. @throws {OrgRefusal} 404 when there is none */
export function userOf(org: Org, call: RoutedCall, index = 0): UserRecord {
  const idOrLogin = parameterOf(call, index);
  const user = org.users.byIdOrLogin(idOrLogin);
  if (user === undefined) throw notFound(idOrLogin, "User");
  return user;
}

/** `GET /api/v1/users/{id}/groups`. */
export function listGroupsOfUser(org: Org, call: RoutedCall): Answer {
  const user = userOf(org, call);
  const groups = [org.groups.everyone, ...user.groupIds.flatMap((id) => org.groups.byId(id) ?? [])];
  const rendered = groups.map((group) => renderGroup(org, group, call.origin));
  return jsonAnswer(`[${rendered.join()}]`, 200, linkHeaders(call, undefined));
}
