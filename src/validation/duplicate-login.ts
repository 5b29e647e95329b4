import type { Issue } from "../core/index.ts";

/**
 * The issue of a record whose login another record of the same source has.
 *
 * @param holderLine line of the record that keeps the login; undefined when it is not known
 * @param besides what else is to be known of it, as the end of a clause
 */
export function duplicateLoginIssue(holderLine?: number, besides?: string): Issue {
  const holder = holderLine === undefined ? "another record" : `the record of line ${holderLine}`;
  const also = besides === undefined ? "" : `, ${besides}`;
  return {
    code: "DUPLICATE_LOGIN",
    field: "login",
    reason: `The login belongs to ${holder} already${also}; Okta ignores case and accents in logins.`,
    hint: "Merge the two records in the source, or give one of them another login.",
  };
}

/**
 * The issue of a record that is dropped for another one with its login, as the config asks.
 *
 * @param keptLine line of the record that keeps the login
 * @param why what that one has before this one, as the end of a sentence
 */
export function droppedIssue(keptLine: number, why: string): Issue {
  return {
    code: "DUPLICATE_DROPPED",
    field: "login",
    reason: `The record of line ${keptLine} has the same login and ${why}; that one is kept.`,
    hint: "There is nothing to do, if that is what `duplicates` in migration.yaml was meant to do.",
  };
}
