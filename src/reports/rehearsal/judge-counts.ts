import type { Totals } from "../../core/index.ts";
import { formatCount } from "../format-number.ts";
import type { LoadProof } from "./rehearsal.ts";

/** What is known of a load's users after its import, from both sides. */
export interface CountFacts {
  readonly summary: Totals;
  /** Records of the load; those behind them stay pending. */
  readonly sendable: number;
  /** Rows of `created.csv`. */
  readonly createdRows: number;
  /** Rows of it whose Okta id an earlier row has. */
  readonly repeatedRows: number;
  /** Rows of it whose user the org does not have. */
  readonly lost: number;
  /** Users that the org has. */
  readonly orgUsers: number;
}

/** What is wrong with the counts of a load, one sentence each; nothing when all agree. */
export function findMiscounts(facts: CountFacts): readonly string[] {
  const { summary, sendable, createdRows, repeatedRows, lost, orgUsers } = facts;
  const { records, created, updated, existing, rejected, failed, pending } = summary;
  const ended = created + updated + existing + failed;
  const twice = Math.max(0, orgUsers - created) + repeatedRows;
  const wrong: string[] = [];
  if (records !== ended + rejected + pending) {
    wrong.push(`The summary's ${formatCount(records)} records are not the sum of its outcomes.`);
  }
  if (ended > sendable || (sendable >= records && pending > 0)) {
    wrong.push(
      `Of ${formatCount(sendable)} records ${formatCount(ended)} were sent and ${formatCount(pending)} are pending.`,
    );
  }
  if (createdRows !== created) {
    wrong.push(
      `created.csv names ${formatCount(createdRows)} users, the summary ${formatCount(created)}.`,
    );
  }
  if (twice > 0) wrong.push(`Users that the org has twice or too many: ${formatCount(twice)}.`);
  const missing = Math.max(lost, created - orgUsers);
  if (missing > 0)
    wrong.push(`Users who were created and are not in the org: ${formatCount(missing)}.`);
  return wrong;
}

/** Whether the run's own counts and the org's agree: nobody twice, nobody lost. */
export function judgeCounts(facts: CountFacts): LoadProof {
  const wrong = findMiscounts(facts);
  if (wrong.length > 0) return { name: "counts", verdict: "failed", sentence: wrong.join(" ") };
  const { created, rejected, failed } = facts.summary;
  const bad = rejected + failed === 0 ? "" : `, ${formatCount(rejected + failed)} can't be carried`;
  return {
    name: "counts",
    verdict: "passed",
    sentence: `${formatCount(created)} created${bad}; the org has as many, nobody twice, nobody lost.`,
  };
}
