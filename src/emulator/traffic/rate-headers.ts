import type { RateVerdict } from "./rate-windows.ts";
import type { RateHeaders } from "./settings.ts";

const NONE: readonly string[] = [];

/** Header lines that tell a rate limit. @see docs/okta/rate-limits.md#headers */
export function rateHeaderLines(
  verdict: Pick<RateVerdict, "limit" | "remaining" | "resetAtSeconds">,
  manner: RateHeaders,
): readonly string[] {
  if (manner === "missing") return NONE;
  const once = [
    "X-Rate-Limit-Limit",
    String(verdict.limit),
    "X-Rate-Limit-Remaining",
    String(verdict.remaining),
    "X-Rate-Limit-Reset",
    String(verdict.resetAtSeconds),
  ];
  return manner === "twice" ? [...once, ...once] : once;
}
