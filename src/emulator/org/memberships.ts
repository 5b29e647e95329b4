import type { GroupRecord } from "./group-store.ts";
import type { Org } from "./org.ts";
import type { UserRecord } from "./user-record.ts";

/** Puts a user into a group. @returns whether it was not in it before */
export function joinGroup(org: Org, user: UserRecord, group: GroupRecord): boolean {
  if (group.members.has(user.ordinal)) return false;
  group.members.add(user.ordinal);
  group.membersChangedAt = org.now();
  user.groupIds = org.groups.shared([...user.groupIds, group.id]);
  return true;
}

/** Takes a user out of a group. @returns whether it was in it */
export function leaveGroup(org: Org, user: UserRecord, group: GroupRecord): boolean {
  if (!group.members.delete(user.ordinal)) return false;
  group.membersChangedAt = org.now();
  user.groupIds = org.groups.shared(user.groupIds.filter((id) => id !== group.id));
  return true;
}

/** Takes a group out for good: nobody is in it, and rules that put users into it no longer hold. */
export function removeGroup(org: Org, group: GroupRecord): void {
  for (const ordinal of group.members) {
    const user = org.users.at(ordinal);
    if (user !== undefined) {
      user.groupIds = org.groups.shared(user.groupIds.filter((id) => id !== group.id));
    }
  }
  org.groups.delete(group);
  org.rules.invalidate(group.id);
}
