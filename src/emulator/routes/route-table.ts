import { type Permission, permissionFor } from "../access/permission.ts";
import type { Org } from "../org/org.ts";
import { listGrants, listPrincipalLimits } from "./access-facts.ts";
import { getActingUser, listPermissions, listRolesOfApp, listRolesOfUser } from "./admin-roles.ts";
import { authorize } from "./authorize.ts";
import { listGroupApps } from "./automation.ts";
import type { Answer, RoutedCall } from "./call.ts";
import { createUser } from "./create-user.ts";
import { activate, authorizeDevice } from "./device.ts";
import {
  activateGroupRule,
  createGroupRule,
  deactivateGroupRule,
  deleteGroupRule,
  getGroupRule,
  listGroupRules,
  replaceGroupRule,
} from "./group-rules.ts";
import {
  addMember,
  createGroup,
  deleteGroup,
  getGroup,
  listMembers,
  removeMember,
  replaceGroup,
} from "./groups.ts";
import {
  activateHook,
  createHook,
  deactivateHook,
  deleteHook,
  executeHook,
  getHook,
  listHooks,
  patchHook,
  replaceHook,
} from "./inline-hooks.ts";
import { introspectToken, revokeToken } from "./issued-tokens.ts";
import { getKeys, getOAuthMetadata, getOpenIdMetadata } from "./oauth-metadata.ts";
import { getOrg, getWellKnown } from "./org-facts.ts";
import { listLogs } from "./list-logs.ts";
import { listGroups } from "./list-groups.ts";
import { listUsers } from "./list-users.ts";
import { getUser, listGroupsOfUser } from "./read-users.ts";
import { createRealm, getRealm, listRealms } from "./realms.ts";
import { changeSchema, getSchema } from "./schema.ts";
import { signIn } from "./sign-in.ts";
import { giveToken } from "./token.ts";
import { patchUser, replaceUser } from "./update-user.ts";
import { changeLifecycle, deleteUser } from "./user-lifecycle.ts";
import {
  createUserType,
  deleteUserType,
  getUserType,
  listUserTypes,
  patchUserType,
  replaceUserType,
} from "./user-types.ts";

/** One thing the org can do. */
export interface Route {
  /** Method and template. */
  readonly name: string;
  readonly method: string;
  /** Path with `{…}` where a value stands. */
  readonly template: string;
  /** Rate limit it draws on; undefined: none. @see docs/okta/rate-limits.md#windows */
  readonly bucket: string | undefined;
  /** What the caller's token must allow; undefined: anyone may call it, without a token. */
  readonly permission: Permission | undefined;
  /** What its body is written in. */
  readonly takes: "json" | "form";
  readonly answer: (org: Org, call: RoutedCall) => Answer | Promise<Answer>;
}

const USERS = "/api/v1/users";
const USER = "/api/v1/users/{id}";
const GROUPS = "/api/v1/groups";
const GROUP = "/api/v1/groups/{groupId}";
const RULES = "/api/v1/groups/rules";
const RULE = "/api/v1/groups/rules/{groupRuleId}";
const SCHEMA = "/api/v1/meta/schemas/user/{schemaId}";
const TYPES = "/api/v1/meta/types/user";
const TYPE = "/api/v1/meta/types/user/{typeId}";
const REALMS = "/api/v1/realms";
const HOOKS = "/api/v1/inlineHooks";

/** Rate limit buckets, after Okta's last published table. */
export const BUCKETS = {
  createUsers: "POST /api/v1/users",
  listUsers: "GET /api/v1/users",
  readUser: "GET /api/v1/users/{idOrLogin}",
  writeUser: "POST|PUT|DELETE /api/v1/users/{id}",
  groups: "/api/v1/groups",
  group: "/api/v1/groups/{groupId}",
  authn: "/api/v1/authn",
  other: "/api/v1",
  logs: "/api/v1/logs",
} as const;

