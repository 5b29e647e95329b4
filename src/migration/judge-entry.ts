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
} from "../core/index.ts";
import { type CreateDecision, decideAction } from "../validation/index.ts";

/** What turns a source record into a new user: the same for a check, a plan and the sending. */
export interface RecordRules {
  readonly scenario: Scenario;
  /** What becomes of a record whose password can't be carried. @default "reject" */
  readonly otherwise: OtherwiseRoute;
  /** Okta ids of the groups of everyone that the run creates; at most 20. */
  readonly groupIds: readonly string[];
  /** Total: what can't be mapped is an issue. */
  map(record: SourceRecord): { readonly draft: UserDraft; readonly issues: readonly Issue[] };
  validate(draft: UserDraft): readonly Issue[];
  /** The columns of a record that reports may show. */
  show(record: SourceRecord): ShownFields;
}

const UNREADABLE: RoutedPassword = { label: "unreadable", route: "rejected" };

/** A source entry with what is to be done with it. */
export interface JudgedEntry {
  readonly position: SourcePosition;
  /** The mapped login; `""` where there is none. */
  readonly login: string;
  readonly verdict: CreateDecision;
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
      fields: () => ({}),
    };
  }
  const { draft, issues: mappingIssues } = rules.map(record);
  const issues = [...(record.issues ?? []), ...mappingIssues, ...rules.validate(draft)];
  return {
    position,
    login: draft.login,
    verdict: decideAction({
      draft,
      issues,
      scenario: rules.scenario,
      otherwise: rules.otherwise,
      groupIds: rules.groupIds,
    }),
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
