import type { Failure } from "./outcome.ts";
import type { Secret } from "./secret.ts";
import type { PasswordHash, Profile } from "./user-draft.ts";
import type { FindAnswer } from "./user-directory.ts";

/** A throw-away user to be made, active at once and in no group of its own. */
export interface CanaryUser {
  readonly profile: Profile;
  readonly credential: CanaryCredential;
}

/** What a canary's password is known to the org by: a hash of it, or, for the control, itself. */
export type CanaryCredential =
  | { readonly kind: "hash"; readonly hash: Secret<PasswordHash> }
  | { readonly kind: "value"; readonly password: Secret };

/** What became of a canary's create. */
export type CanaryAnswer =
  | { readonly kind: "created" }
  | { readonly kind: "refused"; readonly failure: Failure }
  /** No answer that can be trusted: the user may exist now, or soon, or never. */
  | { readonly kind: "lost"; readonly failure: Failure };

/**
 * What a sign-in says of the password that was typed.
 *
 * `accepted`: it is the right one, whatever the org wants next. `refused`: what a wrong password is
 * told, and a right one where a policy denies access. `locked-out`, `unclear`: nothing.
 *
 * @see docs/okta/sign-in.md#statuses
 */
export interface SignInAnswer {
  readonly kind: "accepted" | "refused" | "locked-out" | "unclear";
  /** One phrase for people: the org's status, or its own words made safe to print. */
  readonly saying: string;
}

/** Whether a user is gone for good. */
export type RemoveAnswer =
  | { readonly kind: "removed" }
  | { readonly kind: "kept"; readonly failure: Failure };

/**
 * Port: throw-away users, by whom an org shows what it makes of a hash.
 *
 * Limits, answers 429 and an org that is down are dealt with behind it, as with the
 * {@link UserDirectory}. Every method throws {@link OktaError} when no request will fare better, and
 * rejects with the signal's reason when it is aborted while it waits.
 */
export interface CanaryUsers {
  /** Sends a create once, and never again where the org may have acted on it. No mail goes out. */
  create(user: CanaryUser, signal: AbortSignal): Promise<CanaryAnswer>;
  /** Looks a login up as Okta compares logins, where creates are seen at once. */
  find(login: string, signal?: AbortSignal): Promise<FindAnswer>;
  /** Types a password, as a person would: without our credential. */
  signIn(login: string, password: Secret, signal: AbortSignal): Promise<SignInAnswer>;
  /** Deactivates and deletes a user, and looks whether it is gone. No mail goes out. */
  remove(oktaId: string): Promise<RemoveAnswer>;
}
