import { formatCount, formatDuration, formatPercent } from "../format-number.ts";
import type { LoadProof } from "./rehearsal.ts";

/** What one window of the bucket that creates users took. */
export interface CreateWindow {
  readonly limit: number;
  readonly accepted: number;
}

/** How a load got on with the org's limits. */
export interface TrafficFacts {
  /** 429 answers, by the import's count and by the org's. */
  readonly rateLimited: { readonly told: number; readonly given: number };
  /** In order; the first and the last are no whole ones. */
  readonly windows: readonly CreateWindow[];
  readonly rateShare: number;
}

/** Whether a load alone caused no 429, and how much of its budget it used. */
export function judgeTraffic({ rateLimited, windows, rateShare }: TrafficFacts): LoadProof {
  const { told, given } = rateLimited;
  if (told + given > 0) {
    const sentence = `The org answered 429 ${formatCount(Math.max(told, given))} times, though nobody else used it.`;
    return { name: "rate-limits", verdict: "failed", sentence };
  }
  const whole = windows.slice(1, -1);
  const used = whole.reduce((sum, { accepted }) => sum + accepted, 0);
  const budget = whole.reduce((sum, { limit }) => sum + Math.floor(limit * rateShare), 0);
  const use =
    budget === 0
      ? "too short to tell how much of the budget was used"
      : `${formatPercent(Math.min(1, used / budget))} of the budget used in ${formatCount(whole.length)} whole windows`;
  return { name: "rate-limits", verdict: "passed", sentence: `No 429; ${use}.` };
}

/** What a load cost this machine. */
export interface CostFacts {
  readonly elapsedMs: number;
  readonly perSecond: number | undefined;
  readonly peakBytes: number | undefined;
}

/** Time and memory of a load: a measurement, which nothing fails. */
export function tellCost({ elapsedMs, perSecond, peakBytes }: CostFacts): LoadProof {
  const pace = perSecond === undefined ? "" : `, ${formatCount(perSecond)} users a second`;
  const time = `${formatDuration(elapsedMs)}${pace}`;
  if (peakBytes === undefined) {
    return {
      name: "time-and-memory",
      verdict: "skipped",
      sentence: `${time}; this system does not tell the memory of a process.`,
    };
  }
  return {
    name: "time-and-memory",
    verdict: "passed",
    sentence: `${time}, at most ${formatMegabytes(peakBytes)} of memory.`,
  };
}

/** Bytes as whole megabytes of 1,048,576. */
export function formatMegabytes(bytes: number): string {
  return `${formatCount(bytes / 1_048_576)} MB`;
}
