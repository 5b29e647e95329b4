import type { Environment } from "@marcbachmann/cel-js";

import type { DirectorySchema, ProfileValue, SourceHead, SourceRecord } from "../core/index.ts";
import type { Cleaner } from "./cleaning/build-cleaner.ts";
import type { ProfileRule } from "./config/migration-config.ts";
import { findNearest, suggest } from "./did-you-mean.ts";
import { CEL_WORDS, createEnvironment } from "./expressions/cel-environment.ts";
import {
  type CompiledExpression,
  compileExpression,
  type ExpressionFailure,
} from "./expressions/compile-expression.ts";
import { foundByCel } from "./expressions/found-by-cel.ts";
import { judgeAttribute } from "./judge-attribute.ts";
import type { Mistake } from "./mistakes.ts";
import { printableText, showColumns, showName } from "./show-name.ts";
import { isSecretName } from "./secret-names.ts";
import { type ColumnPath, findColumnPath, readColumnPath } from "./values/column-path.ts";
import {
  converterFor,
  type FoundValue,
  type ValueConverter,
  ValueFault,
} from "./values/convert-value.ts";

/** How one attribute gets its value, ready for every record. */
export interface AttributePlan {
  readonly attribute: string;
  readonly kind: "column" | "expression" | "constant";
  /** The rule's text as it stands; {@link printableText} before it is shown. */
  readonly from: string;
  /** Columns that it reads. */
  readonly columns: readonly string[];
  readonly convert: ValueConverter;
  readonly fallback: ProfileValue | undefined;
  /** What is done to what was read before it is converted; undefined: nothing. */
  readonly cleaner?: Cleaner;
  /** Never throws. */
  read(record: SourceRecord): FoundValue | ExpressionFailure;
}

/** Plans of all attributes, and what was found on the way to them. */
export interface ProfilePlanning {
  readonly plans: readonly AttributePlan[];
  readonly notes: readonly string[];
  readonly mistakes: readonly Mistake[];
}

/** What expressions are compiled for: one source, and the columns that they may read. */
export interface ExpressionContext {
  readonly columns: ReadonlySet<string>;
  /** Columns of password material, which no attribute may read. */
  readonly hidden: ReadonlySet<string>;
  readonly environment: Environment;
}

interface Context extends ExpressionContext {
  readonly schema: DirectorySchema;
  readonly notes: string[];
}

/** The context of a source's expressions; columns of password material do not exist in it. */
export function openContext(head: SourceHead, hidden: ReadonlySet<string>): ExpressionContext {
  const usable = head.columns.filter((column) => !hidden.has(column));
  return { columns: new Set(head.columns), hidden, environment: createEnvironment(usable) };
}

/** The plan of an attribute that is one column. */
export function planColumn(
  attribute: string,
  column: string,
  schema: DirectorySchema,
): AttributePlan {
  return {
    attribute,
    kind: "column",
    from: column,
    columns: [column],
    convert: converterFor(schema.attributes.get(attribute)),
    fallback: undefined,
    read: (record) => record.fields.get(column),
  };
}

/** Plans the attributes by the rules of the config. */
export function planProfile(
  rules: readonly ProfileRule[],
  {
    head,
    schema,
    hidden,
  }: {
    readonly head: SourceHead;
    readonly schema: DirectorySchema;
    readonly hidden: ReadonlySet<string>;
  },
): ProfilePlanning {
  const notes: string[] = [];
  const context: Context = { ...openContext(head, hidden), schema, notes };
  const plans: AttributePlan[] = [];
  const mistakes: Mistake[] = [];
  const mapped = new Set(rules.map(({ attribute }) => attribute));
  for (const rule of rules) {
    if (rule.value.kind === "none") continue;
    const judged = judgeAttribute(rule.attribute, schema, mapped);
    if (judged?.kind === "note") notes.push(judged.text);
    const planned = judged?.kind === "mistake" ? judged.text : planRule(rule, context);
    if (typeof planned === "string") {
      mistakes.push({ line: rule.line, path: `profile.${rule.attribute}`, text: planned });
    } else {
      plans.push(planned);
      notes.push(...noteSecrets(planned));
    }
  }
  return { plans, notes, mistakes };
}

