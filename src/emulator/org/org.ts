import type { Clock } from "../../core/index.ts";
import type { AccessServer } from "../access/access-server.ts";
import type { Automation } from "./automation.ts";
import type { HookCaller } from "../hooks/hook-caller.ts";
import type { HookRecord } from "../hooks/hook-record.ts";
import { SystemLog } from "../log/system-log.ts";
import { ActivatingUsers } from "./activating-users.ts";
import { GroupRules } from "./group-rules.ts";
import { GroupStore } from "./group-store.ts";
import { IdMaker, randomText } from "./ids.ts";
import { Mailbox } from "./mailbox.ts";
import type { UserRecord, UserStatus } from "./user-record.ts";
import { Realms } from "./realms.ts";
import { UserPast } from "./user-past.ts";
import { UserStore } from "./user-store.ts";
import { UserTypes } from "./user-types.ts";

/** What tells an org from others, so that it can be made again. */
export interface OrgIdentity {
  /** What all its ids end in. */
  readonly idTail: string;
  /** How often it was loaded from a file. */
  readonly loads: number;
}

/** How an org is set up: what an administrator, or the age of its cell, has decided. */
export interface OrgManners {
  /** How far Okta's clock is ahead of this machine's, in milliseconds. */
  readonly clockSkewMs: number;
  /** How far `search` lags behind, in milliseconds. */
  readonly searchLagMs: number;
  /** What the salt of SHA-256 is taken for. */
  readonly sha256Salt: "decoded" | "literal";
  /** Whether a policy lets nobody sign in. */
  readonly denySignIn: boolean;
  /** Whether users become active without a password. */
  readonly optionalPassword: boolean;
  /** Wrong passwords in a row that lock a user out; 0: none ever do. */
  readonly lockOutAfter: number;
  /** How long activation goes on after a create was answered, in milliseconds. */
  readonly activationMs: number;
  /** How long a hook may take for one try, in milliseconds. */
  readonly hookTimeoutMs: number;
}

/** What one pretend org holds, all of it in memory. */
export class Org {
  readonly id: string;
  /** Makes and reads the ids of all that there is. */
  readonly ids: IdMaker;
  /** How often it was loaded from a file. */
  readonly loads: number;
  /** When it was made, in milliseconds since its start: before it, where it was loaded. */
  createdAt = 0;
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly rules: GroupRules;
  readonly types: UserTypes;
  readonly realms: Realms;
  /** Apps, tokens and people who sign in; they outlive the rest. */
  readonly access: AccessServer;
  /** What it would do by itself for new users; it outlives the rest, too. */
  readonly automation: Automation;
  /** What search still sees while it lags behind. */
  readonly past = new UserPast();
  readonly hooks = new Map<string, HookRecord>();
  readonly hookCaller: HookCaller;
  readonly log: SystemLog;
  /** Whether nothing can be stored now. */
  readonly isReadOnly: () => boolean;
  /** Values of unique custom attributes of all types: attribute and value to the user's ordinal. */
  readonly uniqueValues = new Map<string, number>();
  /** Wrong passwords since the last right one, by the user's ordinal. */
  readonly wrongPasswords = new Map<number, number>();
  /** For whom group rules wait. */
  readonly activating = new ActivatingUsers();
  /** Mails that Okta would have sent. */
  readonly mailbox = new Mailbox();
  /** Creates that were refused because the login was taken. */
  loginCollisions = 0;
  manners: OrgManners;
  /** Part of each limit that one token or app may use, in per cent. */
  principalPercentage = 100;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #startedAtMs: number;
  #isoOf = -1;
  #iso = "";

  constructor(parts: {
    readonly clock: Clock;
    readonly random: () => number;
    readonly manners: OrgManners;
    readonly access: AccessServer;
    readonly automation: Automation;
    readonly hookCaller: HookCaller;
    readonly isReadOnly: () => boolean;
    readonly keptLogEvents: number;
    /** The org is one that there was before. */
    readonly identity?: OrgIdentity | undefined;
  }) {
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.manners = parts.manners;
    this.access = parts.access;
    this.automation = parts.automation;
    this.hookCaller = parts.hookCaller;
    this.isReadOnly = parts.isReadOnly;
    this.log = new SystemLog(parts.keptLogEvents);
    this.#startedAtMs = Math.floor(parts.clock.wallNow());
    const ids = new IdMaker(parts.identity?.idTail ?? parts.random);
    this.ids = ids;
    this.loads = parts.identity === undefined ? 0 : parts.identity.loads + 1;
    this.id = ids.idOf("00o", 0);
    this.users = new UserStore(ids);
    this.groups = new GroupStore(ids);
    this.rules = new GroupRules(ids);
    this.types = new UserTypes(ids);
    this.realms = new Realms(ids);
  }

  /** Milliseconds since the org's start by its own clock, whole. */
  now(): number {
    return Math.floor(this.wallNow()) - this.#startedAtMs;
  }

  /** Milliseconds since 1970 by the org's own clock. */
  wallNow(): number {
    return this.#clock.wallNow() + this.manners.clockSkewMs;
  }

  /** An instant of the org as Okta writes it, such as `2013-07-02T21:36:25.344Z`. */
  isoOf(instant: number): string {
    if (instant !== this.#isoOf) {
      this.#isoOf = instant;
      this.#iso = new Date(this.#startedAtMs + instant).toISOString();
    }
    return this.#iso;
  }

  /** The instant that a text in ISO 8601 means; NaN when it means none. */
  instantOf(iso: string): number {
    return Date.parse(iso) - this.#startedAtMs;
  }

  /** Keeps a user as search goes on to see it; called before every change of a user. */
  remember(user: UserRecord): void {
    const { searchLagMs } = this.manners;
    if (searchLagMs <= 0) return;
    const now = this.now();
    this.past.keep(user, now);
    this.past.forget(now - searchLagMs);
  }

  /** Whether a user's activation still goes on. @see docs/okta/create-user.md#activation */
  isActivating(user: UserRecord): boolean {
    return user.activatedAt > user.createdAt && user.activatedAt > this.now();
  }

  /** The status in which a user is seen now. */
  statusOf(user: UserRecord): UserStatus {
    return this.isActivating(user) ? "STAGED" : user.status;
  }

  /** A fresh token or id: nobody can do anything with it here. */
  token(length: number): string {
    return randomText(length, this.#random);
  }
}
