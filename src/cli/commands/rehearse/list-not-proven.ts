import type { LoadProof, ProofName, RehearsedLoad } from "../../../reports/index.ts";
import { formatCount } from "../../../reports/index.ts";
import type { RehearsedLimits } from "./options.ts";
import type { PlannedLoad } from "./plan-loads.ts";

/** What is known of a rehearsal's gaps. */
export interface GapParts {
  readonly loads: readonly RehearsedLoad[];
  readonly planned: readonly PlannedLoad[];
  readonly records: number;
  readonly limits: RehearsedLimits;
  readonly customAttributes: readonly string[];
  /** User type and realm that the config names. */
  readonly places: readonly string[];
  /** Groups that records name. */
  readonly groups: number;
  readonly faults: boolean;
}

/** What no load of a rehearsal could prove, one sentence each, for a change board. */
export function listNotProven(parts: GapParts): readonly string[] {
  const { loads, planned, records, limits, customAttributes, places, groups, faults } = parts;
  const largest = Math.max(0, ...loads.map((load) => load.records));
  const unlimited = planned.filter((load) => load.limits === "none").map(({ name }) => name);
  return [
    "Okta itself: the emulated org is this project's reading of Okta's documentation. Try a few users in a preview org, and `canary` in yours.",
    limits.plan === undefined
      ? "That the org has these limits: they were given by hand. See Reports, Rate Limits in its Admin Console, also for the share of one token."
      : "That the org has these limits: they are Okta's last published defaults. See Reports, Rate Limits in its Admin Console, also for the share of one token.",
    "Which logins the org has already: the emulated one was empty.",
    ...(customAttributes.length === 0
      ? []
      : [
          `That the org has these attributes, of these types: ${customAttributes.join(", ")}. The emulated one was given them.`,
        ]),
    ...(places.length === 0
      ? []
      : [
          `That the org has ${places.join(" and ")}, and what it asks of them: the emulated one was given the name.`,
        ]),
    ...(groups === 0
      ? []
      : [
          `That the org has the ${formatCount(groups)} groups that records name: the emulated one was given them. See check, with the org's address.`,
        ]),
    ...(largest < records
      ? [
          largest === 0
            ? `All ${formatCount(records)} records: only checked.`
            : `Records behind the first ${formatCount(largest)} of ${formatCount(records)}: only checked.`,
        ]
      : []),
    ...(unlimited.length === 0
      ? []
      : [`The pace of load ${unlimited.join(", ")}: it went without limits (--at-most).`]),
    ...(faults ? [] : ["How the import bears faults of the network and the org: see --faults."]),
    // The pace of loads without limits is told of above.
    ...neverPassed(loads)
      .filter(({ name }) => unlimited.length === 0 || name !== "rate-limits")
      .map(({ name, sentence }) => `${name}: ${sentence}`),
  ];
}

/** The last word on each proof that was skipped in every load. */
function neverPassed(loads: readonly RehearsedLoad[]): readonly LoadProof[] {
  const last = new Map<ProofName, LoadProof>();
  for (const proof of loads.flatMap(({ proofs }) => proofs)) {
    if (last.get(proof.name)?.verdict !== "passed") last.set(proof.name, proof);
  }
  return [...last.values()].filter(({ verdict }) => verdict === "skipped");
}
