import type { OktaErrorCode } from "../core/index.ts";
import type { ErrorBody } from "./error-body.ts";
import type { OrgUrl } from "./org-url.ts";
import type { GivenToken } from "./given-token.ts";

/** Why no request will fare better, and what to do about it. */
export interface Stop {
  readonly code: OktaErrorCode;
  /** A sentence. */
  readonly message: string;
  readonly hint: string;
}

/** What a stop is told with. */
export interface StopContext {
  /** Whether a proof of possession was sent with the request. */
  readonly proof: "sent" | "none";
  /** The token, where somebody gave it; absent where it was got by ourselves. */
  readonly token?: GivenToken | undefined;
  readonly orgUrl: Pick<OrgUrl, "variable">;
}

type MakeStop = (context: StopContext) => Stop;

const APP = "Applications > Applications > the app";
const RUN_AGAIN = "Then run the same command again to resume.";
const RIGHTS = "a role that may manage users, and groups where some are named";
const PROOF_HINT = `See that no proxy changes requests or keeps answers. If it stays so, in the Admin Console, ${APP} > General > General Settings: clear "Require Demonstrating Proof of Possession (DPoP) header in token requests". ${RUN_AGAIN}`;

/** What to do about an address that is no org's. */
export function addressHint({ variable }: Pick<OrgUrl, "variable">): string {
  return `Check that ${variable} is the address of the org itself, such as https://example.okta.com.`;
}

const notAccepted: MakeStop = ({ token }) => ({
  code: "ORG_CREDENTIAL_REFUSED",
  message: `The org does not accept ${nameOf(token)}.`,
  hint: anotherToken(token),
});
const notSeen: MakeStop = ({ token }) => ({
  code: "ORG_CREDENTIAL_REFUSED",
  message: "The org saw no valid token with the request.",
  hint: `See that no proxy takes the Authorization header away${token === undefined ? "" : `, and that ${token.variable} holds ${ARTICLE[token.kind]}`}. ${anotherToken(token)}`,
});
const notValid: MakeStop = ({ token }) =>
  token === undefined
    ? {
        code: "ORG_CREDENTIAL_REFUSED",
        message: "The org does not accept a token that it has just given.",
        hint: anotherToken(token),
      }
    : tokenNotValid(token);
const boundToAKey: MakeStop = ({ token }) => ({
  code: "ORG_PROOF_REFUSED",
  message: `${capital(nameOf(token))} is bound to a key (DPoP) that only the one who got it has, so it can't be used here.`,
  hint: `Let this program get its tokens itself: set OKTA_ORG_URL, OKTA_CLIENT_ID (in the Admin Console, ${APP} > General > Client ID) and OKTA_PRIVATE_KEY_FILE, and unset ${token?.variable ?? "the token"}.`,
});
const proofRefused: MakeStop = () => ({
  code: "ORG_PROOF_REFUSED",
  message: "The org does not accept the proof of possession (DPoP) of this process.",
  hint: PROOF_HINT,
});
const nonceWanted: MakeStop = () => ({
  code: "ORG_PROOF_REFUSED",
  message: "The org asks for another DPoP nonce again and again.",
  hint: PROOF_HINT,
});
/** @param what the end of a sentence that begins with the token */
const forbidden =
  (what: string): MakeStop =>
  ({ token }) => ({
    code: "ORG_PERMISSION_MISSING",
    message: `${capital(nameOf(token))} ${what}.`,
    hint: roleHint(token),
  });
const unexpected =
  (message: string): MakeStop =>
  ({ orgUrl }) => ({ code: "ORG_ANSWER_UNEXPECTED", message, hint: addressHint(orgUrl) });
const deactivated: MakeStop = () => ({
  code: "ORG_UNAVAILABLE",
  message: "The org is deactivated.",
  hint: `Reactivate the org. ${RUN_AGAIN}`,
});

