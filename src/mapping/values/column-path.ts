import type { SourceRecord, SourceValue } from "../../core/index.ts";

/** A column, or a key inside the objects of a column. */
export interface ColumnPath {
  readonly column: string;
  /** Keys from the column's object inwards; empty for the column itself. */
  readonly keys: readonly string[];
  /** The column and the keys, joined by dots. */
  readonly path: string;
}

const DOTTED = /^[A-Za-z_]\w*(?:\.[\w$-]+)+$/;
/** Longer text is no object that a path would go into. */
const MAX_JSON_LENGTH = 65_536;

/**
 * Finds what a bare name means: the column of exactly that name, else, for `address.city`, the key
 * `city` inside the column `address`; for `emails.0`, the first of the list `emails`. Undefined when it
 * is neither.
 */
export function findColumnPath(text: string, columns: ReadonlySet<string>): ColumnPath | undefined {
  if (columns.has(text)) return { column: text, keys: [], path: text };
  if (!DOTTED.test(text)) return undefined;
  const [column = "", ...keys] = text.split(".");
  return columns.has(column) ? { column, keys, path: text } : undefined;
}

/**
 * The value at a path; undefined when the record does not go so far. A column that holds the JSON text
 * of an object or a list is looked into as well.
 */
export function readColumnPath(record: SourceRecord, path: ColumnPath): SourceValue | undefined {
  let value = path.keys.length > 0 ? lookInto(record, path) : record.fields.get(path.column);
  for (const key of path.keys) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, SourceValue>>)[key];
  }
  return value;
}

/** The object or list of a column, also where it is JSON text of one; no other text. */
export function lookInto(
  record: SourceRecord,
  { column }: Pick<ColumnPath, "column">,
): SourceValue | undefined {
  const value = record.fields.get(column);
  return typeof value === "string" ? parseJson(value) : value;
}

function parseJson(text: string): SourceValue | undefined {
  if (text.length > MAX_JSON_LENGTH || !/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as SourceValue;
  } catch {
    return undefined;
  }
}
