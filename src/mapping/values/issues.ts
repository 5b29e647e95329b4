import type { Issue } from "../../core/index.ts";
import type { UnreadValue } from "../cleaning/build-cleaner.ts";
import type { ExpressionFailure } from "../expressions/compile-expression.ts";
import type { ValueFault } from "./convert-value.ts";

/** An expression failed for this record. */
export function expressionIssue(attribute: string, failure: ExpressionFailure): Issue {
  return {
    code: "EXPRESSION_FAILED",
    field: attribute,
    reason: `The expression for ${attribute} ${failure.what}.`,
    hint: "Let the expression allow for what this record lacks, or complete the record.",
  };
}

/** A cleaning rule can't read a value; the value is not quoted. */
export function unreadIssue(attribute: string, { wanted }: UnreadValue): Issue {
  return {
    code: "VALUE_UNREAD",
    field: attribute,
    reason: `${attribute} can't be read as ${wanted}, which its cleaning rule asks for.`,
    hint: "Mend the value in the source, or give the rule `unread: keep` in migration.yaml.",
  };
}

/** The condition of the config can't be worked out for this record. */
export function conditionIssue(what: string): Issue {
  return {
    code: "CONDITION_FAILED",
    field: "where",
    reason: `Whether the record is to be migrated is not known: the expression of where ${what}.`,
    hint: "Let the expression allow for what this record lacks, or complete the record.",
  };
}

/** A value can't become what the attribute holds; the value is not quoted. */
export function valueIssue(attribute: string, fault: ValueFault): Issue {
  if (fault.code === "NUMBER_IMPRECISE") {
    return {
      code: fault.code,
      field: attribute,
      reason: `${attribute} is a whole number beyond 9,007,199,254,740,991, whose last digits are lost.`,
      hint: "Make the attribute a text in the org, and give the number as text in the source.",
    };
  }
  return {
    code: fault.code,
    field: attribute,
    reason: `${attribute} must be ${fault.wanted}, and ${fault.found} was found.`,
    hint:
      fault.found === "a list"
        ? "Take one of the values in the mapping, as `first(…)` does, or mend it in the source."
        : "Convert the value in the mapping, or mend it in the source.",
  };
}
