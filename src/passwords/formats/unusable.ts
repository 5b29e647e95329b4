import type { PasswordMaterial } from "../../core/index.ts";

/** Material that is damaged or of no known form; `what` completes "The password hash …". */
export function malformed(what: string): PasswordMaterial {
  return {
    kind: "unusable",
    issue: {
      code: "PASSWORD_MALFORMED",
      reason: `The password hash ${what}.`,
      hint: "Export the hash again, whole and unchanged.",
    },
  };
}

/** Material that is sound, and Okta can't take its scheme; `what` completes "The password hash …". */
export function unsupported(what: string): PasswordMaterial {
  return {
    kind: "unusable",
    issue: {
      code: "PASSWORD_UNSUPPORTED",
      reason: `The password hash ${what}.`,
      hint: "Set `otherwise: hook` or `otherwise: staged` for such records.",
    },
  };
}
