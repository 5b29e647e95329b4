import type { SourceRecord, SourceValue } from "../../core/index.ts";

/** A column, or a key inside the objects of a column. */
export interface ColumnPath {
  readonly column: string;
  /** Keys from the column's object inwards; empty for the column itself. */
  readonly keys: readonly string[];
  /** The column and the keys, joined by dots. */
  readonly path: string;
}

const DOTTED = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;

/**
 * Finds what a bare name means: the column of exactly that name, else, for `address.city`, the key
 * `city` inside the column `address`. Undefined when it is neither.
 */
export function findColumnPath(text: string, columns: ReadonlySet<string>): ColumnPath | undefined {
  if (columns.has(text)) return { column: text, keys: [], path: text };
  if (!DOTTED.test(text)) return undefined;
  const [column = "", ...keys] = text.split(".");
  return columns.has(column) ? { column, keys, path: text } : undefined;
}

/** The value at a path; undefined when the record does not go so far. */
export function readColumnPath(record: SourceRecord, path: ColumnPath): SourceValue | undefined {
  let value = record.fields.get(path.column);
  for (const key of path.keys) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, SourceValue>>)[key];
  }
  return value;
}
