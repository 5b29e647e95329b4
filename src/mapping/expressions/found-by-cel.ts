import type { SourceValue } from "../../core/index.ts";
import type { FoundValue } from "../values/convert-value.ts";
import { ExpressionFailure } from "./compile-expression.ts";

/** What CEL gave as a value that can be converted; what no profile can hold becomes an object. */
export function foundByCel(given: unknown): FoundValue | ExpressionFailure {
  if (given instanceof ExpressionFailure) return given;
  if (typeof given === "number" && !Number.isFinite(given)) {
    return new ExpressionFailure("gives no number");
  }
  return typeof given === "bigint" ? given : toSourceValue(given, 0);
}

const NO_VALUE: SourceValue = {};
const MAX_DEPTH = 4;

function toSourceValue(given: unknown, depth: number): SourceValue {
  if (typeof given === "string" || typeof given === "number" || typeof given === "boolean") {
    return given;
  }
  if (typeof given === "bigint") return Number(given);
  if (given === null) return null;
  if (typeof given !== "object") return NO_VALUE;
  if (given instanceof Date) return toInstant(given);
  if (Array.isArray(given) && depth < MAX_DEPTH) {
    return given.map((item: unknown) => toSourceValue(item, depth + 1));
  }
  return isUnsigned(given) ? Number(given.valueOf()) : NO_VALUE;
}

function toInstant(date: Date): SourceValue {
  return Number.isNaN(date.getTime()) ? NO_VALUE : date.toISOString();
}

/** CEL's `uint` is an object around a bigint; a record's own object may have any key. */
function isUnsigned(given: object): boolean {
  const { valueOf } = given as { readonly valueOf?: unknown };
  return typeof valueOf === "function" && typeof given.valueOf() === "bigint";
}
