import type { Issue } from "../core/index.ts";

/**
 * The issue of a record whose login an earlier record of the same source has.
 *
 * @param holderLine line of the record that keeps the login; undefined when it is not known
 */
export function duplicateLoginIssue(holderLine?: number): Issue {
  const holder = holderLine === undefined ? "another record" : `the record of line ${holderLine}`;
  return {
    code: "DUPLICATE_LOGIN",
    field: "login",
    reason: `The login belongs to ${holder} already; Okta ignores case and accents in logins.`,
    hint: "Merge the two records in the source, or give one of them another login.",
  };
}
