import type { ImportedUser } from "../core/index.ts";

/**
 * Where a user stands whose provider is `IMPORT`. `waiting`: signs in through the hook, once; `reset`: was
 * turned over to a password reset; `aside`: can't sign in at present, such as one who is suspended.
 */
export type Standing = "waiting" | "reset" | "aside";

/** Where such a user can sign in, and a password can be reset. */
const SIGN_IN_STATUSES: ReadonlySet<string> = new Set(["ACTIVE", "LOCKED_OUT", "PASSWORD_EXPIRED"]);

/** Judges by status. @see docs/okta/user-lifecycle.md#transitions */
export function standingOf({ status }: Pick<ImportedUser, "status">): Standing {
  if (status === "RECOVERY") return "reset";
  return SIGN_IN_STATUSES.has(status) ? "waiting" : "aside";
}
