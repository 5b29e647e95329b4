import type { Issue, SourceRecord } from "../core/index.ts";
import type { WhereRule } from "./config/migration-config.ts";
import { ExpressionFailure } from "./expressions/compile-expression.ts";
import type { Mistake } from "./mistakes.ts";
import { compileIn, type ExpressionContext, noteStrangers } from "./plan-profile.ts";
import { conditionIssue } from "./values/issues.ts";

/** The condition of the config, ready for every record. */
export interface WherePlan {
  /** Columns that it reads. */
  readonly columns: readonly string[];
  readonly notes: readonly string[];
  readonly mistakes: readonly Mistake[];
  /** Undefined without a condition, or with a mistake in it. */
  readonly accepts: ((record: SourceRecord) => boolean | Issue) | undefined;
}

const NO_TRUTH = conditionIssue("gives neither true nor false");

/** Compiles `where`: CEL that gives true or false, over the columns that are no password material. */
export function planWhere(where: WhereRule | undefined, context: ExpressionContext): WherePlan {
  if (where === undefined) return { columns: [], notes: [], mistakes: [], accepts: undefined };
  const mistaken = (text: string): WherePlan => {
    const mistakes = [{ line: where.line, path: "where", text }];
    return { columns: [], notes: [], mistakes, accepts: undefined };
  };
  const compiled = compileIn(context, where.expression.trim());
  if (typeof compiled === "string") return mistaken(compiled);
  if (compiled.type !== "bool" && compiled.type !== "dyn") {
    return mistaken(
      `The expression gives ${compiled.type}, and must be true or false: write a comparison, such as \`status == "active"\`.`,
    );
  }
  return {
    columns: [...compiled.columns],
    notes: noteStrangers("where", compiled, context),
    mistakes: [],
    accepts: (record) => {
      const given = compiled.evaluate(record);
      if (typeof given === "boolean") return given;
      return given instanceof ExpressionFailure ? conditionIssue(given.what) : NO_TRUTH;
    },
  };
}
