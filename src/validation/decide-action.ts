import type {
  Issue,
  NewCredential,
  NewUser,
  OtherwiseRoute,
  Scenario,
  UserDraft,
} from "../core/index.ts";

/** What is to be done with a draft. */
export type CreateDecision =
  | { readonly kind: "create"; readonly user: NewUser }
  | { readonly kind: "reject"; readonly issues: readonly Issue[] };

/** A judged draft, and how the run brings users in. */
export interface DecideActionOptions {
  readonly draft: UserDraft;
  /** What the validator and the duplicate check found. */
  readonly issues: readonly Issue[];
  readonly scenario: Scenario;
  /** Where a record goes whose password can't be carried; only the `passwords` scenario asks. */
  readonly otherwise: OtherwiseRoute;
  /** Groups of every new user, at most 20. */
  readonly groupIds: readonly string[];
}

interface WayIn {
  readonly credential: NewCredential;
  readonly activate: boolean;
}

const BY_HOOK: WayIn = { credential: { kind: "hook" }, activate: true };
const STAGED: WayIn = { credential: { kind: "none" }, activate: false };

const PASSWORD_MISSING: Issue = {
  code: "PASSWORD_MISSING",
  reason: "The record has no password hash.",
  hint: "Complete it in the source, or set otherwise to hook or staged for such records.",
};

/**
 * Decides what is asked of the directory for a draft, or that the record is rejected, with the
 * issue of its password beside those of its profile.
 *
 * A user without a credential is never activated, since Okta would send a mail.
 *
 * @see docs/okta/create-user.md#activation
 */
export function decideAction(options: DecideActionOptions): CreateDecision {
  const { draft, issues, groupIds } = options;
  const wayIn = chooseWayIn(options);
  if ("code" in wayIn) return { kind: "reject", issues: [...issues, wayIn] };
  if (issues.length > 0) return { kind: "reject", issues };
  const { credential, activate } = wayIn;
  return { kind: "create", user: { profile: draft.profile, credential, activate, groupIds } };
}

/** The way in of a draft, or the issue that there is none. */
function chooseWayIn({ draft, scenario, otherwise }: DecideActionOptions): WayIn | Issue {
  switch (scenario) {
    case "staged":
      return STAGED;
    case "hook":
      return BY_HOOK;
    case "passwords":
      break;
  }
  const { password } = draft;
  if (password.kind === "hash") return { credential: password, activate: true };
  switch (otherwise) {
    case "hook":
      return BY_HOOK;
    case "staged":
      return STAGED;
    case "reject":
      return password.kind === "none" ? PASSWORD_MISSING : password.issue;
  }
}
