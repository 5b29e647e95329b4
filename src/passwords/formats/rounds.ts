import type { SourceValue } from "../../core/index.ts";
import { isAbsent } from "./presence.ts";

/** More rounds than any system uses; beyond them a check would take minutes. */
export const MAX_ROUNDS = 10_000_000;

/**
 * Reads a number of rounds that stands beside a hash, as a number or as its digits.
 *
 * @returns undefined when there is none; NaN when it is no whole number from 1 to {@link MAX_ROUNDS}
 */
export function readRounds(found: SourceValue | undefined): number | undefined {
  if (isAbsent(found)) return undefined;
  const rounds =
    typeof found === "string" && /^\s{0,20}\d{1,8}\s{0,20}$/.test(found) ? Number(found) : found;
  if (typeof rounds !== "number" || !Number.isSafeInteger(rounds)) return Number.NaN;
  return rounds >= 1 && rounds <= MAX_ROUNDS ? rounds : Number.NaN;
}
