import { moveTo } from "./move-user.ts";
import type { Org } from "./org.ts";
import type { UserRecord } from "./user-record.ts";

/** What a password came to. */
export type PasswordNote = "right" | "wrong" | "locked-out";

/**
 * Notes how a password was found: a right one ends the count of wrong ones, and one wrong one too many
 * locks the user out.
 *
 * @returns whether it was right, or the one that locked the user out
 * @see docs/okta/sign-in.md#lock-out
 */
export function notePassword(org: Org, user: UserRecord, isRight: boolean): PasswordNote {
  const { wrongPasswords } = org;
  const { lockOutAfter } = org.manners;
  if (isRight || lockOutAfter <= 0) {
    wrongPasswords.delete(user.ordinal);
    return isRight ? "right" : "wrong";
  }
  const wrong = (wrongPasswords.get(user.ordinal) ?? 0) + 1;
  if (wrong >= lockOutAfter) {
    lock(org, user);
    return "locked-out";
  }
  wrongPasswords.set(user.ordinal, wrong);
  return "wrong";
}

function lock(org: Org, user: UserRecord): void {
  org.wrongPasswords.delete(user.ordinal);
  moveTo(org, user, "LOCKED_OUT");
}
