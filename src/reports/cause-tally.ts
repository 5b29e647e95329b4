import type { CauseCode } from "../core/index.ts";
import type { Cause } from "./failure-rows.ts";

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

/** A record that did not end well, with everything that is wrong with it. */
export interface TalliedRecord {
  readonly line: number;
  readonly outcome: "rejected" | "failed";
  readonly causes: readonly (Cause & { readonly field?: string })[];
}

/** Counts causes in memory that does not grow with the number of records. */
export interface CauseTally {
  /** Counts one record. */
  add(record: TalliedRecord): void;
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

  const addCause = (
    { line, outcome }: TalliedRecord,
    { code, hint, reason, field }: TalliedRecord["causes"][number],
  ): void => {
    let group = byCode.get(code);
    if (group === undefined) {
      group = { code, outcome, hint, count: 0, examples: [] };
      byCode.set(code, group);
    }
    group.count += 1;
    if (group.examples.length >= maxExamples) return;
    group.examples.push(field === undefined ? { line, reason } : { line, field, reason });
  };

  return {
    add: (record) => {
      const seen = new Set<CauseCode>();
      for (const cause of record.causes) {
        if (seen.has(cause.code)) continue;
        seen.add(cause.code);
        addCause(record, cause);
      }
    },
    groups: () =>
      [...byCode.values()]
        .map((group) => ({ ...group, examples: [...group.examples] }))
        .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  };
}
