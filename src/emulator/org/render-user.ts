import type { Org } from "./org.ts";
import { NEVER, type UserRecord, type UserStatus } from "./user-record.ts";

/**
 * Links that an answer about one user shows, by status: relation, and what follows `/users/{id}`.
 * Okta shows some more; callers are told nothing by them.
 */
const LINKS: Readonly<Record<UserStatus, readonly (readonly [string, string])[]>> = {
  STAGED: [["activate", "/lifecycle/activate"]],
  PROVISIONED: [
    ["reactivate", "/lifecycle/reactivate"],
    ["resetPassword", "/lifecycle/reset_password"],
    ["deactivate", "/lifecycle/deactivate"],
  ],
  ACTIVE: activeLinks(["suspend", "/lifecycle/suspend"]),
  PASSWORD_EXPIRED: activeLinks(),
  LOCKED_OUT: activeLinks(["unlock", "/lifecycle/unlock"]),
  RECOVERY: [
    ["resetPassword", "/lifecycle/reset_password"],
    ["deactivate", "/lifecycle/deactivate"],
  ],
  SUSPENDED: [
    ["unsuspend", "/lifecycle/unsuspend"],
    ["deactivate", "/lifecycle/deactivate"],
  ],
  DEPROVISIONED: [["activate", "/lifecycle/activate"]],
};

function activeLinks(...own: (readonly [string, string])[]): (readonly [string, string])[] {
  return [
    ...own,
    ["resetPassword", "/lifecycle/reset_password"],
    ["expirePassword", "/lifecycle/expire_password"],
    ["deactivate", "/lifecycle/deactivate"],
  ];
}

/** What an answer leaves out where the caller asked for it. @see docs/okta/lookup.md#smaller-answers */
export interface Omissions {
  readonly credentials: boolean;
  /** Links that have to do with credentials. */
  readonly credentialsLinks: boolean;
  readonly transitioningToStatus: boolean;
}

/** Everything is shown. */
export const NOTHING_OMITTED: Omissions = {
  credentials: false,
  credentialsLinks: false,
  transitioningToStatus: false,
};

const CREDENTIALS_LINKS: readonly string[] = ["resetPassword", "unlock"];

/** The User object of an answer about one user, as JSON. @param origin where links point to */
export function renderUser(
  org: Org,
  user: UserRecord,
  origin: string,
  omitted: Omissions = NOTHING_OMITTED,
): string {
  const base = `${origin}/api/v1/users/${org.users.idOf(user)}`;
  let links = "";
  for (const [relation, path] of LINKS[org.statusOf(user)]) {
    if (omitted.credentialsLinks && CREDENTIALS_LINKS.includes(relation)) continue;
    links += `"${relation}":{"href":"${base}${path}","method":"POST"},`;
  }
  return renderWith(org, user, `${links}"self":{"href":"${base}"}`, omitted);
}

/** The User object in an answer that lists users, which links to itself alone, as JSON. */
export function renderListedUser(
  org: Org,
  user: UserRecord,
  origin: string,
  omitted: Omissions = NOTHING_OMITTED,
): string {
  const href = `${origin}/api/v1/users/${org.users.idOf(user)}`;
  return renderWith(org, user, `"self":{"href":"${href}"}`, omitted);
}

/** The entity tag of a user as it stands. */
export function entityTag(user: UserRecord): string {
  return `W/"${user.ordinal.toString(36)}-${user.revision}"`;
}

function renderWith(org: Org, user: UserRecord, links: string, omitted: Omissions): string {
  const isActivating = org.isActivating(user);
  const isShown = isActivating && !omitted.transitioningToStatus;
  const goal = isShown ? `"transitioningToStatus":"${user.status}",` : "";
  return (
    `{"id":"${org.users.idOf(user)}","status":"${org.statusOf(user)}",${goal}` +
    `"created":${instant(org, user.createdAt)},` +
    `"activated":${instant(org, isActivating ? NEVER : user.activatedAt)},` +
    `"statusChanged":${instant(org, user.statusChangedAt)},` +
    `"lastLogin":${instant(org, user.lastLoginAt)},` +
    `"lastUpdated":${instant(org, user.lastUpdatedAt)},` +
    `"passwordChanged":${instant(org, user.passwordChangedAt)},` +
    `"type":{"id":"${user.type.id}"},${realm(org, user)}"profile":${user.profileJson},` +
    (omitted.credentials ? "" : `"credentials":{${credentials(user)}},`) +
    `"_links":{${links}}}`
  );
}

function realm(org: Org, user: UserRecord): string {
  const shown = org.realms.shownOf(user.realm);
  return shown === undefined ? "" : `"realmId":"${shown.id}",`;
}

function credentials(user: UserRecord): string {
  const password = user.password === undefined ? "" : '"password":{},';
  const recovery =
    user.recoveryQuestion === undefined
      ? ""
      : `"recovery_question":{"question":${JSON.stringify(user.recoveryQuestion)}},`;
  return `${password}${recovery}"provider":{"type":"${user.provider}","name":"${user.provider}"}`;
}

function instant(org: Org, at: number): string {
  return at === NEVER ? "null" : `"${org.isoOf(at)}"`;
}