/** By Okta's code or OAuth's. @see docs/okta/errors.md#codes */
const STOPS: ReadonlyMap<string, MakeStop> = new Map([
  ["E0000004", notAccepted],
  ["E0000005", notSeen],
  ["E0000006", forbidden("may not do this: an administrator role is missing")],
  ["E0000008", unexpected("The org does not know this part of the API.")],
  ["E0000011", notValid],
  ["E0000015", forbidden("may not use this feature, or the org does not have it")],
  ["E0000022", forbidden("may not use this method")],
  ["E0000026", unexpected("The org has withdrawn this part of the API.")],
  ["E0000060", unexpected("The org does not support this operation.")],
  ["E0000260", deactivated],
  ["invalid_token", notValid],
  ["invalid_dpop_proof", proofRefused],
  ["use_dpop_nonce", nonceWanted],
  ["dpop_authentication_scheme_required", boundToAKey],
  ["access_token_not_dpop_bound", proofRefused],
]);

/** What a bound token that comes without a proof is answered. @see docs/okta/access.md#answers-of-guarded-calls */
const PROOF_MISSED: ReadonlySet<string> = new Set(["invalid_dpop_proof", "invalid_request"]);

/** What is known of an answer that no other request would escape; undefined where it is none. */
export function knownStop(body: ErrorBody, context: StopContext): Stop | undefined {
  const codes = [body.challenge, body.code];
  if (codes.includes("insufficient_scope")) return scopeMissing(body.scopes, context);
  if (context.proof === "none" && codes.some((code) => PROOF_MISSED.has(code))) {
    return boundToAKey(context);
  }
  return (STOPS.get(body.challenge) ?? STOPS.get(body.code))?.(context);
}

/** What an answer without a known code stops a run for. */
export function unknownStop(status: number, context: StopContext): Stop | undefined {
  if (status === 401) return notAccepted(context);
  if (status === 403) return forbidden("may not do this")(context);
  return undefined;
}

/** Why a token that somebody gave is refused. @see docs/okta/access.md#tokens */
export function tokenNotValid(token: GivenToken): Stop {
  const beginning = token.hasWorked ? "The org no longer accepts" : "The org does not accept";
  const reasons =
    token.kind === "ssws"
      ? "was revoked, has expired after 30 days without use, or the administrator who made it was deactivated"
      : "has expired (it lives an hour) or was revoked";
  const elsewhere = token.hasWorked ? "" : "is of another org, ";
  return {
    code: "ORG_CREDENTIAL_REFUSED",
    message: `${beginning} ${nameOf(token)}: it ${elsewhere}${reasons}.`,
    hint: anotherToken(token),
  };
}

const ARTICLE = { ssws: "an API token", bearer: "an access token" } as const;

function nameOf(token: GivenToken | undefined): string {
  if (token === undefined) return "the token";
  return `${token.kind === "ssws" ? "the API token" : "the access token"} from ${token.variable}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What to do about a token that is of no use. */
function anotherToken(token: GivenToken | undefined): string {
  if (token === undefined) {
    return `In the Admin Console, ${APP}: see that the app is active, and that a service app has its key under General > Public keys. ${RUN_AGAIN}`;
  }
  const again = `put it into ${token.variable}, and run the same command again to resume`;
  return token.kind === "ssws"
    ? `Make a new one in the Admin Console (Security > API > Tokens > Create token), ${again}.`
    : `Get a new one where you got it, ${again}. To need none any more, make a service app in the Admin Console (Applications > Applications > Create App Integration > API Services), and set OKTA_ORG_URL, OKTA_CLIENT_ID and OKTA_PRIVATE_KEY_FILE instead.`;
}

/** What to do about a missing right. */
function roleHint(token: GivenToken | undefined): string {
  if (token?.kind === "ssws") {
    return `In the Admin Console, Security > Administrators: give the administrator who made the token ${RIGHTS}. ${RUN_AGAIN}`;
  }
  return `Scopes alone give no rights. In the Admin Console, give ${RIGHTS}: to an app under ${APP} > Admin roles > Edit assignments, to a person under Security > Administrators. ${RUN_AGAIN}`;
}

function scopeMissing(scopes: readonly string[], { token }: StopContext): Stop {
  const which = scopes.length === 0 ? "a scope" : `the scope ${scopes.join(" or ")}`;
  const anew =
    token === undefined
      ? RUN_AGAIN
      : `A token that was made before does not have it: get a new one, put it into ${token.variable}, and run the same command again to resume.`;
  return {
    code: "ORG_PERMISSION_MISSING",
    message: `${capital(nameOf(token))} lacks ${which}.`,
    hint: `As a Super Administrator, in the Admin Console: ${APP} > Okta API Scopes > Grant. ${anew}`,
  };
}
