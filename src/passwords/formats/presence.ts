import type { SourceValue } from "../../core/index.ts";

/** Whether a source has nothing there: no value, `null`, or text of white space only. */
export function isAbsent(found: SourceValue | undefined): found is "" | null | undefined {
  return (
    found === undefined || found === null || (typeof found === "string" && found.trim() === "")
  );
}
