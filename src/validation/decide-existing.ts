import type { Failure, FoundUser, NewUser, Scenario, UserChange } from "../core/index.ts";

/** What becomes of a record whose login was in the directory before the run. */
export type OnExisting = "skip" | "update" | "fail";

/** What is to be done about a user that the directory already has. */
export type ExistingDecision =
  | { readonly kind: "existing" }
  | { readonly kind: "update"; readonly change: UserChange }
  | { readonly kind: "fail"; readonly failure: Failure };

/** A user found by the login of a record, and what the record would have made. */
export interface DecideExistingOptions {
  readonly found: FoundUser;
  readonly user: NewUser;
  readonly onExisting: OnExisting;
  readonly scenario: Scenario;
}

const LOGIN_EXISTS: Failure = {
  code: "LOGIN_EXISTS",
  reason: "The org had a user with this login before the run.",
  hint: "Use --on-existing skip or update if it is the same person; else give one another login.",
};

/**
 * Decides what becomes of a record whose login is taken: it is left, updated, or counted as failed.
 *
 * An update carries the mapped profile. It carries the hash only in the `passwords` scenario and to
 * a user who is still staged: whoever may have signed in keeps the password they have.
 *
 * @see docs/okta/password-hashes.md#shapes
 */
export function decideExisting(options: DecideExistingOptions): ExistingDecision {
  const { found, user, onExisting, scenario } = options;
  switch (onExisting) {
    case "skip":
      return { kind: "existing" };
    case "fail":
      return { kind: "fail", failure: LOGIN_EXISTS };
    case "update": {
      const { profile, credential } = user;
      const takesHash = scenario === "passwords" && found.status === "STAGED";
      const change: UserChange =
        takesHash && credential.kind === "hash" ? { profile, hash: credential.hash } : { profile };
      return { kind: "update", change };
    }
  }
}
