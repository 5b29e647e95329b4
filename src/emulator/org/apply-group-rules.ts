import type { Happening } from "../log/system-log.ts";
import type { GroupRecord } from "./group-store.ts";
import { type GroupRule, isMet } from "./group-rules.ts";
import { joinGroup, leaveGroup } from "./memberships.ts";
import type { Org } from "./org.ts";
import { profileOf, type UserRecord } from "./user-record.ts";

/** What rules did with a user's memberships, for the System Log. */
export type RuleDeeds = readonly Happening[];

const NO_DEEDS: RuleDeeds = [];

/**
 * Puts a user into the groups of the rules that it meets, and takes it out of those into which a rule
 * put it that it meets no longer. Users who are not activated yet, or deactivated, are left alone.
 *
 * @see docs/okta/groups.md#rules
 */
export function applyGroupRules(org: Org, user: UserRecord): RuleDeeds {
  return org.rules.active.flatMap((rule) => applyRule(org, rule, user));
}

/** Does so with one rule. */
export function applyRule(org: Org, rule: GroupRule, user: UserRecord): RuleDeeds {
  const status = org.statusOf(user);
  if (status === "STAGED" || status === "PROVISIONED" || status === "DEPROVISIONED") {
    return NO_DEEDS;
  }
  if (rule.excluded.includes(org.users.idOf(user))) return NO_DEEDS;
  if (!isMet(rule, profileOf(user))) {
    return rule.assigned.has(user.ordinal) ? withdraw(org, rule, user) : NO_DEEDS;
  }
  return groupsOf(org, rule).flatMap((group) => {
    const isNew = joinGroup(org, user, group);
    // Whom somebody put there by hand is none of the rule's.
    if (!isNew && !isHeldByOther(org, rule, { user, group })) return NO_DEEDS;
    rule.assigned.add(user.ordinal);
    if (!isNew) return NO_DEEDS;
    return [{ type: "group.user_membership.add", user, group, rule, by: "org" } as const];
  });
}

/** Takes a user out of the groups into which a rule put it, unless another one holds it there. */
export function withdraw(org: Org, rule: GroupRule, user: UserRecord): RuleDeeds {
  rule.assigned.delete(user.ordinal);
  return groupsOf(org, rule).flatMap((group) => {
    const isHeld = isHeldByOther(org, rule, { user, group });
    if (isHeld || !leaveGroup(org, user, group)) return NO_DEEDS;
    return [{ type: "group.user_membership.remove", user, group, rule, by: "org" } as const];
  });
}

interface Membership {
  readonly user: UserRecord;
  readonly group: GroupRecord;
}

/** Whether another active rule has put a user into a group. */
function isHeldByOther(org: Org, rule: GroupRule, { user, group }: Membership): boolean {
  return org.rules.active.some(
    (other) =>
      other !== rule && other.assigned.has(user.ordinal) && other.groupIds.includes(group.id),
  );
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

/** No rule has put a user anywhere: it is in no group any more. */
export function forgetRules(org: Org, user: UserRecord): void {
  for (const rule of org.rules.all()) rule.assigned.delete(user.ordinal);
}

function groupsOf(org: Org, rule: GroupRule): readonly GroupRecord[] {
  return rule.groupIds.flatMap((id) => org.groups.byId(id) ?? []);
}
