import type { Gateway } from "./gateway.ts";
import type { MailKind } from "./org/mailbox.ts";
import type { Org } from "./org/org.ts";
import type { UserRecord } from "./org/user-record.ts";
import type { RateLimitTally, RouteTally } from "./traffic/ledger.ts";
import type { WindowCount } from "./traffic/rate-windows.ts";
import type { EmulatorSettings } from "./traffic/settings.ts";

/** A user of the emulated org, for inspection; no password material. */
export interface EmulatedUser {
  readonly id: string;
  readonly login: string;
  readonly status: string;
  /** ISO 8601, by the org's clock. */
  readonly created: string;
  readonly provider: string;
  /** What checks the password: nothing, a stored hash, the import hook, or a password set as such. */
  readonly password: "none" | "hash" | "hook" | "value";
  /** Ids of its groups, without the built-in one. */
  readonly groups: readonly string[];
  readonly profile: Readonly<Record<string, unknown>>;
}

/** A mail that Okta would have sent. */
export interface EmulatedMail {
  readonly kind: MailKind;
  /** One address. */
  readonly to: string;
  /** Id of the user whom it is about. */
  readonly userId: string;
  /** ISO 8601, by the org's clock. */
  readonly sent: string;
}

/** What has happened in the emulator, all counted since its start or the last reset. */
export interface EmulatorState {
  /** Users there are. */
  readonly users: number;
  /** Users ever created. */
  readonly usersCreated: number;
  /** Creates refused because the login was taken. */
  readonly loginCollisions: number;
  readonly groups: number;
  /** Mails that Okta would have sent, one for each address. */
  readonly mails: number;
  /** Calls by route: `POST /api/v1/users`; those without a route under `unknown`. */
  readonly requests: Readonly<Record<string, Readonly<RouteTally>>>;
  readonly rateLimited: Readonly<RateLimitTally>;
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Windows in which there were requests, oldest first, by bucket. */
  readonly windows: Readonly<Record<string, readonly Readonly<WindowCount>[]>>;
  readonly faults: {
    readonly spent: Readonly<Record<string, number>>;
    /** Counted faults that have not happened yet. */
    readonly unspent: Readonly<Record<string, number>>;
  };
  /** Answers 500 that nobody asked for: bugs of the emulator. */
  readonly internalErrors: number;
  readonly settings: EmulatorSettings;
}

/** What there is to know of a user. */
export function describeUser(org: Org, user: UserRecord): EmulatedUser {
  return JSON.parse(renderInspectedUser(org, user)) as EmulatedUser;
}

/** The same as one line of JSON; the profile is JSON already, which matters where there are a million. */
export function renderInspectedUser(org: Org, user: UserRecord): string {
  const head = JSON.stringify({
    id: org.users.idOf(user),
    login: user.login,
    status: org.statusOf(user),
    created: org.isoOf(user.createdAt),
    provider: user.provider,
    password: passwordKind(user),
    groups: user.groupIds,
  });
  return `${head.slice(0, -1)},"profile":${user.profileJson}}`;
}

/** The newest mails, oldest first; what they say is not kept. */
export function describeMails(org: Org): readonly EmulatedMail[] {
  return org.mailbox.newest.map(({ kind, to, userId, at }) => ({
    kind,
    to,
    userId,
    sent: org.isoOf(at),
  }));
}

/** What there is to know of the whole. */
export function describeState(gateway: Gateway): EmulatorState {
  const { org, ledger, faults, windows, settings } = gateway;
  return {
    users: org.users.size,
    usersCreated: org.users.nextOrdinal,
    loginCollisions: org.loginCollisions,
    groups: org.groups.all().length,
    mails: org.mailbox.sent,
    requests: Object.fromEntries(ledger.byRoute),
    rateLimited: ledger.rateLimited,
    inFlight: ledger.inFlight,
    maxInFlight: ledger.maxInFlight,
    windows: windows.counts(),
    faults: { spent: faults.spent(), unspent: faults.unspent() },
    internalErrors: ledger.internalErrors,
    settings,
  };
}

function passwordKind(user: UserRecord): EmulatedUser["password"] {
  if (user.password === undefined) return "none";
  if (user.password === "hook") return "hook";
  return user.provider === "IMPORT" ? "hash" : "value";
}
