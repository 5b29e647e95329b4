/** What `doctor` looks at, in the order in which it is told. Permanent once released. */
export type CheckId =
  | "org"
  | "tls"
  | "clock"
  | "access"
  | "scopes"
  | "role"
  | "limits"
  | "token-cap"
  | "concurrency"
  | "schema"
  | "hook"
  | "mails"
  | "automation"
  | "source"
  | "exposure"
  | "time";

/** How something stands. `skipped`: it does not apply, or could not be looked at. */
export type CheckStatus = "pass" | "warn" | "fail" | "skipped";

/** One line of a diagnosis. */
export interface CheckLine {
  readonly id: CheckId;
  readonly status: CheckStatus;
  /** Sentences; never a secret. */
  readonly message: string;
  /** What to do, where something is to be done. */
  readonly hint?: string;
}

/** A line that says that something was not looked at. */
export function skippedLine(id: CheckId, message: string): CheckLine {
  return { id, status: "skipped", message };
}
