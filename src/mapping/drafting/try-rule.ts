import type { SourceRecord, ValueChange } from "../../core/index.ts";
import { buildCleaner } from "../cleaning/build-cleaner.ts";
import type { CleanRule } from "../cleaning/clean-rule.ts";
import { readColumnPath } from "../values/column-path.ts";
import type { ColumnFacts } from "./looking/column-look.ts";

/** What a cleaning rule would do to the values of a column that were kept. */
export interface TriedRule {
  /** Part of the values that it can read, from 0 to 1. */
  readonly readPart: number;
  /** Whether it takes something from one of them that can't be had back. */
  readonly loses: boolean;
}

/** Tries a rule on all values of a column that has a few of them, else on those of the first records. */
export function tryRule(
  rule: CleanRule,
  column: ColumnFacts,
  records: readonly SourceRecord[],
): TriedRule {
  const cleaner = buildCleaner("", [rule], false);
  let tried = 0;
  let unread = 0;
  let loses = false;
  for (const [value, count] of valuesOf(column, records)) {
    const changes: ValueChange[] = [];
    cleaner.clean(value, changes);
    tried += count;
    if (changes.some(({ kind }) => kind === "unread")) unread += count;
    loses ||= changes.some(({ kind }) => kind === "lossy");
  }
  return { readPart: tried === 0 ? 1 : 1 - unread / tried, loses };
}

/** Values with how many records they stand for. */
function valuesOf(
  column: ColumnFacts,
  records: readonly SourceRecord[],
): readonly (readonly [string | number | boolean, number])[] {
  if (column.choices !== undefined) return column.choices;
  return records.flatMap((record) => {
    const value = readColumnPath(record, column);
    const isScalar = typeof value !== "object" && value !== undefined;
    return isScalar && value !== "" ? [[value, 1] as const] : [];
  });
}
