/*
 * migration owns the main path: judge each record, plan, attempt, send, note the outcome, resume.
 * It receives everything that touches the outside as a port and never knows of files, HTTP,
 * terminals or formats.
 */
export type { ChangeSink } from "./cleaning-counts.ts";
export { DEFAULT_FAILURE_LIMIT, type FailureLimit } from "./failure-limit.ts";
export { judgeBatch, type JudgedEntry, type RecordRules } from "./judge-entry.ts";
export { planRecords, type PlanPorts } from "./plan-records.ts";
export {
  type MigrationEnd,
  type MigrationPlan,
  type MigrationPorts,
  runMigration,
} from "./run-migration.ts";
export { settleAttempts, type SettlePorts } from "./settle-attempts.ts";
