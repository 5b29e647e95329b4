import { formatCount } from "../format-number.ts";
import type { Decision, RehearsedLoad } from "./rehearsal.ts";

/** What a decision is made from. */
export interface DecisionParts {
  readonly loads: readonly RehearsedLoad[];
  /** Records that can't be carried as they are. */
  readonly toMend: number;
  /** Why an import stopped, where one did. */
  readonly stopped: string | undefined;
}

/**
 * GO, GO with records to mend, or NO-GO: where a proof failed, an import stopped, or nothing could be
 * created at all.
 */
export function decide({ loads, toMend, stopped }: DecisionParts): Decision {
  const reasons = loads.flatMap(({ load, proofs }) =>
    proofs
      .filter(({ verdict }) => verdict === "failed")
      .map(({ name, sentence }) => `Load ${load}, ${name}: ${sentence}`),
  );
  if (stopped !== undefined) reasons.push(stopped);
  if (reasons.length === 0 && !loads.some(hasCreated)) reasons.push("No user could be created.");
  if (reasons.length > 0) return { verdict: "NO-GO", title: "NO-GO", reasons, toMend };
  if (toMend === 0) return { verdict: "GO", title: "GO", reasons, toMend };
  const records = toMend === 1 ? "1 record" : `${formatCount(toMend)} records`;
  return { verdict: "GO-AFTER-MENDING", title: `GO with ${records} to mend`, reasons, toMend };
}

function hasCreated({ created, existing, updated }: RehearsedLoad): boolean {
  return created + existing + updated > 0;
}
