import { ConfigError } from "../../../core/index.ts";

/** The error for a flag that makes no sense. */
export function invalid(at: string, what: string, hint: string): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}`, hint });
}

/** A whole number. @throws {ConfigError} OPTION_INVALID when it is none, or out of range */
export function readWhole(
  given: unknown,
  rule: { readonly at: string; readonly least: number; readonly most: number },
): number {
  const number = typeof given === "string" && /^\d{1,12}$/.test(given) ? Number(given) : NaN;
  if (number >= rule.least && number <= rule.most) return number;
  throw invalid(
    rule.at,
    `is not a whole number in range: ${shown(given)}`,
    `Give a whole number from ${rule.least} to ${rule.most}.`,
  );
}

/** One of a few names. @throws {ConfigError} OPTION_INVALID when it is none of them */
export function readKnown<T extends string>(
  given: unknown,
  rule: { readonly at: string; readonly known: readonly T[]; readonly what: string },
): T {
  const found = rule.known.find((name) => name === given);
  if (found !== undefined) return found;
  throw invalid(
    rule.at,
    `names no ${rule.what} known here: ${shown(given)}`,
    `Known are: ${rule.known.join(", ")}.`,
  );
}

/** What was given, short and without control characters. */
export function shown(given: unknown): string {
  return JSON.stringify(typeof given === "string" ? given.slice(0, 40) : null);
}
