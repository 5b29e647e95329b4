import { type JsonObject, parseObject } from "./json.ts";
import type { ProviderType } from "./read-credentials.ts";
import type { Realm } from "./realms.ts";
import type { UserType } from "./user-types.ts";

/** Okta's words for where a user stands. @see docs/okta/create-user.md#activation */
export type UserStatus = (typeof USER_STATUSES)[number];

/** All of them. */
export const USER_STATUSES = [
  "ACTIVE",
  "DEPROVISIONED",
  "LOCKED_OUT",
  "PASSWORD_EXPIRED",
  "PROVISIONED",
  "RECOVERY",
  "STAGED",
  "SUSPENDED",
] as const;

/** Never happened: the least whole number that V8 stores in place. */
export const NEVER = -2_147_483_648;

/**
 * One user of the org, kept small: some 800 bytes with a profile of six attributes and a hash.
 *
 * Instants are whole milliseconds since the org's start, so that V8 stores them in place; the
 * profile is JSON text, which is what answers need.
 */
export class UserRecord {
  /** Place in order of creation; the id is made of it. */
  readonly ordinal: number;
  login: string;
  profileJson: string;
  type: UserType;
  /** Undefined: the default one. */
  readonly realm: Realm | undefined;
  status: UserStatus;
  /** JSON of a hash; `hook`: the password import hook decides; undefined: no password. */
  password: string | undefined;
  provider: ProviderType;
  recoveryQuestion: string | undefined;
  /** Ids of the groups it is in, without the built-in one. Never changed in place. */
  groupIds: readonly string[];
  /** Counts changes; part of the entity tag. */
  revision = 0;
  readonly createdAt: number;
  activatedAt = NEVER;
  statusChangedAt = NEVER;
  lastLoginAt = NEVER;
  lastUpdatedAt: number;
  passwordChangedAt = NEVER;

  constructor(parts: {
    readonly ordinal: number;
    readonly login: string;
    readonly profileJson: string;
    readonly type: UserType;
    readonly realm: Realm | undefined;
    readonly status: UserStatus;
    readonly password: string | undefined;
    readonly provider: ProviderType;
    readonly recoveryQuestion: string | undefined;
    readonly groupIds: readonly string[];
    readonly createdAt: number;
  }) {
    this.ordinal = parts.ordinal;
    this.login = parts.login;
    this.profileJson = parts.profileJson;
    this.type = parts.type;
    this.realm = parts.realm;
    this.status = parts.status;
    this.password = parts.password;
    this.provider = parts.provider;
    this.recoveryQuestion = parts.recoveryQuestion;
    this.groupIds = parts.groupIds;
    this.createdAt = parts.createdAt;
    this.lastUpdatedAt = parts.createdAt;
  }
}

/** A user as it stands, untouched by what becomes of it. */
export function copyOf(user: UserRecord): UserRecord {
  return Object.assign(new UserRecord(user), user);
}

/** The profile of a user as an object. */
export function profileOf(user: UserRecord): JsonObject {
  return parseObject(user.profileJson) ?? {};
}
