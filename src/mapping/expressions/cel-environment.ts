import { Environment } from "@marcbachmann/cel-js";

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LIMITS = {
  maxAstNodes: 5_000,
  maxDepth: 64,
  maxListElements: 1_000,
  maxMapEntries: 1_000,
  maxCallArguments: 8,
};
/** Names that mean something to CEL itself: a column of such a name is reached by `row["…"]`. */
export const CEL_WORDS: ReadonlySet<string> = new Set([
  ..."bool bytes cel double dyn int list map null_type optional row string type uint".split(" "),
  ..."as break const continue else false for function if import in let loop namespace".split(" "),
  ..."null package prototype return true var void while".split(" "),
]);
const SYNC = { async: false };

/**
 * The expression language for the columns of one source: CEL, with the record as `row`, every
 * column whose name is an identifier as a variable, and a few functions for text.
 *
 * @param columns those that an expression may use
 */
export function createEnvironment(columns: Iterable<string>): Environment {
  const environment = new Environment({ limits: LIMITS, homogeneousAggregateLiterals: false });
  environment.registerVariable("row", "map");
  for (const column of columns) {
    if (IDENTIFIER.test(column) && column !== "__proto__" && !CEL_WORDS.has(column)) {
      environment.registerVariable(column, "dyn");
    }
  }
  registerTextFunctions(environment);
  registerArithmetic(environment);
  return environment;
}

function registerTextFunctions(environment: Environment): void {
  environment.registerFunction("string.lower(): string", lower, SYNC);
  environment.registerFunction("string.upper(): string", upper, SYNC);
  environment.registerFunction("string.replace(string, string): string", replace, SYNC);
  environment.registerFunction("first(dyn): dyn", first, SYNC);
  environment.registerFunction("coalesce(dyn, dyn): dyn", coalesce, SYNC);
  environment.registerFunction("coalesce(dyn, dyn, dyn): dyn", coalesce, SYNC);
  environment.registerFunction("coalesce(dyn, dyn, dyn, dyn): dyn", coalesce, SYNC);
}

function lower(text: string): string {
  return text.toLowerCase();
}

function upper(text: string): string {
  return text.toUpperCase();
}

function replace(text: string, search: string, replacement: string): string {
  return text.replaceAll(search, () => replacement);
}

/** The first of several values; one alone as it is; `""` where there is none. */
function first(found: unknown): unknown {
  const value: unknown = Array.isArray(found) ? found[0] : found;
  return value ?? "";
}

/** The first value that is neither missing nor text of white space only, else `""`. */
function coalesce(...values: unknown[]): unknown {
  const found = values.find(
    (value) => value !== null && !(typeof value === "string" && value.trim() === ""),
  );
  return found ?? "";
}

/**
 * CEL keeps whole numbers and others apart, and a number in JSON may be meant as either. The return
 * type matters: without it CEL takes that of the left side, and fails on what the result is used for.
 */
function registerArithmetic(environment: Environment): void {
  for (const [sign, calculate] of Object.entries(ARITHMETIC)) {
    environment.registerOperator(
      `double ${sign} int: double`,
      (left: number, right: bigint): number => calculate(left, Number(right)),
    );
    environment.registerOperator(
      `int ${sign} double: double`,
      (left: bigint, right: number): number => calculate(Number(left), right),
    );
  }
}

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
};
