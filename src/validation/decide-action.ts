import type {
  Issue,
  NewCredential,
  NewUser,
  OtherwiseRoute,
  PasswordMaterial,
  Route,
  RoutedPassword,
  Scenario,
  UserDraft,
} from "../core/index.ts";

/** What is to be done with a draft, and by which route its user gets in. */
export type CreateDecision = { readonly password: RoutedPassword } & (
  | { readonly kind: "create"; readonly user: NewUser }
  | { readonly kind: "reject"; readonly issues: readonly Issue[] }
);

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
  /** Okta id of every new user's type. @default the org's default type */
  readonly typeId?: string | undefined;
  /** Okta id of every new user's realm. @default the org's default realm */
  readonly realmId?: string | undefined;
}

interface WayIn {
  readonly route: Route;
  readonly credential: NewCredential;
  readonly activate: boolean;
}

const BY_HOOK: WayIn = { route: "hook", credential: { kind: "hook" }, activate: true };
const STAGED: WayIn = { route: "staged", credential: { kind: "none" }, activate: false };

const PASSWORD_MISSING: Issue = {
  code: "PASSWORD_MISSING",
  reason: "The record has no password hash.",
  hint: "Complete it in the source, or set otherwise to hook or staged for such records.",
};

/**
 * Decides what is asked of the directory for a draft, or that the record is rejected, with the
 * issue of its password beside those of its profile.
 *
 * A password that can be several things is rejected whatever `otherwise` says: which route is right
 * is not known before it is answered which of them it is. A user without a credential is never activated, since Okta would send a mail.
 *
 * @see docs/okta/create-user.md#activation
 */
export function decideAction(options: DecideActionOptions): CreateDecision {
  const { draft, issues, groupIds, typeId, realmId } = options;
  const wayIn = chooseWayIn(options);
  const all = "code" in wayIn ? [...issues, wayIn] : issues;
  if ("code" in wayIn || all.length > 0) {
    return { kind: "reject", issues: all, password: routed(draft.password, "rejected") };
  }
  const { route, credential, activate } = wayIn;
  return {
    kind: "create",
    user: {
      profile: draft.profile,
      credential,
      activate,
      groupIds,
      ...(typeId === undefined ? {} : { typeId }),
      ...(realmId === undefined ? {} : { realmId }),
    },
    password: routed(draft.password, route),
  };
}

function routed(password: PasswordMaterial, route: Route): RoutedPassword {
  if (password.kind === "none") return { label: "no password", route };
  const { label } = password;
  return route === "hash" && password.kind === "hash" && password.warnings !== undefined
    ? { label, route, warnings: password.warnings }
    : { label, route };
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
  if (password.kind === "hash") {
    const { hash } = password;
    return { route: "hash", credential: { kind: "hash", hash }, activate: true };
  }
  if (password.kind === "unusable" && password.mustMend === true) return password.issue;
  switch (otherwise) {
    case "hook":
      return BY_HOOK;
    case "staged":
      return STAGED;
    case "reject":
      return password.kind === "none" ? PASSWORD_MISSING : password.issue;
  }
}
