import type {
  AttributeSchema,
  DirectorySchema,
  Issue,
  SourceHead,
  SourceRecord,
  SourceValue,
} from "../core/index.ts";
import { mapRecord } from "./map-record.ts";
import type { Mistake } from "./mistakes.ts";
import { type AttributePlan, planProfile } from "./plan-profile.ts";
import { showName } from "./show-name.ts";
import { type ColumnPath, findColumnPath, lookInto } from "./values/column-path.ts";
import { isList } from "./values/is-list.ts";

/** The names of the groups that a record itself says. */
export interface GroupsPlan {
  /** Each name once; or the issue that they can't be told. Never throws. */
  namesOf(record: SourceRecord): readonly string[] | Issue;
}

/** A plan, nothing where the config asks for none; what was found on the way to it. */
export interface GroupsPlanning {
  readonly plan: GroupsPlan | undefined;
  readonly columns: readonly string[];
  readonly notes: readonly string[];
  readonly mistakes: readonly Mistake[];
}

const KEY = "groupsFrom";
const LIST: AttributeSchema = {
  name: KEY,
  type: "array",
  itemType: "string",
  required: false,
  custom: true,
};
const SCHEMA: DirectorySchema = {
  origin: "org",
  attributes: new Map([[KEY, LIST]]),
  loginPattern: null,
};
const NOTHING_ELSE = { password: undefined, groups: undefined };

/**
 * Plans where the names of a record's own groups come from: a column, a path, or an expression. They
 * are a list, or text divided by `;`. A path goes into every object of a list, such as those that were
 * joined: `memberships.name`; a list in which nothing has its key is an issue.
 */
export function planGroups(
  from: { readonly text: string; readonly line: number } | undefined,
  { head, hidden }: { readonly head: SourceHead; readonly hidden: ReadonlySet<string> },
): GroupsPlanning {
  if (from === undefined) return { plan: undefined, columns: [], notes: [], mistakes: [] };
  const rule = { attribute: KEY, line: from.line, fallback: undefined };
  const value = { kind: "text", text: from.text } as const;
  const planned = planProfile([{ ...rule, value }], { head, schema: SCHEMA, hidden });
  const path = findColumnPath(from.text, new Set(head.columns));
  return {
    plan: { namesOf: (record) => namesOf(record, planned.plans, path) },
    columns: planned.plans.flatMap(({ columns }) => columns),
    notes: planned.notes,
    mistakes: planned.mistakes.map((mistake) => ({ ...mistake, path: KEY })),
  };
}

function namesOf(
  record: SourceRecord,
  plans: readonly AttributePlan[],
  path: ColumnPath | undefined,
): readonly string[] | Issue {
  let read = plans;
  if (path !== undefined && path.keys.length > 0) {
    const found = dig(lookInto(record, path), path.keys);
    if (found instanceof LackedKey) return lackedKeyIssue(path.path, found);
    read = plans.map((plan) => ({ ...plan, read: () => found }));
  }
  const { draft, issues } = mapRecord(record, read, NOTHING_ELSE);
  const [issue] = issues;
  if (issue !== undefined) return issue;
  const names = draft.profile[KEY];
  return isList(names) ? unique(names.map(String)) : [];
}

/** A key that nothing in a list has, which is misspelt rather than empty everywhere. */
class LackedKey {
  readonly key: string;

  constructor(key: string) {
    this.key = key;
  }
}

/** What stands behind the keys; of a list, what stands there in each of its elements. */
function dig(
  value: SourceValue | undefined,
  [key, ...rest]: readonly string[],
): SourceValue | undefined | LackedKey {
  if (key === undefined || typeof value !== "object" || value === null) {
    return key === undefined ? value : undefined;
  }
  if (Object.hasOwn(value, key)) {
    return dig((value as Readonly<Record<string, SourceValue>>)[key], rest);
  }
  if (!isList(value)) return undefined;
  const elements = value.filter((element) => element !== null);
  const having = elements.filter(
    (element) => typeof element === "object" && element !== null && Object.hasOwn(element, key),
  );
  if (having.length === 0) return elements.length === 0 ? undefined : new LackedKey(key);
  const found: SourceValue[] = [];
  for (const element of having) {
    const one = dig(element, [key, ...rest]);
    if (one instanceof LackedKey) return one;
    if (one !== undefined) found.push(...(isList(one) ? one : [one]));
  }
  return found;
}

function lackedKeyIssue(path: string, { key }: LackedKey): Issue {
  return {
    code: "TYPE_WRONG",
    field: KEY,
    reason: `${showName(path)} goes into a list, nothing of which has ${showName(key)}.`,
    hint: "Correct the path of groupsFrom in migration.yaml, or the record.",
  };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ""))];
}
