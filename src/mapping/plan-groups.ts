import type {
  AttributeSchema,
  DirectorySchema,
  Issue,
  SourceHead,
  SourceRecord,
  SourceValue,
} from "../core/index.ts";
import type { Mistake } from "./mistakes.ts";
import { mapRecord } from "./map-record.ts";
import { planProfile } from "./plan-profile.ts";
import { findColumnPath, readColumnPath } from "./values/column-path.ts";

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

/**
 * Plans where the names of a record's own groups come from: a column, a path, or an expression. They
 * are a list, or text divided by `;`. A path goes into every object of a list, such as those that were
 * joined: `memberships.name`.
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
  const [column, key] = [path?.column, path?.keys.at(-1)];
  const named = (record: SourceRecord): readonly string[] | Issue => {
    const { draft, issues } = mapRecord(record, planned.plans, NOTHING_ELSE);
    const [issue] = issues;
    if (issue !== undefined) return issue;
    const found = draft.profile[KEY];
    return Array.isArray(found) ? found.map(String) : [];
  };
  return {
    plan: {
      namesOf: (record) => {
        const joined =
          column === undefined || key === undefined || path?.keys.length !== 1
            ? undefined
            : eachOf(readColumnPath(record, { column, keys: [], path: column }), key);
        const names = joined ?? named(record);
        return "code" in names ? names : unique(names);
      },
    },
    columns: planned.plans.flatMap(({ columns }) => columns),
    notes: planned.notes,
    mistakes: planned.mistakes.map((mistake) => ({ ...mistake, path: KEY })),
  };
}

const NOTHING_ELSE = { password: undefined, groups: undefined };

/** The texts of one key in each object of a list; undefined where there is no such list. */
function eachOf(value: SourceValue | undefined, key: string): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: SourceValue) => {
    const isObject = typeof item === "object" && item !== null && !Array.isArray(item);
    if (!isObject || !Object.hasOwn(item, key)) return [];
    const found = (item as Readonly<Record<string, SourceValue>>)[key];
    return typeof found === "string" || typeof found === "number" ? [String(found)] : [];
  });
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ""))];
}
