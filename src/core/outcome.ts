import type { IssueCode } from "./issue.ts";

/** How a record can end. `pending` is no ending. */
export type OutcomeKind = "created" | "updated" | "existing" | "rejected" | "failed";

/**
 * Why a sent record failed. Permanent once released; each has a section in
 * `docs/reference/outcomes.md`.
 */
export type FailureCode =
  | "ORG_VALIDATION"
  | "ORG_ATTRIBUTE_UNDEFINED"
  | "ORG_LOGIN_FORMAT"
  | "ORG_VALUE_NOT_UNIQUE"
  | "ORG_REQUEST_REFUSED"
  | "ORG_GROUP_LIMIT"
  | "ORG_NOT_FOUND"
  | "ORG_CONFLICT"
  | "ORG_OPERATION_REFUSED"
  | "ORG_HOOK_FAILED"
  | "ORG_SERVER_ERROR"
  | "ANSWER_LOST"
  | "LOGIN_EXISTS"
  | "LOGIN_AMBIGUOUS";

/** How a record ended: a value, never thrown. */
export type Outcome =
  | { readonly kind: "created" | "updated"; readonly oktaId: string }
  /** The id is unknown where the org names the login as taken and no look-up shows its user. */
  | { readonly kind: "existing"; readonly oktaId: string | undefined }
  | ({ readonly kind: "failed" } & Failure);

/** Why the directory did not take a record. */
export interface Failure {
  readonly code: FailureCode;
  /** One sentence a person can read; may quote the org's own words, made safe to print. */
  readonly reason: string;
  /** One sentence: what to do. */
  readonly hint: string;
}

/** A cause as it is grouped in reports: of a rejected or of a failed record. */
export type CauseCode = IssueCode | FailureCode;

/** Records by how they ended. `records` is always the sum of the others. */
export interface Totals {
  readonly records: number;
  readonly created: number;
  readonly updated: number;
  readonly existing: number;
  readonly rejected: number;
  readonly failed: number;
  readonly pending: number;
}

/** What a run cost the org. */
export interface Traffic {
  /** HTTP requests sent, of every kind, answered or not. */
  readonly requests: number;
  /** Answers with status 429. */
  readonly rateLimited: number;
  /** Requests that repeated an earlier one. */
  readonly retries: number;
}

/** What is said of a run at its end, over all its processes. */
export interface Summary extends Totals, Traffic {
  readonly event: "summary";
  /** The run's folder, as given. */
  readonly run: string;
  /** Origin of the org, such as `https://example.okta.com`. */
  readonly org: string;
  readonly scenario: string;
  /** Time spent running, all processes together, in milliseconds. */
  readonly elapsedMs: number;
  /** Whether no record is pending. */
  readonly finished: boolean;
  /** Records that `where` makes none of the run, where there are any; in none of the counts above. */
  readonly leftOut?: number;
}
