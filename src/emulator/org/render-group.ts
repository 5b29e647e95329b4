import type { GroupRecord } from "./group-store.ts";
import type { Org } from "./org.ts";

/** The Group object, as JSON. @param withStats whether it says how many are in it */
export function renderGroup(
  org: Org,
  group: GroupRecord,
  origin: string,
  withStats = false,
): string {
  const href = `${origin}/api/v1/groups/${group.id}`;
  const created = org.isoOf(group.createdAt);
  return JSON.stringify({
    id: group.id,
    created,
    lastUpdated: org.isoOf(group.lastUpdatedAt),
    lastMembershipUpdated: org.isoOf(group.membersChangedAt),
    objectClass: ["okta:user_group"],
    type: group.type,
    profile: { name: group.name, description: group.description },
    _links: { users: { href: `${href}/users` }, apps: { href: `${href}/apps` } },
    ...(withStats ? { _embedded: { stats: statsOf(org, group) } } : {}),
  });
}

function statsOf(org: Org, group: GroupRecord): object {
  let usersCount = group.members.size;
  if (group.type === "BUILT_IN") {
    for (const user of org.users.from(0)) if (user.status !== "DEPROVISIONED") usersCount += 1;
  }
  // The misspelt name is Okta's.
  return { usersCount, appsCount: 0, groupPushMappingsCount: 0, hasAdminPrivlege: false };
}
