import type { Issue, UserDraft } from "../core/index.ts";
import { holdsStoredHash } from "../passwords/formats/index.ts";

/** A group of the org by its name. */
export interface KnownGroup {
  readonly name: string;
  readonly id: string;
}

/** Tells what becomes of the groups that drafts name. */
export interface GroupJudge {
  /** What is wrong with a draft's groups. */
  issuesOf(draft: UserDraft): readonly Issue[];
  /** The ids of those that are known, less the shared ones. */
  idsOf(draft: UserDraft): readonly string[];
}

/** Okta takes so many when it creates a user. @see docs/okta/create-user.md#groups */
const MAX_GROUPS = 20;
const MAX_TOLD = 5;
const FIELD = "groupsFrom";
const NO_GROUPS: readonly string[] = [];

/**
 * Judges the groups that drafts name by those that the org has, name by name and letter by letter.
 *
 * @param known undefined where no org is at hand: names are not checked then
 * @param shared names of groups that everybody joins: they are there by the time of the first create
 */
export function createGroupJudge(
  known: readonly KnownGroup[] | undefined,
  shared: readonly string[],
): GroupJudge {
  const everybodys = new Set(shared);
  const ids = new Map<string, string[]>();
  for (const { name, id } of known ?? []) {
    const same = ids.get(name);
    if (same === undefined) ids.set(name, [id]);
    else same.push(id);
  }
  const ownOf = ({ groups = NO_GROUPS }: UserDraft): readonly string[] =>
    groups.filter((name) => !everybodys.has(name));
  return {
    issuesOf: (draft) => {
      const own = ownOf(draft);
      const issues: Issue[] = [];
      const unknown = known === undefined ? NO_GROUPS : own.filter((name) => !ids.has(name));
      const twice = own.filter((name) => (ids.get(name)?.length ?? 0) > 1);
      if (unknown.length > 0) {
        issues.push({
          code: "GROUP_UNKNOWN",
          field: FIELD,
          reason: `The org has no group named ${told(unknown)} that takes members.`,
          hint: "Make it in the org (a group of an application or a directory, or Everyone, takes no members), or correct the name; then okta-migrate retry takes the record up again.",
        });
      }
      if (twice.length > 0) {
        issues.push({
          code: "GROUP_UNKNOWN",
          field: FIELD,
          reason: `The org has several groups named ${told(twice)}.`,
          hint: "Rename the others in the Admin Console; then okta-migrate retry takes the record up again.",
        });
      }
      const count = own.length + everybodys.size;
      if (count > MAX_GROUPS) {
        issues.push({
          code: "GROUPS_TOO_MANY",
          field: FIELD,
          reason: `The record is to join ${count} groups, and Okta takes ${MAX_GROUPS} at the create.`,
          hint: "Name fewer, and add the user to the others afterwards, or by a group rule.",
        });
      }
      return issues;
    },
    idsOf: (draft) => ownOf(draft).flatMap((name) => ids.get(name)?.slice(0, 1) ?? NO_GROUPS),
  };
}

/** Names as they are shown: what stands in the wrong column may be a hash. */
function told(names: readonly string[]): string {
  const shown = names.slice(0, MAX_TOLD).map((name) => {
    if (holdsStoredHash(name)) return "(a name that looks like a hash)";
    return JSON.stringify(name.slice(0, 255).replaceAll(/[\p{C}\u2028\u2029]/gu, " "));
  });
  const more = names.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
