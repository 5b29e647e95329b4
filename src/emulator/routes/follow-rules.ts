import { noteEvents } from "../log/note-events.ts";
import { applyGroupRules } from "../org/apply-group-rules.ts";
import type { Org } from "../org/org.ts";
import type { UserRecord } from "../org/user-record.ts";
import type { Call } from "./call.ts";

/** Has group rules see a user who came or changed: at once, or when its activation has ended. */
export function followRules(org: Org, call: Call, user: UserRecord): void {
  if (org.isActivating(user)) org.activating.add(user);
  else if (org.rules.active.length > 0) noteEvents(org, call, ...applyGroupRules(org, user));
}
