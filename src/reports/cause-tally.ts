import type { CauseCode, Failure, Issue } from "../core/index.ts";

/** One record that shows a cause. */
export interface CauseExample {
  readonly line: number;
  readonly field?: string;
  readonly reason: string;
}

/** The records that did not end well for the same cause. */
export interface CauseGroup {
  readonly code: CauseCode;
  readonly outcome: "rejected" | "failed";
  /** Records, each counted once a group; a record with several issues is in several groups. */
  readonly count: number;
  readonly hint: string;
  /** The first records seen, in that order. */
  readonly examples: readonly CauseExample[];
}

/** Counts causes in memory that does not grow with the number of records. */
export interface CauseTally {
  addRejected(line: number, issues: readonly Issue[]): void;
  addFailed(line: number, failure: Failure): void;
  /** The groups so far, the most frequent first, equals by code. */
  groups(): readonly CauseGroup[];
}

/** How a tally is kept. */
export interface CauseTallyOptions {
  /** Examples kept of each cause. @default 3 */
  readonly maxExamples?: number;
}

interface GrowingGroup {
  readonly code: CauseCode;
  readonly outcome: "rejected" | "failed";
  readonly hint: string;
  count: number;
  readonly examples: CauseExample[];
}

/** Starts to count causes by code, with a few examples of each. */
export function createCauseTally({ maxExamples = 3 }: CauseTallyOptions = {}): CauseTally {
  const byCode = new Map<CauseCode, GrowingGroup>();

  const add = (outcome: GrowingGroup["outcome"], line: number, cause: Issue | Failure): void => {
    const { code, hint, reason } = cause;
    let group = byCode.get(code);
    if (group === undefined) {
      group = { code, outcome, hint, count: 0, examples: [] };
      byCode.set(code, group);
    }
    group.count += 1;
    if (group.examples.length >= maxExamples) return;
    const field = "field" in cause ? cause.field : undefined;
    group.examples.push(field === undefined ? { line, reason } : { line, field, reason });
  };

  return {
    addRejected: (line, issues) => {
      const seen = new Set<CauseCode>();
      for (const issue of issues) {
        if (seen.has(issue.code)) continue;
        seen.add(issue.code);
        add("rejected", line, issue);
      }
    },
    addFailed: (line, failure) => {
      add("failed", line, failure);
    },
    groups: () =>
      [...byCode.values()]
        .map((group) => ({ ...group, examples: [...group.examples] }))
        .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  };
}
