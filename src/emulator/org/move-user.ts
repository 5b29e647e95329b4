import type { Org } from "./org.ts";
import { wrongStatus } from "./org-refusal.ts";
import type { UserRecord, UserStatus } from "./user-record.ts";

/** Gives a user another status, now. Group rules are not asked. */
export function moveTo(org: Org, user: UserRecord, status: UserStatus): void {
  org.remember(user);
  user.status = status;
  user.statusChangedAt = org.now();
  user.lastUpdatedAt = user.statusChangedAt;
  user.revision += 1;
}

/** @throws {OrgRefusal} 403 `E0000038` when a user is in another status */
export function requireStatus(user: UserRecord, ...allowed: readonly UserStatus[]): void {
  if (!allowed.includes(user.status)) throw wrongStatus();
}
