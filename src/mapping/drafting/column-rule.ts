import type { SourceHead } from "../../core/index.ts";
import { holdsStoredHash } from "../../passwords/formats/index.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import { readByExpression } from "./settle-names.ts";
import { yamlScalar } from "./yaml-text.ts";

const MAX_NAME = 1_000;
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * How `profile` names a column, as YAML; undefined where it can't: a name that is empty, too long or
 * a hash itself, and a key that another column's name hides.
 */
export function profileRule(facts: ColumnFacts, head: SourceHead): string | undefined {
  const { column, keys, path } = facts;
  if (!canBeNamed(path)) return undefined;
  const isKnown = head.columns.includes(column);
  if (keys.length > 0) {
    return isKnown && !head.columns.includes(path) ? yamlScalar(path) : undefined;
  }
  if (isKnown) {
    return column.trim() === column ? yamlScalar(column) : `{from: ${yamlScalar(column)}}`;
  }
  // The first records do not have it, and a bare name must be theirs.
  return UNPRINTABLE.test(column) ? undefined : yamlScalar(readByExpression(facts));
}

/** How `password` names a column, as YAML; undefined where it can't. */
export function passwordRule(facts: ColumnFacts, head: SourceHead): string | undefined {
  const { column, keys, path } = facts;
  if (!canBeNamed(path) || path.trim() !== path || !head.columns.includes(column)) return undefined;
  return keys.length > 0 && head.columns.includes(path) ? undefined : yamlScalar(path);
}

function canBeNamed(path: string): boolean {
  return path.trim() !== "" && path.length <= MAX_NAME && !holdsStoredHash(path);
}
