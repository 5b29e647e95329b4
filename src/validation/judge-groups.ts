import type { Issue, UserDraft } from "../core/index.ts";

/** A group of the org by its name. */
export interface KnownGroup {
  readonly name: string;
  readonly id: string;
}

/** Tells what becomes of the groups that drafts name. */
export interface GroupJudge {
  /** What is wrong with a draft's groups. */
  issuesOf(draft: UserDraft): readonly Issue[];
  /** The ids of those that are known. */
  idsOf(draft: UserDraft): readonly string[];
}

/** Okta takes so many when it creates a user. @see docs/okta/create-user.md#groups */
const MAX_GROUPS = 20;
const MAX_TOLD = 5;
const FIELD = "groupsFrom";

/**
 * Judges the groups that drafts name by those that the org has, name by name and letter by letter.
 *
 * @param known undefined where no org is at hand: names are not checked then
 * @param shared how many groups everybody joins besides
 */
export function createGroupJudge(
  known: readonly KnownGroup[] | undefined,
  shared: number,
): GroupJudge {
  const ids = new Map<string, readonly string[]>();
  for (const { name, id } of known ?? []) ids.set(name, [...(ids.get(name) ?? []), id]);
  return {
    issuesOf: ({ groups = [] }) => {
      const issues: Issue[] = [];
      const unknown = known === undefined ? [] : groups.filter((name) => !ids.has(name));
      const twice = groups.filter((name) => (ids.get(name)?.length ?? 0) > 1);
      if (unknown.length > 0) {
        issues.push({
          code: "GROUP_UNKNOWN",
          field: FIELD,
          reason: `The org has no group named ${told(unknown)}.`,
          hint: "Make it in the org, or correct the name; then okta-migrate retry takes the record up again.",
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
      if (groups.length + shared > MAX_GROUPS) {
        issues.push({
          code: "GROUPS_TOO_MANY",
          field: FIELD,
          reason: `The record is to join ${groups.length + shared} groups, and Okta takes ${MAX_GROUPS} at the create.`,
          hint: "Name fewer, and add the user to the others afterwards, or by a group rule.",
        });
      }
      return issues;
    },
    idsOf: ({ groups = [] }) => groups.flatMap((name) => ids.get(name)?.slice(0, 1) ?? []),
  };
}

function told(names: readonly string[]): string {
  const shown = names
    .slice(0, MAX_TOLD)
    .map((name) => JSON.stringify(name.slice(0, 255).replaceAll(/[\p{C}\u2028\u2029]/gu, " ")));
  const more = names.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
