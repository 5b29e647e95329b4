import type { SourceValue } from "../../core/index.ts";

/** Whether something of a source is several values. */
export function isList(found: unknown): found is readonly SourceValue[] {
  return Array.isArray(found);
}
