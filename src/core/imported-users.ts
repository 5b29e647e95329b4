import type { Failure } from "./outcome.ts";

/** A user whose password was imported, or is to be, and who has not signed in with it yet. */
export interface ImportedUser {
  readonly oktaId: string;
  readonly login: string;
  /** Okta's status word, such as `ACTIVE` or `RECOVERY`. */
  readonly status: string;
  /** By the org's clock, in milliseconds since 1970. */
  readonly createdAtMs: number;
}

/** A page of the org's users. */
export interface ImportedPage {
  /** Those of them whose credentials provider is `IMPORT`. */
  readonly users: readonly ImportedUser[];
  /** How many users there were in the page, whatever their provider. */
  readonly seen: number;
}

/** A password that the org stored after a hook found it right. */
export interface MovedUser {
  readonly oktaId: string;
  /** As the org's log has it. */
  readonly login: string;
  /** By the org's clock, in milliseconds since 1970. */
  readonly movedAtMs: number;
}

/** What became of a password reset. */
export type ResetAnswer =
  | { readonly kind: "reset" }
  | { readonly kind: "refused"; readonly failure: Failure }
  /** There is no such user any more. */
  | { readonly kind: "absent" }
  /** No answer that can be trusted: the user may have been reset. */
  | { readonly kind: "lost"; readonly failure: Failure };

/** Whether the org mails the link by which a new password is set. */
export type ResetMail = "mail" | "no-mail";

/**
 * Port: users whose passwords come with their first sign-in.
 *
 * Limits, answers 429 and an org that is down are dealt with behind it. Every method throws
 * {@link OktaError} when no request will fare better, and rejects with the signal's reason when it is
 * aborted while it waits.
 */
export interface ImportedUsers {
  /** All users of the org, page by page, but those that are deactivated. */
  list(signal: AbortSignal): AsyncIterable<ImportedPage>;
  /** Who has moved since an instant, by the org's log, page by page, oldest first. */
  moved(sinceMs: number, signal: AbortSignal): AsyncIterable<readonly MovedUser[]>;
  /** A user as it is now; undefined where there is none. */
  find(oktaId: string, signal: AbortSignal): Promise<ImportedUser | undefined>;
  /** Sends a password reset once, and never again where the org may have acted on it. */
  reset(oktaId: string, mail: ResetMail, signal: AbortSignal): Promise<ResetAnswer>;
}
