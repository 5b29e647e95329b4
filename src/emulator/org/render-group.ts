import type { GroupRecord } from "./group-store.ts";
import type { Org } from "./org.ts";

/** The Group object, as JSON. */
export function renderGroup(org: Org, group: GroupRecord, origin: string): string {
  const href = `${origin}/api/v1/groups/${group.id}`;
  const created = org.isoOf(group.createdAt);
  return JSON.stringify({
    id: group.id,
    created,
    lastUpdated: created,
    lastMembershipUpdated: org.isoOf(group.membersChangedAt),
    objectClass: ["okta:user_group"],
    type: group.type,
    profile: { name: group.name, description: group.description },
    _links: { users: { href: `${href}/users` }, apps: { href: `${href}/apps` } },
  });
}
