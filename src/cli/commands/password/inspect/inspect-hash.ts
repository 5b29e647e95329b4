import type { Issue } from "../../../../core/index.ts";
import { readStoredHash } from "../../../../passwords/formats/index.ts";
import type { GivenLine } from "../given-hash.ts";
import type { HashSecrets } from "../../../../mapping/index.ts";
import type { PasswordVerifier } from "../../../../passwords/index.ts";
import { besideOf, firstRight, trialsOf } from "../trials.ts";
import {
  type Inspection,
  inspectionOf,
  inspectionOfIssue,
  inspectionOfTrial,
} from "./inspection.ts";

/** What a hash is inspected with. */
export interface InspectionTools {
  readonly verifier: PasswordVerifier;
  readonly secrets: HashSecrets;
}

/**
 * Tells what a hash is; with a password, which of its readings holds. Never rejects.
 *
 * The password that was given is filled with zeros.
 */
export async function inspectHash(given: GivenLine, tools: InspectionTools): Promise<Inspection> {
  if ("issue" in given) return inspectionOfIssue(given.issue);
  const { verifier, secrets } = tools;
  const plain = inspectionOf(readStoredHash(given.hash, "auto", besideOf(given, secrets)));
  if (given.password === undefined) return plain;
  const trials = trialsOf(given, secrets);
  const { right, isUnsure } = await firstRight(trials, given.password, verifier);
  given.password.fill(0);
  // What can be read in no way stays without a verdict: its issue says why.
  if (trials.length === 0) return plain;
  if (right !== undefined) return inspectionOfTrial(right);
  if (isUnsure) return { ...plain, issues: [...plain.issues, UNCHECKED] };
  return { ...plain, verified: false };
}

const UNCHECKED: Issue = {
  code: "PASSWORD_UNCHECKED",
  reason: "The password could not be checked against the hash: this machine could not compute it.",
  hint: "Try again with more free memory, and with fewer hashes at once.",
};
