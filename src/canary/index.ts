/*
 * canary owns the trial of an org: throw-away users, each imported with a hash of a password that
 * is known, signed in and removed, and what that shows. It speaks to the org and to the ledger by
 * ports alone. It must never make a user that is not noted before, leave one behind without a word,
 * or remove a user who is not its own.
 */
export {
  type CanaryCase,
  caseLabel,
  mostUsers,
  NAMED_ALGORITHMS,
  type NamedAlgorithm,
  namedCases,
  ShapeTally,
  withOddPasswords,
} from "./canary-case.ts";
export { CanaryKeeper } from "./canary-keeper.ts";
export type { CanaryLedger, NotedCanary } from "./canary-ledger.ts";
export { planCanaryProfiles } from "./canary-profile.ts";
export type { Finding } from "./finding.ts";
export { tryCases } from "./try-cases.ts";
