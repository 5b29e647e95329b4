import { noteOwnDeeds } from "../log/note-events.ts";
import { applyGroupRules } from "./apply-group-rules.ts";
import type { Org } from "./org.ts";

/**
 * Does what waited for activations that have ended meanwhile: rules see their users. Called before
 * anybody looks at the org, which has no timers.
 */
export function endActivations(org: Org): void {
  if (org.activating.isEmpty) return;
  for (const user of org.activating.takeEnded(org.now())) {
    noteOwnDeeds(org, user.activatedAt, applyGroupRules(org, user));
  }
}
