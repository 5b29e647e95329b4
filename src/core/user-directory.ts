import type { Failure, Traffic } from "./outcome.ts";
import type { NewUser, PasswordHash, Profile } from "./user-draft.ts";
import type { Secret } from "./secret.ts";

/** A user that the directory already has. */
export interface FoundUser {
  readonly oktaId: string;
  readonly login: string;
  /** Okta's status word, such as `ACTIVE` or `STAGED`. */
  readonly status: string;
  /** When the directory made it, by the directory's clock, in milliseconds since 1970. */
  readonly createdAtMs: number;
  readonly profile: Readonly<Record<string, unknown>>;
}

/** The right to send one create now; its place in the rate budget is held until it is used. */
export interface SendPermit {
  /**
   * A moment, by the directory's clock in milliseconds since 1970, before which a user made under
   * this permit cannot have been created; undefined while that clock is unknown.
   */
  readonly notBeforeMs: number | undefined;
  /** Gives an unused permit back. */
  release(): void;
}

/** What became of a create that was sent. */
export type CreateAnswer =
  | { readonly kind: "created"; readonly oktaId: string }
  | { readonly kind: "login-exists" }
  | { readonly kind: "refused"; readonly failure: Failure }
  /**
   * No answer that can be trusted: the user may exist now, or soon, or never. `wasProbe`: it only
   * found out that the org is still down, which is no fault of the record.
   */
  | { readonly kind: "lost"; readonly failure: Failure; readonly wasProbe?: boolean };

/** What a look-up by login found. */
export type FindAnswer =
  | { readonly kind: "found"; readonly user: FoundUser }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly failure: Failure };

/** A change to an existing user: the profile as a partial update. */
export interface UserChange {
  readonly profile: Profile;
  /** Sent for a user that is still staged, never else. */
  readonly hash?: Secret<PasswordHash>;
}

/** What became of an update. */
export type UpdateAnswer =
  | { readonly kind: "updated" }
  | { readonly kind: "refused"; readonly failure: Failure };

/**
 * Port: the org's users.
 *
 * Waiting for the org's limits, answers 429, an org that is down or read-only are dealt with behind
 * it and never become a record's outcome. Every method throws {@link OktaError} when the run
 * cannot go on, and rejects with the signal's reason when it is aborted while waiting.
 */
export interface UserDirectory {
  /** Resolves when the org's limits allow one more create. */
  admit(signal: AbortSignal): Promise<SendPermit>;
  create(user: NewUser, permit: SendPermit): Promise<CreateAnswer>;
  /** Looks a login up as Okta compares logins; a user whose short name merely resembles it is no match. */
  find(login: string, signal: AbortSignal): Promise<FindAnswer>;
  update(oktaId: string, change: UserChange, signal: AbortSignal): Promise<UpdateAnswer>;
  /** What was sent so far by this process. */
  traffic(): Traffic;
}
