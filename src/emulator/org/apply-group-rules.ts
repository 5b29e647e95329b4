import { type GroupRule, isMet } from "./group-rules.ts";
import { joinGroup, leaveGroup } from "./memberships.ts";
import type { Org } from "./org.ts";
import { profileOf, type UserRecord } from "./user-record.ts";

/**
 * Puts a user into the groups of the rules that it meets, and takes it out of those into which a rule
 * put it that it meets no longer. Users who are not activated yet, or deactivated, are left alone.
 *
 * @see docs/okta/groups.md#rules
 */
export function applyGroupRules(org: Org, user: UserRecord): void {
  for (const rule of org.rules.active) applyRule(org, rule, user);
}

/** Does so with one rule. */
export function applyRule(org: Org, rule: GroupRule, user: UserRecord): void {
  const { status } = user;
  if (status === "STAGED" || status === "PROVISIONED" || status === "DEPROVISIONED") return;
  if (rule.excluded.includes(org.users.idOf(user))) return;
  if (isMet(rule, profileOf(user))) {
    for (const group of groupsOf(org, rule)) {
      if (joinGroup(org, user, group)) rule.assigned.add(user.ordinal);
    }
  } else if (rule.assigned.has(user.ordinal)) withdraw(org, rule, user);
}

/** Takes a user out of the groups into which a rule put it, unless another one holds it there. */
export function withdraw(org: Org, rule: GroupRule, user: UserRecord): void {
  rule.assigned.delete(user.ordinal);
  for (const group of groupsOf(org, rule)) {
    const isHeld = org.rules.active.some(
      (other) =>
        other !== rule && other.assigned.has(user.ordinal) && other.groupIds.includes(group.id),
    );
    if (!isHeld) leaveGroup(org, user, group);
  }
}

/**
 * Makes an exception of a user whom somebody takes out of a group by hand: the rules that put it
 * there leave it alone from now on.
 */
export function exceptFromRules(org: Org, user: UserRecord, groupId: string): void {
  for (const rule of org.rules.active) {
    if (!rule.assigned.has(user.ordinal) || !rule.groupIds.includes(groupId)) continue;
    rule.excluded = [...rule.excluded, org.users.idOf(user)];
  }
}

function groupsOf(org: Org, rule: GroupRule) {
  return rule.groupIds.flatMap((id) => org.groups.byId(id) ?? []);
}
