import type { Condition, Expression, Literal, Operator } from "./search-expression.ts";
import { NEVER } from "./user-record.ts";

/** What is searched, by the names of its attributes. */
export interface Subject {
  /** The instant that an attribute holds, {@link NEVER} included; undefined when it holds none ever. */
  instantOf(attribute: string): number | undefined;
  /** What any other attribute holds. */
  valueOf(attribute: string): unknown;
}

/** How values are compared. */
export interface Comparison {
  /** Whether the case of values does not count, as in `search`; diacritics always do. */
  readonly foldCase: boolean;
  /** The instant that a text in ISO 8601 means. */
  instantOf(iso: string): number;
}

/** Whether something meets an expression. @see docs/okta/lookup.md#expressions */
export function meets(subject: Subject, expression: Expression, how: Comparison): boolean {
  if ("attribute" in expression) return meetsOne(subject, expression, how);
  const { joint, terms } = expression;
  return joint === "and"
    ? terms.every((term) => meets(subject, term, how))
    : terms.some((term) => meets(subject, term, how));
}

function meetsOne(
  subject: Subject,
  { attribute, operator, value }: Condition,
  how: Comparison,
): boolean {
  const instant = subject.instantOf(attribute);
  if (instant === NEVER) return false;
  if (instant !== undefined) {
    return operator === "pr" || holds(instant - how.instantOf(String(value)), operator);
  }
  const found = subject.valueOf(attribute);
  const values: readonly unknown[] = Array.isArray(found) ? found : [found];
  return values.some((each) => matches(each, operator, { value, foldCase: how.foldCase }));
}

function matches(
  found: unknown,
  operator: Operator,
  { value, foldCase }: { readonly value: Literal; readonly foldCase: boolean },
): boolean {
  if (found === undefined || found === null || found === "") return false;
  if (operator === "pr") return true;
  if (typeof found === "number" && typeof value === "number") return holds(found - value, operator);
  const [left, right] = foldCase
    ? [textOf(found).toLowerCase(), textOf(value).toLowerCase()]
    : [textOf(found), textOf(value)];
  if (operator === "sw") return left.startsWith(right);
  if (operator === "co") return left.includes(right);
  return holds(left < right ? -1 : Number(left > right), operator);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function holds(difference: number, operator: Operator): boolean {
  switch (operator) {
    case "eq":
      return difference === 0;
    case "gt":
      return difference > 0;
    case "ge":
      return difference >= 0;
    case "lt":
      return difference < 0;
    case "le":
      return difference <= 0;
    case "pr":
    case "sw":
    case "co":
      return false;
  }
}
