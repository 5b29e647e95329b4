import type { Issue, PasswordMaterial, ProfileValue, SourceRecord } from "../core/index.ts";
import { ExpressionFailure } from "./expressions/compile-expression.ts";
import type { MappedRecord } from "./mapping.ts";
import type { PasswordPlan } from "./password/plan-password.ts";
import type { AttributePlan } from "./plan-profile.ts";
import { ValueFault } from "./values/convert-value.ts";
import { expressionIssue, valueIssue } from "./values/issues.ts";

const NO_PASSWORD: PasswordMaterial = { kind: "none" };
const NO_ISSUES: readonly Issue[] = [];

/** Turns one record into a draft by the plans of its attributes and of its password. */
export function mapRecord(
  record: SourceRecord,
  plans: readonly AttributePlan[],
  password: PasswordPlan | undefined,
): MappedRecord {
  const profile: Record<string, ProfileValue> = {};
  let issues: Issue[] | undefined;
  for (const plan of plans) {
    const value = valueOf(plan, record);
    if (value === undefined) continue;
    if (value instanceof ValueFault) {
      (issues ??= []).push(valueIssue(plan.attribute, value));
    } else if (value instanceof ExpressionFailure) {
      (issues ??= []).push(expressionIssue(plan.attribute, value));
    } else {
      profile[plan.attribute] = value;
    }
  }
  const login = profile["login"];
  return {
    draft: {
      seq: record.seq,
      line: record.line,
      login: typeof login === "string" ? login : "",
      profile,
      password: password === undefined ? NO_PASSWORD : password.readMaterial(record),
    },
    issues: issues ?? NO_ISSUES,
  };
}

function valueOf(
  plan: AttributePlan,
  record: SourceRecord,
): ProfileValue | undefined | ValueFault | ExpressionFailure {
  const found = plan.read(record);
  if (found instanceof ExpressionFailure) return found;
  return plan.convert(found) ?? plan.fallback;
}
