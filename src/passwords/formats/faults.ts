import type { Fault } from "./stored-format.ts";

/** Material that is damaged or of no known form; `what` completes "The password hash …". */
export function malformed(what: string): Fault {
  return {
    fault: {
      code: "PASSWORD_MALFORMED",
      reason: `The password hash ${what}.`,
      hint: "Export the hash again, whole and unchanged.",
    },
  };
}

/**
 * Material of a kind that can be checked by nobody: neither by Okta nor by the password import hook.
 * `what` completes "The password hash …".
 */
export function unsupported(what: string): Fault {
  return {
    fault: {
      code: "PASSWORD_UNSUPPORTED",
      reason: `The password hash ${what}.`,
      hint: "Set `otherwise: staged` for such records, and let these people choose a new password.",
    },
  };
}