function planRule(rule: ProfileRule, context: Context): AttributePlan | string {
  const convert = converterFor(context.schema.attributes.get(rule.attribute));
  const fallback = rule.fallback === undefined ? undefined : convert(rule.fallback);
  if (fallback instanceof ValueFault) return `Its default must be ${fallback.wanted}.`;
  const base = { attribute: rule.attribute, convert, fallback };
  switch (rule.value.kind) {
    case "constant": {
      const constant = convert(rule.value.constant);
      if (constant instanceof ValueFault) return `Its value must be ${constant.wanted}.`;
      const from = JSON.stringify(rule.value.constant);
      return { ...base, kind: "constant", from, columns: [], read: () => constant };
    }
    case "column":
      return planPath(rule.value.text, base, context) ?? unknownColumn(rule.value.text, context);
    case "text":
      return (
        planPath(rule.value.text, base, context) ?? planExpression(rule.value.text, base, context)
      );
    case "expression":
      return planExpression(rule.value.text, base, context);
    case "none":
      return "It has no value.";
  }
}

type Base = Pick<AttributePlan, "attribute" | "convert" | "fallback">;

function planPath(text: string, base: Base, context: Context): AttributePlan | string | undefined {
  const path = findColumnPath(text, context.columns);
  if (path === undefined) return undefined;
  if (isHidden(path, context)) return holdsPassword(text);
  return {
    ...base,
    kind: "column",
    from: text,
    columns: [path.column],
    read: (record) => readColumnPath(record, path),
  };
}

function planExpression(text: string, base: Base, context: Context): AttributePlan | string {
  const compiled = compileIn(context, text);
  if (typeof compiled === "string") return compiled;
  context.notes.push(...noteStrangers(base.attribute, compiled, context));
  return {
    ...base,
    kind: "expression",
    from: text,
    columns: [...compiled.columns],
    read: (record) => foundByCel(compiled.evaluate(record)),
  };
}

/** Compiles an expression, or says what is wrong with it. */
export function compileIn(context: ExpressionContext, text: string): CompiledExpression | string {
  const compiled = compileExpression(text, context);
  if (compiled.kind !== "compiled") {
    if (looksBare(text)) return unknownColumn(text, context);
    if (compiled.kind === "unknown-variable") return unknownColumn(compiled.name, context);
    const reason = `${printableText(compiled.reason)}.${nameClash(text, context)}`;
    return `${showName(text)} is neither a column nor an expression: ${reason}`;
  }
  const hidden = [...context.hidden].find((path) => readsPath(compiled.columns, text, path));
  return hidden === undefined ? compiled : holdsPassword(hidden);
}

/** Columns of an expression that the source is not known to have. */
export function noteStrangers(
  user: string,
  { columns }: CompiledExpression,
  context: ExpressionContext,
): readonly string[] {
  return [...columns]
    .filter((column) => !context.columns.has(column))
    .map(
      (column) =>
        `${user} uses the column ${showName(column)}, which the first records do not have.`,
    );
}

/** Whether a path is one of password material, or an object that one is in. */
function isHidden({ column, path }: ColumnPath, { hidden }: Context): boolean {
  if (hidden.has(column) || hidden.has(path)) return true;
  return [...hidden].some((secret) => secret.startsWith(`${path}.`));
}

/** Whether an expression reads a column of password material, or names a key of such in one. */
function readsPath(columns: ReadonlySet<string>, text: string, path: string): boolean {
  if (columns.has(path)) return true;
  const [column = "", ...keys] = path.split(".");
  const last = keys.at(-1);
  return last !== undefined && columns.has(column) && text.includes(last);
}

/** What to do about a column that is called as a word of CEL, where an expression uses it. */
function nameClash(text: string, { columns }: ExpressionContext): string {
  const words = text.split(/\W+/);
  const clash = [...columns].find((column) => CEL_WORDS.has(column) && words.includes(column));
  return clash === undefined ? "" : ` The column \`${clash}\` is \`row["${clash}"]\` here.`;
}

/** Whether a text has nothing that only expressions have. */
function looksBare(text: string): boolean {
  return !/["'()[\]{}+*/?<>=!&|%,]/.test(text);
}

function unknownColumn(name: string, { columns, hidden }: ExpressionContext): string {
  if (hidden.has(name)) return holdsPassword(name);
  const nearest = findNearest(name, columns);
  const start = `The source has no column ${showName(name)}.`;
  if (nearest !== undefined) return `${start}${suggest(printableText(nearest))}`;
  const rest = 'Text is written in quotes; a key that only some records have is `row["…"]`.';
  return `${start} ${showColumns([...columns])} ${rest}`;
}

function holdsPassword(column: string): string {
  return `The column ${showName(column)} holds password material, which no attribute may have.`;
}

function noteSecrets({ attribute, columns }: AttributePlan): string[] {
  return columns
    .filter((column) => isSecretName(column))
    .map((column) => `${attribute} takes ${showName(column)}, whose name says that it is secret.`);
}
