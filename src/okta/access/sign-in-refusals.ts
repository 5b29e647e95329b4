import { OktaError, type OktaErrorCode } from "../../core/index.ts";
import type { Refused } from "./token-endpoint.ts";

type Explanation = readonly [OktaErrorCode, message: string, hint: string];

/** What was asked for in somebody's name. */
export type SignInStep = "device" | "browser" | "refresh";

const APP = "Applications > Applications > the app";
const AGAIN = "Run okta-migrate login again";
const RENEW = "Run okta-migrate login, then the same command again: what was done stands.";

/** What to click, by OAuth's code. @see docs/okta/access.md#refusals-of-a-sign-in */
const EXPLANATIONS: ReadonlyMap<string, Explanation> = new Map<string, Explanation>([
  [
    "invalid_client",
    [
      "ORG_CLIENT_REFUSED",
      "The org knows no active native app of this client ID.",
      `In the Admin Console, ${APP} > General: compare the client ID, see that the app is active, and that Client authentication is None. Where there is none: Create App Integration > OIDC > Native Application.`,
    ],
  ],
  [
    "unsupported_grant_type",
    [
      "ORG_CLIENT_REFUSED",
      "The org does not know this way of signing in.",
      "Sign in with a browser on this machine: okta-migrate login --browser",
    ],
  ],
  [
    "access_denied",
    [
      "SIGN_IN_DENIED",
      "The sign-in was denied.",
      `${AGAIN} and confirm it. If it was confirmed: in the Admin Console, see that the administrator is assigned to the app (${APP} > Assignments), and look at Reports > System Log for the policy that denied it.`,
    ],
  ],
  ["expired_token", codeExpired()],
  [
    "invalid_dpop_proof",
    [
      "ORG_PROOF_REFUSED",
      "The org does not accept the proof of possession (DPoP) of this sign-in.",
      `${AGAIN}, and see that no proxy changes requests on their way. If it stays so, in the Admin Console, ${APP} > General > General Settings: clear "Require Demonstrating Proof of Possession (DPoP) header in token requests".`,
    ],
  ],
]);

const GRANT_TYPES: Readonly<Record<SignInStep, string>> = {
  device: "Device Authorization",
  browser: "Authorization Code",
  refresh: "Refresh Token",
};

/** Why somebody is not signed in, or not any more. The org's own words are not repeated. */
export function signInRefused(
  refused: Refused,
  { step, path, scopes }: { step: SignInStep; path: string; scopes: readonly string[] },
): OktaError {
  const [code, message, hint] = explain(refused.code, step, scopes);
  const { status, requestId } = refused.answer;
  return new OktaError({
    code,
    message: `${message} (POST ${path}: HTTP ${status}, ${refused.code})`,
    hint,
    status,
    errorCode: refused.code,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** Why somebody who was sent back from the org's page is not signed in. */
export function redirectRefused(code: string, scopes: readonly string[]): OktaError {
  const known = /^[a-z_]{1,60}$/.test(code) ? code : "unknown";
  const [errorCode, message, hint] = explain(known, "browser", scopes);
  return new OktaError({
    code: errorCode,
    message: `${message} (GET /oauth2/v1/authorize: ${known})`,
    hint,
    errorCode: known,
  });
}

/** Nobody signed in for as long as the code was good. */
export function signInExpired(): OktaError {
  const [code, message, hint] = codeExpired();
  return new OktaError({ code, message, hint });
}

/** The kept sign-in is of no more use. */
export function signInEnded(why: string): OktaError {
  return new OktaError({
    code: "SIGN_IN_ENDED",
    message: `The sign-in of okta-migrate login has ended: ${why}.`,
    hint: RENEW,
  });
}

/** What was granted at the sign-in is not enough for a command. */
export function signInLacks(scopes: readonly string[]): OktaError {
  const list = scopes.join(", ");
  return new OktaError({
    code: "ORG_SCOPE_NOT_GRANTED",
    message: `The sign-in of okta-migrate login does not have ${list}, which this command needs.`,
    hint: `${AGAIN}, without --scopes. If the app was not granted it: as a Super Administrator, in the Admin Console, ${APP} > Okta API Scopes > Grant, and then okta-migrate login.`,
  });
}

function explain(code: string, step: SignInStep, scopes: readonly string[]): Explanation {
  if (code === "invalid_scope" || code === "consent_required") return scopesMissing(scopes);
  if (code === "invalid_grant") {
    if (step === "refresh") {
      const why = "the org does not renew it any more, as it was revoked or not used for too long";
      const { message, hint } = signInEnded(why);
      return ["SIGN_IN_ENDED", message, hint];
    }
    return codeExpired();
  }
  if (code === "unauthorized_client") {
    return [
      "ORG_CLIENT_REFUSED",
      `The app does not allow the grant type ${GRANT_TYPES[step]}.`,
      `In the Admin Console, ${APP} > General > General Settings > Grant type: tick Authorization Code, Device Authorization and Refresh Token. It must be an OIDC app of the type Native Application.`,
    ];
  }
  return (
    EXPLANATIONS.get(code === "use_dpop_nonce" ? "invalid_dpop_proof" : code) ?? [
      "ORG_CLIENT_REFUSED",
      "The org refuses the sign-in.",
      `In the Admin Console, look at Reports > System Log for the reason, and compare ${APP} > General with docs/guides/sign-in.md.`,
    ]
  );
}

function codeExpired(): Explanation {
  return [
    "SIGN_IN_EXPIRED",
    "The code is no longer good: nobody signed in with it in time, or it was used already.",
    `${AGAIN}: it shows a new one.`,
  ];
}

function scopesMissing(scopes: readonly string[]): Explanation {
  const asked = scopes.filter((scope) => scope.startsWith("okta."));
  const list = `${asked.length > 1 ? "all of " : ""}${asked.join(", ")}`;
  return [
    "ORG_SCOPE_NOT_GRANTED",
    `The app through which somebody signs in was not granted ${list}.`,
    `As a Super Administrator, in the Admin Console: ${APP} > Okta API Scopes > Grant; then run okta-migrate login. Or sign in for less, as in: okta-migrate login --scopes okta.users.manage,okta.users.read`,
  ];
}
