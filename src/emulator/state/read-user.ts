import { isRecord } from "../org/json.ts";
import { loginKey } from "../org/login-key.ts";
import type { Org } from "../org/org.ts";
import { claimUniqueValues } from "../org/unique-values.ts";
import { USER_STATUSES, UserRecord } from "../org/user-record.ts";
import { type Fields, LineFault } from "./fields.ts";

const PROVIDERS = ["OKTA", "IMPORT", "FEDERATION", "SOCIAL"] as const;

/** Puts a user of a state file into the org. @throws {LineFault} when it can't be one */
export function readUser(org: Org, fields: Fields): void {
  const ordinal = fields.ordinal("00u", org.users.nextOrdinal);
  const profile = fields.object("profile");
  const { login } = profile;
  if (typeof login !== "string") throw new LineFault("has no login in its profile");
  const key = loginKey(login);
  if (org.users.isTaken(key)) throw new LineFault("has the login of an earlier user");
  const groupIds = fields.texts("groups");
  const user = new UserRecord({
    ordinal,
    login,
    profileJson: JSON.stringify(profile),
    type: known(org.types.byId(fields.optionalText("type") ?? "default"), "type"),
    realm: realmOf(org, fields.optionalText("realm")),
    status: fields.word("status", USER_STATUSES),
    password: passwordOf(fields.any("password")),
    provider: fields.word("provider", PROVIDERS),
    recoveryQuestion: fields.optionalText("recoveryQuestion"),
    groupIds: groupIds.length === 0 ? NO_GROUPS : org.groups.shared(groupIds),
    createdAt: fields.instant("created"),
  });
  user.revision = fields.count("revision");
  user.activatedAt = fields.instantOrNever("activated");
  user.statusChangedAt = fields.instantOrNever("statusChanged");
  user.lastLoginAt = fields.instantOrNever("lastLogin");
  user.lastUpdatedAt = fields.instant("lastUpdated");
  user.passwordChangedAt = fields.instantOrNever("passwordChanged");
  for (const id of groupIds) known(org.groups.byId(id), "group").members.add(ordinal);
  for (const id of fields.texts("rules")) known(org.rules.byId(id), "rule").assigned.add(ordinal);
  const wrong = fields.count("wrongPasswords", 0);
  if (wrong > 0) org.wrongPasswords.set(ordinal, wrong);
  org.users.reserve(ordinal);
  org.users.add(user, key);
  claimUniqueValues(org, user, profile);
  // Its activation goes on, or ended while no emulator ran.
  if (user.activatedAt > user.lastUpdatedAt) org.activating.add(user);
}

const NO_GROUPS: readonly string[] = [];

function realmOf(org: Org, id: string | undefined): UserRecord["realm"] {
  return id === undefined ? undefined : known(org.realms.byId(id), "realm");
}

function known<T>(found: T | undefined, what: string): T {
  if (found !== undefined) return found;
  throw new LineFault(`names a ${what} that no earlier line has`);
}

function passwordOf(given: unknown): string | undefined {
  if (given === undefined || given === "hook") return given;
  if (isRecord(given) && typeof given["algorithm"] === "string") return JSON.stringify(given);
  throw new LineFault("has no password that is known here");
}
