/*
 * core owns the words of the project: records, drafts, issues, outcomes, secrets, errors, and the
 * five ports that the main path speaks to, and those of canaries and of imported users. It imports nothing and touches nothing: no files, no
 * clock, no network, no library.
 */
export type {
  CanaryAnswer,
  CanaryCredential,
  CanaryUser,
  CanaryUsers,
  RemoveAnswer,
  SignInAnswer,
} from "./canary-users.ts";
export type { Clock } from "./clock.ts";
export type { AttributeSchema, AttributeType, DirectorySchema } from "./directory-schema.ts";
export {
  ConfigError,
  type ConfigErrorCode,
  type ErrorCode,
  type ErrorParts,
  InvariantError,
  type InvariantErrorCode,
  isMigrationError,
  JournalError,
  type JournalErrorCode,
  MigrationError,
  OktaError,
  type OktaErrorCode,
  SourceError,
  type SourceErrorCode,
} from "./errors.ts";
export type { EventSink, MigrationEvent } from "./events.ts";
export type {
  ImportedPage,
  ImportedUser,
  ImportedUsers,
  MovedUser,
  ResetAnswer,
  ResetMail,
} from "./imported-users.ts";
export type { Issue, IssueCode } from "./issue.ts";
export type {
  EndedRecord,
  HeldLogin,
  Journal,
  PendingRecord,
  PlannedRecord,
  ShownFields,
} from "./journal.ts";
export { foldLogin } from "./login.ts";
export type {
  ActingPrincipal,
  AssignedRole,
  ConnectionFacts,
  ExaminationStop,
  GroupApps,
  HookFacts,
  LimitFacts,
  LimitReadings,
  NamedThings,
  OrgFacts,
  OrgIdentity,
  OrgSettings,
  PrincipalShare,
  Reading,
  TokenFacts,
} from "./org-facts.ts";
export type {
  CauseCode,
  Failure,
  FailureCode,
  Outcome,
  OutcomeKind,
  Summary,
  Totals,
  Traffic,
} from "./outcome.ts";
export { printable } from "./printable.ts";
export type { Route, RouteCount, RoutedPassword } from "./route.ts";
export { Secret } from "./secret.ts";
export {
  isUnreadable,
  type SourceEntry,
  type SourcePosition,
  type SourceRecord,
  type SourceValue,
  type UnreadableEntry,
} from "./source-record.ts";
export type {
  BcryptHash,
  DigestHash,
  NewCredential,
  NewUser,
  OtherwiseRoute,
  PasswordHash,
  PasswordMaterial,
  Pbkdf2Hash,
  Profile,
  ProfileValue,
  Scenario,
  UserDraft,
} from "./user-draft.ts";
export type {
  CreateAnswer,
  FindAnswer,
  FoundUser,
  SendPermit,
  UpdateAnswer,
  UserChange,
  UserDirectory,
} from "./user-directory.ts";
export type { SourceHead, UserSource } from "./user-source.ts";
export type { CleanableValue, CleanedCount, ValueChange } from "./value-change.ts";
