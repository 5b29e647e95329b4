import { formatCount } from "../format-number.ts";
import type { LoadCounts, LoadProof } from "./rehearsal.ts";

/** What is known of a load that was killed and resumed. */
export interface KillFacts {
  /** Users that the org had when the import was killed; undefined when it was not. */
  readonly killedAt: number | undefined;
  readonly created: number;
  /** Whether all counts agree after the resume. */
  readonly countsAgree: boolean;
}

/** Whether a load that was killed amid it made everyone once and lost nobody. */
export function judgeKill({ killedAt, created, countsAgree }: KillFacts): LoadProof {
  const name = "kill-and-resume";
  if (killedAt === undefined) {
    const sentence = "The import had ended before it could be killed.";
    return { name, verdict: "skipped", sentence };
  }
  if (killedAt >= created && countsAgree) {
    const sentence = `It was killed too late: all ${formatCount(created)} users of the load were created by then.`;
    return { name, verdict: "skipped", sentence };
  }
  const killed = `Killed when ${formatCount(killedAt)} of ${formatCount(created)} were created, and resumed`;
  return countsAgree
    ? { name, verdict: "passed", sentence: `${killed}: each record ended once.` }
    : { name, verdict: "failed", sentence: `${killed}: the counts do not agree.` };
}

/** What is known of a load whose requests were made to fail. */
export interface FaultFacts {
  readonly counts: LoadCounts;
  /** What the same load came to without faults. */
  readonly twin: LoadCounts | undefined;
  /** Faults that happened. */
  readonly faults: number;
  readonly countsAgree: boolean;
}

const COUNTED = ["created", "updated", "existing", "rejected", "failed"] as const;

/** Whether a load in which requests failed came to the same as without. */
export function judgeFaults({ counts, twin, faults, countsAgree }: FaultFacts): LoadProof {
  const name = "faults";
  if (faults === 0) return { name, verdict: "skipped", sentence: "No request came to fail." };
  const failed = `${formatCount(faults)} creates were made to fail`;
  const differs = COUNTED.filter((key) => twin !== undefined && twin[key] !== counts[key]);
  if (countsAgree && differs.length === 0) {
    return { name, verdict: "passed", sentence: `${failed}, and the counts are the same.` };
  }
  const what = differs.length === 0 ? "the counts do not agree" : `${differs.join(", ")} differ`;
  return { name, verdict: "failed", sentence: `${failed}, and ${what}.` };
}