/** Every route of the org. */
export const ROUTES: readonly Route[] = [
  route("POST", USERS, BUCKETS.createUsers, createUser),
  route("GET", USERS, BUCKETS.listUsers, listUsers),
  route("GET", `${USERS}/me`, BUCKETS.readUser, getActingUser),
  route("GET", USER, BUCKETS.readUser, getUser),
  route("POST", USER, BUCKETS.writeUser, patchUser),
  route("PUT", USER, BUCKETS.writeUser, replaceUser),
  route("DELETE", USER, BUCKETS.writeUser, deleteUser),
  route("POST", `${USER}/lifecycle/{operation}`, BUCKETS.other, changeLifecycle),
  route("GET", `${USERS}/{userId}/roles`, BUCKETS.other, listRolesOfUser),
  route("GET", `${USER}/groups`, BUCKETS.other, listGroupsOfUser),
  route("GET", GROUPS, BUCKETS.groups, listGroups),
  route("POST", GROUPS, BUCKETS.groups, createGroup),
  route("GET", GROUP, BUCKETS.group, getGroup),
  route("PUT", GROUP, BUCKETS.group, replaceGroup),
  route("DELETE", GROUP, BUCKETS.group, deleteGroup),
  route("GET", `${GROUP}/users`, BUCKETS.groups, listMembers),
  route("GET", `${GROUP}/apps`, BUCKETS.groups, listGroupApps),
  route("PUT", `${GROUP}/users/{userId}`, BUCKETS.groups, addMember),
  route("DELETE", `${GROUP}/users/{userId}`, BUCKETS.groups, removeMember),
  route("GET", SCHEMA, BUCKETS.other, getSchema),
  route("POST", SCHEMA, BUCKETS.other, changeSchema),
  route("GET", TYPES, BUCKETS.other, listUserTypes),
  route("POST", TYPES, BUCKETS.other, createUserType),
  route("GET", TYPE, BUCKETS.other, getUserType),
  route("POST", TYPE, BUCKETS.other, patchUserType),
  route("PUT", TYPE, BUCKETS.other, replaceUserType),
  route("DELETE", TYPE, BUCKETS.other, deleteUserType),
  route("GET", REALMS, BUCKETS.other, listRealms),
  route("POST", REALMS, BUCKETS.other, createRealm),
  route("GET", `${REALMS}/{realmId}`, BUCKETS.other, getRealm),
  route("GET", HOOKS, BUCKETS.other, listHooks),
  route("POST", HOOKS, BUCKETS.other, createHook),
  route("GET", `${HOOKS}/{id}`, BUCKETS.other, getHook),
  route("POST", `${HOOKS}/{id}`, BUCKETS.other, patchHook),
  route("PUT", `${HOOKS}/{id}`, BUCKETS.other, replaceHook),
  route("DELETE", `${HOOKS}/{id}`, BUCKETS.other, deleteHook),
  route("POST", `${HOOKS}/{id}/execute`, BUCKETS.other, executeHook),
  route("POST", `${HOOKS}/{id}/lifecycle/activate`, BUCKETS.other, activateHook),
  route("POST", `${HOOKS}/{id}/lifecycle/deactivate`, BUCKETS.other, deactivateHook),
  route("GET", "/api/v1/logs", BUCKETS.logs, listLogs),
  route("GET", "/api/v1/org", BUCKETS.other, getOrg),
  route("GET", RULES, BUCKETS.groups, listGroupRules),
  route("POST", RULES, BUCKETS.groups, createGroupRule),
  route("GET", RULE, BUCKETS.groups, getGroupRule),
  route("PUT", RULE, BUCKETS.groups, replaceGroupRule),
  route("DELETE", RULE, BUCKETS.groups, deleteGroupRule),
  route("POST", `${RULE}/lifecycle/activate`, BUCKETS.groups, activateGroupRule),
  route("POST", `${RULE}/lifecycle/deactivate`, BUCKETS.groups, deactivateGroupRule),
  route("GET", "/api/v1/apps/{appId}/grants", BUCKETS.other, listGrants),
  route("GET", "/api/v1/principal-rate-limits", BUCKETS.other, listPrincipalLimits),
  route("GET", "/oauth2/v1/clients/{clientId}/roles", undefined, listRolesOfApp),
  route("GET", "/api/v1/iam/roles/{roleIdOrLabel}/permissions", BUCKETS.other, listPermissions),
  openRoute("GET", "/.well-known/okta-organization", undefined, getWellKnown),
  openRoute("POST", "/api/v1/authn", BUCKETS.authn, signIn),
  openRoute("GET", "/.well-known/openid-configuration", undefined, getOpenIdMetadata),
  openRoute("GET", "/.well-known/oauth-authorization-server", undefined, getOAuthMetadata),
  openRoute("GET", "/oauth2/v1/keys", undefined, getKeys),
  openRoute("GET", "/oauth2/v1/authorize", undefined, authorize),
  openRoute("GET", "/activate", undefined, activate),
  formRoute("/oauth2/v1/token", giveToken),
  formRoute("/oauth2/v1/device/authorize", authorizeDevice),
  formRoute("/oauth2/v1/revoke", revokeToken),
  formRoute("/oauth2/v1/introspect", introspectToken),
];

function route(
  method: string,
  template: string,
  bucket: string | undefined,
  answer: Route["answer"],
): Route {
  const permission = permissionFor(method, template);
  return { ...openRoute(method, template, bucket, answer), permission };
}

function openRoute(
  method: string,
  template: string,
  bucket: string | undefined,
  answer: Route["answer"],
): Route {
  const name = `${method} ${template}`;
  return { name, method, template, bucket, permission: undefined, takes: "json", answer };
}

function formRoute(template: string, answer: Route["answer"]): Route {
  return { ...openRoute("POST", template, undefined, answer), takes: "form" };
}
