import type { OktaErrorCode } from "../core/index.ts";
import type { ErrorBody } from "./error-body.ts";
import type { TokenFacts } from "./token-facts.ts";

/** Why no request will fare better, and what to do about it. */
export interface Stop {
  readonly code: OktaErrorCode;
  /** A sentence. */
  readonly message: string;
  readonly hint: string;
}

const APP = "Applications > Applications > the app";
/** What to do about a token that is of no use. */
const TOKEN_HINT =
  "Get a new token (an API token: Security > API > Tokens > Create token), put it where the old one was, and run the same command again to resume. A service app gets its own: see that it is still active.";
/** What to do about an address that is no org's. */
export const URL_HINT =
  "Check that OKTA_ORG_URL is the address of the org itself, such as https://example.okta.com.";
/** What to do about a missing right. */
const ROLE_HINT = `Scopes alone give no rights. In the Admin Console, give the app a role that may manage users, and groups where some are named: ${APP} > Admin roles > Edit assignments; or the administrator behind the token: Security > Administrators.`;
const SCOPE_HINT = `As a Super Administrator, in the Admin Console: ${APP} > Okta API Scopes > Grant. A token that was made before does not have it: get a new one.`;
const PROOF_HINT = `See that no proxy changes requests or keeps answers. If it stays so, in the Admin Console, ${APP} > General > General Settings: clear "Require Demonstrating Proof of Possession (DPoP) header in token requests".`;

const NOT_ACCEPTED: Stop = {
  code: "ORG_CREDENTIAL_REFUSED",
  message: "The org does not accept the token.",
  hint: TOKEN_HINT,
};
const NOT_VALID: Stop = {
  code: "ORG_CREDENTIAL_REFUSED",
  message: "The token is not valid: expired, revoked or of another org.",
  hint: TOKEN_HINT,
};
const BOUND_TO_A_KEY: Stop = {
  code: "ORG_PROOF_REFUSED",
  message:
    "The access token is bound to a key (DPoP) that only the one who got the token has, so it can't be used here.",
  hint: "Let this program get its tokens itself: set OKTA_CLIENT_ID and OKTA_PRIVATE_KEY_FILE in the place of the token.",
};
const PROOF_REFUSED: Stop = {
  code: "ORG_PROOF_REFUSED",
  message: "The org does not accept the proof of possession (DPoP) of this process.",
  hint: PROOF_HINT,
};

const missing = (message: string): Stop => ({
  code: "ORG_PERMISSION_MISSING",
  message,
  hint: ROLE_HINT,
});
const unexpected = (message: string): Stop => ({
  code: "ORG_ANSWER_UNEXPECTED",
  message,
  hint: URL_HINT,
});

/** By Okta's code or OAuth's. @see docs/okta/errors.md#codes */
const STOPS: ReadonlyMap<string, Stop> = new Map([
  ["E0000004", NOT_ACCEPTED],
  [
    "E0000005",
    {
      ...NOT_ACCEPTED,
      message: "The org saw no valid token with the request.",
      hint: `See that no proxy takes the Authorization header away. ${TOKEN_HINT}`,
    },
  ],
  ["E0000006", missing("The token may not do this: a role is missing.")],
  ["E0000008", unexpected("The org does not know this part of the API.")],
  ["E0000011", NOT_VALID],
  ["E0000015", missing("The org does not allow this feature to the token.")],
  ["E0000022", missing("The org does not allow this method to the token.")],
  ["E0000026", unexpected("The org has withdrawn this part of the API.")],
  ["E0000060", unexpected("The org does not support this operation.")],
  [
    "E0000260",
    {
      code: "ORG_UNAVAILABLE",
      message: "The org is deactivated.",
      hint: "Reactivate the org, then run the same command again to resume.",
    },
  ],
  ["invalid_token", NOT_VALID],
  ["invalid_dpop_proof", PROOF_REFUSED],
  [
    "use_dpop_nonce",
    { ...PROOF_REFUSED, message: "The org asks for another DPoP nonce again and again." },
  ],
  ["dpop_authentication_scheme_required", BOUND_TO_A_KEY],
  ["access_token_not_dpop_bound", PROOF_REFUSED],
]);

/** What is known of an answer that no other request would escape; undefined where it is none. */
export function knownStop(
  body: ErrorBody,
  { proof, token }: { readonly proof: "sent" | "none"; readonly token?: TokenFacts | undefined },
): Stop | undefined {
  const codes = [body.challenge, body.code];
  const stop = STOPS.get(body.challenge) ?? STOPS.get(body.code);
  if (stop === NOT_VALID && token !== undefined) return tokenNotValid(token);
  if (codes.includes("insufficient_scope")) return scopeMissing(body.scopes);
  if (codes.includes("invalid_dpop_proof") && proof === "none") return BOUND_TO_A_KEY;
  return stop;
}

/** Why a token that somebody gave is refused. @see docs/okta/access.md#tokens */
export function tokenNotValid({ kind, variable, hasWorked }: TokenFacts): Stop {
  const beginning = hasWorked ? "The org no longer accepts" : "The org does not accept";
  const of = hasWorked ? "" : "is of another org, ";
  const again = `put it into ${variable}, and run the same command again to resume`;
  if (kind === "ssws") {
    return {
      code: "ORG_CREDENTIAL_REFUSED",
      message: `${beginning} the API token from ${variable}: it ${of}was revoked, has expired after 30 days without use, or the administrator who made it was deactivated.`,
      hint: `Make a new one in the Admin Console (Security > API > Tokens > Create token), ${again}.`,
    };
  }
  return {
    code: "ORG_CREDENTIAL_REFUSED",
    message: `${beginning} the access token from ${variable}: it ${of}has expired (it lives an hour) or was revoked.`,
    hint: `Get a new one, ${again}. A service app (OKTA_CLIENT_ID and OKTA_PRIVATE_KEY_FILE) renews its tokens by itself.`,
  };
}

/** What an answer without a known code stops a run for. */
export function unknownStop(status: number): Stop | undefined {
  if (status === 401) return NOT_ACCEPTED;
  if (status === 403) return missing("The token may not do this.");
  return undefined;
}

function scopeMissing(scopes: readonly string[]): Stop {
  const which = scopes.length === 0 ? "a scope" : `the scope ${scopes.join(" or ")}`;
  return {
    code: "ORG_PERMISSION_MISSING",
    message: `The token lacks ${which}.`,
    hint: SCOPE_HINT,
  };
}
