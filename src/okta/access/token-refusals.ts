import { OktaError, type OktaErrorCode } from "../../core/index.ts";
import type { ServiceApp } from "./service-app.ts";
import { TOKEN_PATH, type TokenAnswer } from "./token-endpoint.ts";

type Refused = Extract<TokenAnswer, { kind: "refused" }>;
type Explanation = readonly [OktaErrorCode, message: string, hint: string];

const APP = "Applications > Applications > the app";
const RUN_AGAIN = "Then run the same command again; it goes on where it stood.";

/** What to click, by OAuth's code. @see docs/okta/access.md#refusals */
const EXPLANATIONS: ReadonlyMap<string, Explanation> = new Map<string, Explanation>([
  [
    "unauthorized_client",
    [
      "ORG_CLIENT_REFUSED",
      "The app may not get a token by itself.",
      "In the Admin Console, Applications > Applications > Create App Integration > API Services: only an app of that type may; take its client ID and key.",
    ],
  ],
  [
    "access_denied",
    [
      "ORG_CLIENT_REFUSED",
      "The org denies the app a token.",
      `In the Admin Console, look at Reports > System Log for the reason, and at ${APP} > General.`,
    ],
  ],
  [
    "invalid_dpop_proof",
    [
      "ORG_PROOF_REFUSED",
      "The org does not accept the proof of possession (DPoP) of this process.",
      `See that no proxy changes requests on their way. If it stays so, in the Admin Console, ${APP} > General > General Settings: clear "Require Demonstrating Proof of Possession (DPoP) header in token requests".`,
    ],
  ],
]);

const SIGNED_FOR_ANOTHER: Explanation = [
  "ORG_CLIENT_REFUSED",
  "The org expects the app's assertion to be made out to another address than the one that was called.",
  "Give the address under which the app's org is known: the one of the Admin Console without -admin, or the custom domain that it is served by.",
];
const SIGNED_AT_ANOTHER_TIME: Explanation = [
  "ORG_CLIENT_REFUSED",
  "The org finds the app's assertion too old, or from the future.",
  "Set this machine's clock, and see that no proxy holds requests back or changes the Date header.",
];
const UNKNOWN: Explanation = [
  "ORG_CLIENT_REFUSED",
  "The org gives the app no token.",
  `In the Admin Console, look at Reports > System Log for the reason, and compare ${APP} > General with what is set here.`,
];

/** Why there is no token, and what to do about it. The org's own words are not repeated. */
export function tokenRefused(
  refused: Refused,
  scopes: readonly string[],
  app: Pick<ServiceApp, "variables">,
): OktaError {
  const [code, message, hint] = explain(refused, scopes, app);
  const { status, requestId } = refused.answer;
  return new OktaError({
    code,
    message: `${message} (POST ${TOKEN_PATH}: HTTP ${status}, ${refused.code})`,
    hint: `${hint} ${RUN_AGAIN}`,
    status,
    errorCode: refused.code,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** Why a token that the org gave is of no use. */
export function scopesNotGranted(scopes: readonly string[]): OktaError {
  const [code, message, hint] = scopesMissing(scopes);
  return new OktaError({ code, message, hint: `${hint} ${RUN_AGAIN}` });
}

function explain(
  { code, description }: Refused,
  scopes: readonly string[],
  app: Pick<ServiceApp, "variables">,
): Explanation {
  if (code === "invalid_scope" || code === "consent_required") return scopesMissing(scopes);
  if (code === "invalid_client" && /audience|\baud\b/i.test(description)) return SIGNED_FOR_ANOTHER;
  if (code === "invalid_client" && /expir|future|\biat\b|issued/i.test(description)) {
    return SIGNED_AT_ANOTHER_TIME;
  }
  if (code === "invalid_client") return appUnknown(app);
  return EXPLANATIONS.get(code) ?? UNKNOWN;
}

function appUnknown({ variables }: Pick<ServiceApp, "variables">): Explanation {
  return [
    "ORG_CLIENT_REFUSED",
    `The org does not accept the service app: it knows no active app that has the client ID from ${variables.clientId} and the key from ${variables.key}.`,
    `In the Admin Console, ${APP} > General: compare the client ID, and see that the key is listed under Public keys and active, and that the app is active. The org must be the one that has the app.`,
  ];
}

function scopesMissing(scopes: readonly string[]): Explanation {
  const list = scopes.join(", ");
  return [
    "ORG_SCOPE_NOT_GRANTED",
    scopes.length === 1
      ? `The app was not granted ${list}.`
      : `The app was granted none of ${list}.`,
    `As a Super Administrator, in the Admin Console: ${APP} > Okta API Scopes > Grant.`,
  ];
}
