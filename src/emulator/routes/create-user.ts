import { noteEvents } from "../log/note-events.ts";
import type { Happening } from "../log/system-log.ts";
import { isRecord } from "../org/json.ts";
import type { GroupRecord } from "../org/group-store.ts";
import { loginKey } from "../org/login-key.ts";
import type { Org } from "../org/org.ts";
import { alreadyExists, malformedBody, notFound, OrgRefusal } from "../org/org-refusal.ts";
import { readCredentials, type StoredCredentials } from "../org/read-credentials.ts";
import { renderUser } from "../org/render-user.ts";
import { sendMail } from "../org/send-mail.ts";
import { claimUniqueValues, findTakenValue } from "../org/unique-values.ts";
import { UserRecord, type UserStatus } from "../org/user-record.ts";
import { validateProfile } from "../org/validate-profile.ts";
import { type Answer, bodyOf, flagOf, jsonAnswer, queryOf, type RoutedCall } from "./call.ts";
import { followRules } from "./follow-rules.ts";
import { checkRealm, readRealm } from "./realms.ts";
import { readType } from "./user-types.ts";

const MAX_GROUPS = 20;
const NO_GROUPS: readonly string[] = [];

/** `POST /api/v1/users`. @see docs/okta/create-user.md#scenarios */
export function createUser(org: Org, call: RoutedCall): Answer {
  const query = queryOf(call);
  const activate = flagOf(query, "activate", true);
  const body = bodyOf(call);
  const { profile } = body;
  if (!isRecord(profile)) throw malformedBody();
  const type = readType(org, body["type"]) ?? org.types.default;
  const checked = validateProfile(type.schema, profile, "newUser");
  const realm = readRealm(org, body["realmId"]);
  checkRealm(realm, checked.profile);
  const credentials = readCredentials(body["credentials"], flagOf(query, "provider", false));
  const groupIds = readGroups(org, body["groupIds"]);
  const expired = isExpired(query.get("nextLogin"), activate, credentials);
  const key = loginKey(checked.login);
  if (org.users.isTaken(key)) {
    org.loginCollisions += 1;
    throw alreadyExists("login");
  }
  const taken = findTakenValue(org, { ...checked, schema: type.schema }, undefined);
  if (taken !== undefined) throw alreadyExists(taken);

  const user = new UserRecord({
    ordinal: org.users.nextOrdinal,
    login: checked.login,
    profileJson: JSON.stringify(checked.profile),
    type,
    realm,
    status: statusOf(org, { activate, expired, credentials }),
    password: credentials.password,
    provider: credentials.provider,
    recoveryQuestion: credentials.recoveryQuestion,
    groupIds,
    createdAt: org.now(),
  });
  if (user.password !== undefined) user.passwordChangedAt = user.createdAt;
  if (activate) {
    user.activatedAt = user.createdAt + org.manners.activationMs;
    user.statusChangedAt = user.createdAt;
  }
  org.users.add(user, key);
  if (user.status === "PROVISIONED") sendMail(org, "activation", user);
  claimUniqueValues(org, user, checked.profile);
  const happenings: Happening[] = [{ type: "user.lifecycle.create", user }];
  if (activate) happenings.push({ type: "user.lifecycle.activate", user });
  for (const id of groupIds) {
    const group = noteMember(org, id, user);
    if (group !== undefined) happenings.push({ type: "group.user_membership.add", user, group });
  }
  noteEvents(org, call, ...happenings);
  followRules(org, call, user);
  return jsonAnswer(renderUser(org, user, call.origin));
}

/** Okta's table of outcomes. @see docs/okta/create-user.md#activation */
function statusOf(
  org: Org,
  create: {
    readonly activate: boolean;
    readonly expired: boolean;
    readonly credentials: StoredCredentials;
  },
): UserStatus {
  if (!create.activate) return "STAGED";
  if (create.expired) return "PASSWORD_EXPIRED";
  const { password, provider } = create.credentials;
  if (org.manners.optionalPassword) return "ACTIVE";
  return password !== undefined || provider === "FEDERATION" || provider === "SOCIAL"
    ? "ACTIVE"
    : "PROVISIONED";
}

function isExpired(
  nextLogin: string | null,
  activate: boolean,
  credentials: StoredCredentials,
): boolean {
  if (nextLogin === null) return false;
  if (nextLogin !== "changePassword") throw malformedBody();
  const missing = activate
    ? (["E0000124", "a password must be specified."] as const)
    : (["E0000125", "`activate` must be true."] as const);
  if (activate && credentials.password !== undefined) return true;
  const opening = "Could not create user. To create a user and expire their password immediately,";
  const summary = `${opening} ${missing[1]}`;
  throw new OrgRefusal(400, missing[0], summary, [summary]);
}

function readGroups(org: Org, groupIds: unknown): readonly string[] {
  if (groupIds === undefined || groupIds === null) return NO_GROUPS;
  if (!Array.isArray(groupIds)) throw malformedBody();
  if (groupIds.length > MAX_GROUPS) {
    const cause = "The number of group targets is too large";
    throw new OrgRefusal(400, "E0000093", "Target count limit exceeded", [cause]);
  }
  const ids: string[] = [];
  for (const id of groupIds as readonly unknown[]) {
    if (typeof id !== "string") throw malformedBody();
    const group = org.groups.byId(id);
    if (group === undefined) throw notFound(id, "Group");
    if (group.type === "OKTA_GROUP") ids.push(id);
  }
  return ids.length === 0 ? NO_GROUPS : org.groups.shared(ids);
}

function noteMember(org: Org, id: string, user: UserRecord): GroupRecord | undefined {
  const group = org.groups.byId(id);
  if (group === undefined) return undefined;
  group.members.add(user.ordinal);
  group.membersChangedAt = user.createdAt;
  return group;
}
