import { noteEvents } from "../log/note-events.ts";
import { isRecord, type JsonObject } from "../org/json.ts";
import { loginKey } from "../org/login-key.ts";
import type { Org } from "../org/org.ts";
import {
  alreadyExists,
  malformedBody,
  OrgRefusal,
  stillActivating,
  validationFailed,
  wrongStatus,
} from "../org/org-refusal.ts";
import { readCredentials } from "../org/read-credentials.ts";
import { entityTag, renderUser } from "../org/render-user.ts";
import { claimUniqueValues, findTakenValue, releaseUniqueValues } from "../org/unique-values.ts";
import { profileOf, type UserRecord } from "../org/user-record.ts";
import type { UserType } from "../org/user-types.ts";
import { validateProfile } from "../org/validate-profile.ts";
import { type Answer, bodyOf, jsonAnswer, type RoutedCall } from "./call.ts";
import { followRules } from "./follow-rules.ts";
import { userOf } from "./read-users.ts";
import { checkRealm } from "./realms.ts";
import { readType } from "./user-types.ts";

/** `POST /api/v1/users/{id}`: what the body does not name stays. */
export function patchUser(org: Org, call: RoutedCall): Answer {
  return changeUser(org, call, "patch");
}

/** `PUT /api/v1/users/{id}`: attributes that the body does not name are gone afterwards. */
export function replaceUser(org: Org, call: RoutedCall): Answer {
  return changeUser(org, call, "replace");
}

function changeUser(org: Org, call: RoutedCall, manner: "patch" | "replace"): Answer {
  const user = userOf(org, call);
  checkEntityTag(call, user);
  if (org.isActivating(user)) throw stillActivating();
  if (user.status === "DEPROVISIONED") throw wrongStatus();
  const body = bodyOf(call);
  const { profile, credentials } = body;
  if (profile !== undefined && !isRecord(profile)) throw malformedBody();
  if (manner === "replace" && profile === undefined) throw malformedBody();
  const before = profileOf(user);
  const wanted = manner === "patch" ? { ...before, ...profile } : (profile ?? {});
  const type = readType(org, body["type"]) ?? user.type;
  if (type !== user.type && manner === "patch") {
    throw validationFailed("type", "type: Can be changed by a full replacement only");
  }
  const checked = validateProfile(type.schema, wanted, "user");
  checkRealm(user.realm, checked.profile);
  const password = readNewPassword(user, credentials);
  if (loginKey(checked.login) !== loginKey(user.login)) {
    if (org.users.isTaken(loginKey(checked.login))) throw alreadyExists("login");
  }
  const taken = findTakenValue(org, { ...checked, schema: type.schema }, user.ordinal);
  if (taken !== undefined) throw alreadyExists(taken);

  store(org, user, { ...checked, type });
  if (password !== undefined) {
    user.password = password.password;
    user.provider = password.provider;
    user.passwordChangedAt = user.lastUpdatedAt;
    noteEvents(org, call, { type: "user.account.update_password", user });
  }
  if (profile !== undefined) noteEvents(org, call, { type: "user.account.update_profile", user });
  followRules(org, call, user);
  return jsonAnswer(renderUser(org, user, call.origin), 200, ["ETag", entityTag(user)]);
}

function store(
  org: Org,
  user: UserRecord,
  after: { readonly login: string; readonly profile: JsonObject; readonly type: UserType },
): void {
  org.remember(user);
  releaseUniqueValues(org, user);
  user.type = after.type;
  claimUniqueValues(org, user, after.profile);
  if (after.login !== user.login) org.users.rename(user, after.login);
  user.profileJson = JSON.stringify(after.profile);
  user.lastUpdatedAt = org.now();
  user.revision += 1;
}

/** A hash is taken for staged users alone, a hook in any status. @see docs/okta/password-hashes.md#shapes */
function readNewPassword(
  user: UserRecord,
  credentials: unknown,
): ReturnType<typeof readCredentials> | undefined {
  if (!isRecord(credentials) || credentials["password"] === undefined) return undefined;
  const { password } = credentials;
  if (isRecord(password) && Object.keys(password).length === 0) return undefined;
  const read = readCredentials({ password }, false);
  if (read.isHash && user.status !== "STAGED") {
    const cause = "password: A hash can be set only while the user is STAGED";
    throw new OrgRefusal(403, "E0000014", "Update of credentials failed", [cause]);
  }
  return read;
}

function checkEntityTag(call: RoutedCall, user: UserRecord): void {
  const wanted = call.headers["if-match"];
  if (wanted === undefined || wanted === "*" || wanted === entityTag(user)) return;
  throw new OrgRefusal(412, "E0000231", "The entity has changed since it was read.");
}
