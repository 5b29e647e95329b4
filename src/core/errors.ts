/** What can be wrong with flags, environment or `migration.yaml`: exit code 2. */
export type ConfigErrorCode =
  | "OPTION_INVALID"
  | "CONFIG_UNREADABLE"
  | "CONFIG_INVALID"
  | "FILE_EXISTS"
  | "ORG_URL_MISSING"
  | "ORG_URL_INVALID"
  | "CREDENTIAL_MISSING"
  | "CREDENTIAL_AMBIGUOUS"
  | "CREDENTIAL_INCOMPLETE"
  | "CREDENTIAL_MIXED"
  | "CLIENT_ID_MISSING"
  | "SIGN_IN_EXPOSED"
  | "SIGN_IN_UNREADABLE"
  | "SIGN_IN_UNWRITABLE"
  | "PRIVATE_KEY_UNREADABLE"
  | "PRIVATE_KEY_INVALID"
  | "SOURCE_MISSING"
  | "PRESET_UNFIT"
  | "MAPPING_INCOMPLETE"
  | "PASSWORD_MATERIAL_MISSING"
  | "PASSWORD_FORMAT_AMBIGUOUS"
  | "PASSWORD_SECRET_MISSING"
  | "SEAL_KEY_MISSING"
  | "SEAL_KEY_INVALID"
  | "SEAL_KEY_WRONG"
  | "SEALED_STORE_UNREADABLE"
  | "SEALED_STORE_UNWRITABLE"
  | "HOOK_SECRET_MISSING"
  | "HOOK_SECRET_INVALID"
  | "GROUP_INVALID"
  | "USER_TYPE_UNKNOWN"
  | "REALM_UNKNOWN"
  | "CONFIRMATION_NEEDED"
  | "CONFIRMATION_DECLINED"
  | "RUN_NOT_FOUND"
  | "RUN_MISMATCH"
  | "SOURCE_CHANGED";

/** What can stop a source from being read at all: exit code 3. A bad record is an issue instead. */
export type SourceErrorCode =
  | "SOURCE_UNREADABLE"
  | "SOURCE_FORMAT_UNKNOWN"
  | "SOURCE_ENCODING"
  | "SOURCE_HEADER"
  | "SOURCE_CHANGED_WHILE_READ"
  | "SOURCE_REFUSED"
  | "SOURCE_LOST"
  | "SOURCE_QUERY"
  | "SOURCE_KEY"
  | "DRIVER_MISSING"
  | "JOIN_UNWRITABLE";

/** Why the org stops a run: exit code 4. */
export type OktaErrorCode =
  | "ORG_UNREACHABLE"
  | "ORG_UNAVAILABLE"
  | "ORG_READ_ONLY"
  | "ORG_CREDENTIAL_REFUSED"
  | "ORG_PERMISSION_MISSING"
  | "ORG_CLIENT_REFUSED"
  | "ORG_SCOPE_NOT_GRANTED"
  | "ORG_PROOF_REFUSED"
  | "SIGN_IN_DENIED"
  | "SIGN_IN_EXPIRED"
  | "SIGN_IN_ENDED"
  | "ORG_ANSWER_UNEXPECTED"
  | "CANARY_LEFT"
  | "HOOK_TAKEN"
  | "HOOK_REFUSED"
  | "HOOK_NOT_REGISTERED"
  | "TOO_MANY_FAILURES"
  | "FIRST_RECORDS_FAILED";

/** Why a journal can't be used: exit code 5. */
export type JournalErrorCode =
  | "JOURNAL_LOCKED"
  | "JOURNAL_UNWRITABLE"
  | "JOURNAL_UNREADABLE"
  | "JOURNAL_CORRUPT"
  | "JOURNAL_VERSION";

/** A promise of ours that broke: exit code 70. */
export type InvariantErrorCode = "INVARIANT_BROKEN";

/** Every code that an error can carry. Permanent once released. */
export type ErrorCode =
  | ConfigErrorCode
  | SourceErrorCode
  | OktaErrorCode
  | JournalErrorCode
  | InvariantErrorCode;

/** What every error of ours is made of. */
export interface ErrorParts<Code extends ErrorCode> {
  readonly code: Code;
  /** One sentence: what is wrong. Never holds a secret, a row or a request body. */
  readonly message: string;
  /** One sentence: what to do next. */
  readonly hint: string;
  readonly cause?: unknown;
}

const BRAND = Symbol.for("okta-migrate.error");

/** The root of all errors that stop a run. What is wrong with one record is an issue or an outcome. */
export abstract class MigrationError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly hint: string;
  readonly [BRAND] = true;

  constructor(parts: ErrorParts<Code>) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = new.target.name;
    this.code = parts.code;
    this.hint = parts.hint;
  }
}

/** A flag, a variable or a line of `migration.yaml` is wrong; nothing was sent. Exit code 2. */
export class ConfigError extends MigrationError<ConfigErrorCode> {
  /** Where it is wrong, such as `--rate-share`, `OKTA_ORG_URL` or `migration.yaml:12 profile.login`. */
  readonly at: string | undefined;

  constructor(parts: ErrorParts<ConfigErrorCode> & { readonly at?: string }) {
    super(parts);
    this.at = parts.at;
  }
}

/** The source as a whole can't be read. Exit code 3. Carries a place, never the row. */
export class SourceError extends MigrationError<SourceErrorCode> {
  readonly line: number | undefined;
  /** Whether a server is away now, which says nothing against how it was set. @default false */
  readonly isAway: boolean;

  constructor(
    parts: ErrorParts<SourceErrorCode> & { readonly line?: number; readonly isAway?: boolean },
  ) {
    super(parts);
    this.line = parts.line;
    this.isAway = parts.isAway ?? false;
  }
}

/** The org refused the run or can't be reached. Exit code 4; the run can be resumed. */
export class OktaError extends MigrationError<OktaErrorCode> {
  /** HTTP status of the deciding answer, where there was one. */
  readonly status: number | undefined;
  /** Okta's own code, such as `E0000011`. */
  readonly errorCode: string | undefined;
  /** Okta's request id, for a support case. */
  readonly requestId: string | undefined;

  constructor(
    parts: ErrorParts<OktaErrorCode> & {
      readonly status?: number;
      readonly errorCode?: string;
      readonly requestId?: string;
    },
  ) {
    super(parts);
    this.status = parts.status;
    this.errorCode = parts.errorCode;
    this.requestId = parts.requestId;
  }
}

/** The journal is locked, can't be written or contradicts itself. Exit code 5. */
export class JournalError extends MigrationError<JournalErrorCode> {}

/** A promise of the code broke: a bug. Exit code 70. */
export class InvariantError extends MigrationError<InvariantErrorCode> {
  constructor(message: string, cause?: unknown) {
    super({
      code: "INVARIANT_BROKEN",
      message,
      hint: "This is a bug in okta-migrate: please report it with the version and the command.",
      cause,
    });
  }
}

/** Whether a thrown value is one of ours, even when two copies of the package are loaded. */
export function isMigrationError(value: unknown): value is MigrationError {
  return typeof value === "object" && value !== null && BRAND in value;
}
