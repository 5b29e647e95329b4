import type { Environment } from "@marcbachmann/cel-js";

import type { SourceRecord } from "../../core/index.ts";
import { isAbsent } from "../../passwords/formats/index.ts";
import { CEL_WORDS } from "./cel-environment.ts";
import { findUsedNames, type UsedNames } from "./used-names.ts";

/** An expression that is ready to be worked out for every record. */
export interface CompiledExpression {
  readonly kind: "compiled";
  /** Columns that it uses by name, as variables or as keys of `row`. */
  readonly columns: ReadonlySet<string>;
  /** CEL's name of the type that it gives, such as `bool`; `dyn` where only a record can tell. */
  readonly type: string;
  /** What CEL gives for a record, or why it gives nothing. Never throws. */
  evaluate(record: SourceRecord): unknown;
}

/** Why a text is no expression over the columns that there are. */
export type ExpressionProblem =
  | { readonly kind: "unknown-variable"; readonly name: string }
  | { readonly kind: "invalid"; readonly reason: string };

/** An expression that could not be worked out for a record. */
export class ExpressionFailure {
  /** Completes "The expression …"; quotes no value. */
  readonly what: string;

  constructor(what: string) {
    this.what = what;
  }
}

/**
 * Compiles a CEL expression once.
 *
 * A column that is missing or `null` counts as `""`. Regular expressions are refused, since some
 * take longer than anyone waits.
 *
 * @param options `hidden` columns do not exist for the expression
 */
export function compileExpression(
  text: string,
  options: { readonly environment: Environment; readonly hidden: ReadonlySet<string> },
): CompiledExpression | ExpressionProblem {
  const { environment, hidden } = options;
  let program: ReturnType<Environment["parse"]>;
  let used: UsedNames;
  try {
    program = environment.parse(text);
    used = findUsedNames(program.ast);
  } catch (error) {
    return { kind: "invalid", reason: `it can't be read: ${describe(error)}` };
  }
  if (used.calls.has("matches")) {
    const reason =
      "`matches` is not available; use `contains`, `startsWith`, `endsWith` or `split`";
    return { kind: "invalid", reason };
  }
  const { valid, error, type } = program.check();
  if (!valid) return explainCheck(error);
  const columns = [...used.identifiers].filter(
    (name) => name !== "row" && environment.hasVariable(name) && !CEL_WORDS.has(name),
  );
  return {
    kind: "compiled",
    columns: new Set([...columns, ...used.rowKeys, ...used.testedKeys]),
    type: type ?? "dyn",
    evaluate: (record) => evaluate(program, buildContext(record, columns, used, hidden)),
  };
}

function buildContext(
  record: SourceRecord,
  columns: readonly string[],
  used: UsedNames,
  hidden: ReadonlySet<string>,
): Record<string, unknown> {
  const context = Object.create(null) as Record<string, unknown>;
  for (const column of columns) context[column] = record.fields.get(column) ?? "";
  if (used.usesWholeRow || used.rowKeys.size > 0 || used.testedKeys.size > 0) {
    context["row"] = buildRow(record, used, hidden);
  }
  return context;
}

function buildRow(
  record: SourceRecord,
  used: UsedNames,
  hidden: ReadonlySet<string>,
): ReadonlyMap<string, unknown> {
  const row = new Map<string, unknown>();
  if (used.usesWholeRow) {
    for (const [name, value] of record.fields) {
      if (!hidden.has(name) && !used.testedKeys.has(name)) row.set(name, value ?? "");
    }
  }
  for (const key of used.rowKeys) {
    if (!used.testedKeys.has(key)) row.set(key, record.fields.get(key) ?? "");
  }
  for (const key of used.testedKeys) {
    const value = record.fields.get(key);
    if (!isAbsent(value)) row.set(key, value);
  }
  return row;
}

function evaluate(
  program: ReturnType<Environment["parse"]>,
  context: Record<string, unknown>,
): unknown {
  try {
    return program(context) as unknown;
  } catch (error) {
    return new ExpressionFailure(FAILURES[codeOf(error)] ?? "can't be worked out");
  }
}

/** In place of CEL's own words, which quote values of the record. */
const FAILURES: Readonly<Record<string, string>> = {
  no_such_key: "asks for a key that this record does not have",
  no_such_overload: "joins values whose types do not fit together",
  no_matching_overload: "calls a function with a value of the wrong type",
  index_out_of_bounds: "asks for an element that a list does not have",
  index_out_of_range: "asks for a part that a text does not have",
  invalid_condition_type: "has a condition that is neither true nor false",
  int_conversion_error: "reads a number from a text that is none",
  double_conversion_error: "reads a number from a text that is none",
  bool_conversion_error: "reads true or false from a text that is neither",
};

function explainCheck(error: unknown): ExpressionProblem {
  const summary = describe(error);
  if (codeOf(error) !== "unknown_variable") return { kind: "invalid", reason: summary };
  return { kind: "unknown-variable", name: summary.slice(summary.indexOf(":") + 1).trim() };
}

function codeOf(error: unknown): string {
  return hasText(error, "code") ? error.code : "";
}

/** CEL's own words on an expression as written; no record is involved. */
function describe(error: unknown): string {
  return hasText(error, "summary") ? error.summary : "it is too large";
}

function hasText<Key extends string>(value: unknown, key: Key): value is Record<Key, string> {
  return (
    typeof value === "object" &&
    value !== null &&
    key in value &&
    typeof (value as Record<string, unknown>)[key] === "string"
  );
}
