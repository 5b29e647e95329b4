/*
 * The library's only door: what the command line is made of, for programs that carry out a
 * migration themselves. Everything else is internal and may change with any version.
 */
export {
  type Clock,
  ConfigError,
  type DirectorySchema,
  type ErrorCode,
  type EventSink,
  type FailureCode,
  type Issue,
  type IssueCode,
  isMigrationError,
  type Journal,
  JournalError,
  MigrationError,
  type MigrationEvent,
  OktaError,
  type Outcome,
  Secret,
  type SourceEntry,
  SourceError,
  type SourceRecord,
  type Summary,
  type Totals,
  type UserDirectory,
  type UserDraft,
  type UserSource,
} from "./core/index.ts";
export { openEphemeralJournal, openJournal, type RunIdentity } from "./journal/index.ts";
export {
  type Mapping,
  type MigrationConfig,
  parseMigrationConfig,
  planMapping,
  shownFields,
} from "./mapping/index.ts";
export {
  DEFAULT_FAILURE_LIMIT,
  type MigrationEnd,
  type MigrationPlan,
  type MigrationPorts,
  planRecords,
  type RecordRules,
  runMigration,
} from "./migration/index.ts";
export {
  connectOrg,
  createCredential,
  createServiceApp,
  type OrgConnection,
  type OrgOptions,
  parseOrgUrl,
} from "./okta/index.ts";
export { systemClock, systemRandom } from "./platform/index.ts";
export { summarise } from "./reports/index.ts";
export { openSource, type SourceOptions } from "./sources/index.ts";
export { builtInSchema, createValidator } from "./validation/index.ts";
