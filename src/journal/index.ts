/*
 * journal owns the truth about a run: one SQLite database in the run's folder, attempts before
 * their requests, outcomes after their answers, and the lock that keeps a second process out; and,
 * apart from runs, the notes of throw-away users that may exist and of password resets. It
 * must never decide what a mismatch or a failure means, touch the org or the source, or take in
 * password material: what reports may show is chosen by its callers.
 */
export { CanaryLedgerFile } from "./canary-ledger.ts";
export type { AmendedLine } from "./amendments.ts";
export type { Cause, EndedBadly } from "./failure-table.ts";
export {
  journalExists,
  openEphemeralJournal,
  openJournal,
  type OpenJournalOptions,
} from "./open-journal.ts";
export { ResetLedgerFile } from "./reset-ledger.ts";
export type { CarriedUser } from "./record-table.ts";
export type { RunIdentity, SourceIdentity } from "./run-identity.ts";
export type { Reopening, SqliteJournal } from "./sqlite-journal.ts";
