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

/** The User object of an answer about one user, as JSON. @param origin where links point to */
export function renderUser(org: Org, user: UserRecord, origin: string): string {
  const base = `${origin}/api/v1/users/${org.users.idOf(user)}`;
  let links = "";
  for (const [relation, path] of LINKS[org.statusOf(user)]) {
    links += `"${relation}":{"href":"${base}${path}","method":"POST"},`;
  }
  return renderWith(org, user, `${links}"self":{"href":"${base}"}`);
}

/** The User object in an answer that lists users, which links to itself alone, as JSON. */
export function renderListedUser(org: Org, user: UserRecord, origin: string): string {
  const href = `${origin}/api/v1/users/${org.users.idOf(user)}`;
  return renderWith(org, user, `"self":{"href":"${href}"}`);
}

/** The entity tag of a user as it stands. */
export function entityTag(user: UserRecord): string {
  return `W/"${user.ordinal.toString(36)}-${user.revision}"`;
}

function renderWith(org: Org, user: UserRecord, links: string): string {
  const isActivating = org.isActivating(user);
  const goal = isActivating ? `"transitioningToStatus":"${user.status}",` : "";
  return (
    `{"id":"${org.users.idOf(user)}","status":"${org.statusOf(user)}",${goal}` +
    `"created":${instant(org, user.createdAt)},` +
    `"activated":${instant(org, isActivating ? NEVER : user.activatedAt)},` +
    `"statusChanged":${instant(org, user.statusChangedAt)},` +
    `"lastLogin":${instant(org, user.lastLoginAt)},` +
    `"lastUpdated":${instant(org, user.lastUpdatedAt)},` +
    `"passwordChanged":${instant(org, user.passwordChangedAt)},` +
    `"type":{"id":"${org.typeId}"},"profile":${user.profileJson},` +
    `"credentials":{${credentials(user)}},"_links":{${links}}}`
  );
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
