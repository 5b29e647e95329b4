import type {
  Issue,
  PasswordMaterial,
  ProfileValue,
  SourceRecord,
  ValueChange,
} from "../core/index.ts";
import { UnreadValue } from "./cleaning/build-cleaner.ts";
import { ExpressionFailure } from "./expressions/compile-expression.ts";
import type { MappedRecord } from "./mapping.ts";
import type { PasswordPlan } from "./password/plan-password.ts";
import type { GroupsPlan } from "./plan-groups.ts";
import type { AttributePlan } from "./plan-profile.ts";
import { ValueFault } from "./values/convert-value.ts";
import { expressionIssue, unreadIssue, valueIssue } from "./values/issues.ts";

const NO_PASSWORD: PasswordMaterial = { kind: "none" };
const NO_ISSUES: readonly Issue[] = [];
const NO_CHANGES: readonly ValueChange[] = [];

/** What of a record is no attribute. */
export interface RecordParts {
  readonly password: PasswordPlan | undefined;
  readonly groups: GroupsPlan | undefined;
}

/** Turns one record into a draft by the plans of its attributes and of its password. */
export function mapRecord(
  record: SourceRecord,
  plans: readonly AttributePlan[],
  { password, groups }: RecordParts,
): MappedRecord {
  const profile: Record<string, ProfileValue> = {};
  const changes: ValueChange[] = [];
  let issues: Issue[] | undefined;
  for (const plan of plans) {
    const value = valueOf(plan, record, changes);
    if (value === undefined) continue;
    if (value instanceof ValueFault) {
      (issues ??= []).push(valueIssue(plan.attribute, value));
    } else if (value instanceof ExpressionFailure) {
      (issues ??= []).push(expressionIssue(plan.attribute, value));
    } else if (value instanceof UnreadValue) {
      (issues ??= []).push(unreadIssue(plan.attribute, value));
    } else {
      profile[plan.attribute] = value;
    }
  }
  const named = groups?.namesOf(record);
  if (named !== undefined && "code" in named) (issues ??= []).push(named);
  const login = profile["login"];
  return {
    draft: {
      seq: record.seq,
      line: record.line,
      login: typeof login === "string" ? login : "",
      profile,
      password: password === undefined ? NO_PASSWORD : password.readMaterial(record),
      ...(named === undefined || "code" in named ? {} : { groups: named }),
    },
    issues: issues ?? NO_ISSUES,
    changes: changes.length === 0 ? NO_CHANGES : changes,
  };
}

function valueOf(
  plan: AttributePlan,
  record: SourceRecord,
  changes: ValueChange[],
): ProfileValue | undefined | ValueFault | ExpressionFailure | UnreadValue {
  const found = plan.read(record);
  if (found instanceof ExpressionFailure) return found;
  const cleaned = plan.cleaner === undefined ? found : plan.cleaner.clean(found, changes);
  if (cleaned instanceof UnreadValue) return cleaned;
  return plan.convert(cleaned) ?? plan.fallback;
}
