import { moveTo } from "./move-user.ts";
import type { Org } from "./org.ts";
import type { UserRecord } from "./user-record.ts";

/**
 * Notes how a password was found: a right one ends the count of wrong ones, and one wrong one too many
 * locks the user out.
 *
 * @returns whether it was right
 * @see docs/okta/sign-in.md#lock-out
 */
export function notePassword(org: Org, user: UserRecord, isRight: boolean): boolean {
  const { wrongPasswords } = org;
  const { lockOutAfter } = org.manners;
  if (isRight || lockOutAfter <= 0) {
    wrongPasswords.delete(user.ordinal);
    return isRight;
  }
  const wrong = (wrongPasswords.get(user.ordinal) ?? 0) + 1;
  if (wrong < lockOutAfter) wrongPasswords.set(user.ordinal, wrong);
  else lock(org, user);
  return false;
}

function lock(org: Org, user: UserRecord): void {
  org.wrongPasswords.delete(user.ordinal);
  moveTo(org, user, "LOCKED_OUT");
}
