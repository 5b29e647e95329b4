import {
  type Issue,
  isUnreadable,
  type Journal,
  type OtherwiseRoute,
  type RoutedPassword,
  type Scenario,
  type ShownFields,
  type SourceEntry,
  type SourcePosition,
  type SourceRecord,
  type UserDraft,
  type ValueChange,
} from "../core/index.ts";
import type { DuplicateRule } from "../mapping/index.ts";
import { type CreateDecision, decideAction } from "../validation/index.ts";

/** What turns a source record into a new user: the same for a check, a plan and the sending. */
export interface RecordRules {
  readonly scenario: Scenario;
  /** What becomes of a record whose password can't be carried. @default "reject" */
  readonly otherwise: OtherwiseRoute;
  /** Okta ids of the groups of everyone that the run creates; at most 20. */
  readonly groupIds: readonly string[];
  /** Okta ids of further groups that a draft says itself. Total. @default none */
  readonly groupIdsOf?: ((draft: UserDraft) => readonly string[]) | undefined;
  /** Okta id of the type of everyone that the run creates. @default the org's default type */
  readonly typeId?: string | undefined;
  /** Okta id of the realm of everyone that the run creates. @default the org's default realm */
  readonly realmId?: string | undefined;
  /**
   * Whether a record is one of the run, or the issue that this is not known. Total.
   *
   * @default all are
   */
  readonly accepts?: ((record: SourceRecord) => boolean | Issue) | undefined;
  /** Total: what can't be mapped is an issue. */
  map(record: SourceRecord): {
    readonly draft: UserDraft;
    readonly issues: readonly Issue[];
    /** What cleaning rules did to its values. @default nothing */
    readonly changes?: readonly ValueChange[];
  };
  /** Which of several records with one login is sent. @default the first one */
  readonly duplicates?: DuplicateRule;
  validate(draft: UserDraft): readonly Issue[];
  /** The columns of a record that reports may show. */
  show(record: SourceRecord): ShownFields;
}

const LEFT_OUT: LeaveOut = {
  kind: "leave-out",
  password: { label: "left out", route: "rejected" },
};
const NO_FIELDS: ShownFields = {};
const NO_CHANGES: readonly ValueChange[] = [];
const UNREADABLE: RoutedPassword = { label: "unreadable", route: "rejected" };

/** The verdict on a record that is none of the run. */
export interface LeaveOut {
  readonly kind: "leave-out";
  readonly password: RoutedPassword;
}

/** A source entry with what is to be done with it. */
export interface JudgedEntry {
  readonly position: SourcePosition;
  /** The mapped login; `""` where there is none. */
  readonly login: string;
  readonly verdict: CreateDecision | LeaveOut;
  /** What cleaning rules did to its values. */
  readonly changes: readonly ValueChange[];
  /** The record as it was judged; undefined where it could not be read. */
  readonly record: SourceRecord | undefined;
  /** The columns that reports may show; none of an entry that could not be read. */
  readonly fields: () => ShownFields;
}

/** Maps and validates a batch of the source, with what the operator mended. */
export async function judgeBatch(
  batch: readonly SourceEntry[],
  rules: RecordRules,
  journal: Pick<Journal, "amendmentsBetween">,
): Promise<readonly JudgedEntry[]> {
  const first = batch[0];
  const last = batch.at(-1);
  if (first === undefined || last === undefined) return [];
  const amended = await journal.amendmentsBetween(first.seq, last.seq);
  return batch.map((entry) => judgeEntry(entry, rules, amended.get(entry.seq)));
}

/** Maps and validates one entry of the source: all its issues at once, or the user to create. */
export function judgeEntry(
  entry: SourceEntry,
  rules: RecordRules,
  amended: ShownFields | undefined,
): JudgedEntry {
  const position = positionOf(entry);
  const record = amended === undefined ? entry : amendEntry(entry, amended);
  if (isUnreadable(record)) {
    return {
      position,
      login: "",
      verdict: { kind: "reject", issues: [record.issue], password: UNREADABLE },
      changes: NO_CHANGES,
      record: undefined,
      fields: () => NO_FIELDS,
    };
  }
  const accepted = rules.accepts?.(record) ?? true;
  if (accepted === false) {
    return {
      position,
      login: "",
      verdict: LEFT_OUT,
      changes: NO_CHANGES,
      record,
      fields: () => NO_FIELDS,
    };
  }
  const { draft, issues: mappingIssues, changes = NO_CHANGES } = rules.map(record);
  const issues = [...mappingIssues, ...rules.validate(draft)];
  if (record.issues !== undefined) issues.unshift(...record.issues);
  if (accepted !== true) issues.unshift(accepted);
  return {
    position,
    login: draft.login,
    verdict: decideAction({
      draft,
      issues,
      scenario: rules.scenario,
      otherwise: rules.otherwise,
      groupIds:
        rules.groupIdsOf === undefined
          ? rules.groupIds
          : [...new Set([...rules.groupIds, ...rules.groupIdsOf(draft)])],
      typeId: rules.typeId,
      realmId: rules.realmId,
    }),
    changes,
    record,
    fields: () => rules.show(record),
  };
}

/** Where an entry stands, without its columns. */
function positionOf({ seq, line, offset }: SourceEntry): SourcePosition {
  return offset === undefined ? { seq, line } : { seq, line, offset };
}

/** The entry with the columns that the operator mended; all else stays as the source has it. */
function amendEntry(entry: SourceEntry, amended: ShownFields): SourceEntry {
  const mended = Object.entries(amended);
  if (isUnreadable(entry) && mended.length === 0) return entry;
  const fields = new Map(isUnreadable(entry) ? [] : entry.fields);
  for (const [column, value] of mended) fields.set(column, value);
  const issues = isUnreadable(entry) ? undefined : entry.issues;
  return { ...positionOf(entry), fields, ...(issues === undefined ? {} : { issues }) };
}
