import { OrgRefusal } from "../org/org-refusal.ts";
import type { Call } from "../routes/call.ts";
import type { AccessServer } from "./access-server.ts";
import { PROOF_ALGORITHMS } from "./dpop-keys.ts";
import { proofRequired } from "./dpop-proofs.ts";
import { invalidProof, invalidRequest, type OAuthError, OAuthRefusal } from "./oauth-refusal.ts";
import { covers, type Permission, scopeOf } from "./permission.ts";
import { type AdminRole, allows } from "./roles.ts";
import { type AccessToken, faultOf } from "./tokens.ts";

/** A call of the API, and what it needs. */
export interface GuardedCall {
  readonly call: Call;
  readonly permission: Permission;
}

/** 401 `E0000011` with the head that names the reason. */
class InvalidToken extends OrgRefusal {
  override readonly headers: readonly string[];

  constructor(challenge: string) {
    super(401, "E0000011", "Invalid token provided");
    this.headers = ["WWW-Authenticate", challenge];
  }
}

/**
 * Checks the access token of a call: that it is good, that it is presented as it must be, that its
 * scopes and the role behind it allow the call.
 *
 * @throws {OrgRefusal} 401 `E0000011`, 403 `E0000006`
 * @throws {OAuthRefusal} 400, 401 or 403 without a body: the reason stands in `WWW-Authenticate`
 * @see docs/okta/access.md#answers-of-guarded-calls
 */
export function checkToken(access: AccessServer, guarded: GuardedCall): void {
  const { scheme, text } = presented(guarded.call);
  const token = access.tokens.find(text);
  const fault = token === undefined ? "unknown" : faultOf(token, access.now());
  if (token === undefined || fault !== undefined) {
    throw new InvalidToken(challenge(guarded, scheme, invalidToken(WORDS[fault ?? "unknown"])));
  }
  try {
    if (scheme === "DPoP") checkProof(access, guarded.call, token);
    else if (token.boundTo !== undefined) throw schemeRequired();
  } catch (refusal) {
    if (!(refusal instanceof OAuthRefusal)) throw refusal;
    throw challenged(guarded, "DPoP", refusal);
  }
  if (!covers(token.scopes, guarded.permission)) {
    throw challenged(guarded, scheme, new OAuthRefusal(INSUFFICIENT_SCOPE));
  }
  const role = access.appOf(token.clientId)?.role ?? "none";
  checkRole(role, guarded.permission);
}

/** Checks that a role allows a call. @throws {OrgRefusal} 403 `E0000006` */
export function checkRole(role: AdminRole, permission: Permission): void {
  if (allows(role, permission)) return;
  const summary = "You do not have permission to perform the requested action";
  throw new OrgRefusal(403, "E0000006", summary);
}

const WORDS = {
  unknown: "The access token is invalid.",
  expired: "The token has expired.",
  revoked: "The access token has been revoked.",
} as const;

const INSUFFICIENT_SCOPE: OAuthError = {
  error: "insufficient_scope",
  description: "The access token provided does not contain the required scopes.",
  status: 403,
};

type Scheme = "Bearer" | "DPoP";

function presented({ headers }: Call): { readonly scheme: Scheme; readonly text: string } {
  const [, scheme = "", text = ""] =
    /^(bearer|dpop) +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  return { scheme: scheme.toLowerCase() === "dpop" ? "DPoP" : "Bearer", text };
}

/** @see docs/okta/access.md#proof */
function checkProof(access: AccessServer, call: Call, token: AccessToken): void {
  if (token.boundTo === undefined) {
    throw new OAuthRefusal(invalidToken("The presented access_token is not DPoP bound."));
  }
  const nowMs = access.now();
  const proof = access.proofs.check(call, nowMs);
  if (proof === undefined) throw proofRequired();
  if (proof.ath !== token.hash) {
    throw invalidProof("'ath' claim in the DPoP proof does not match the presented access_token.");
  }
  if (proof.thumbprint !== token.boundTo) {
    throw invalidProof("The access_token is not bound to the provided DPoP proof.");
  }
  const { settings, nonces } = access;
  if (!settings.resourceNonce) return;
  if (typeof proof.nonce === "string" && nonces.isGood(proof.nonce, nowMs, settings)) return;
  const description = "Resource server requires nonce in DPoP proof.";
  const said = { error: "use_dpop_nonce", description, status: 401 };
  throw new OAuthRefusal(said, nonceAnswer(nonces.current(nowMs, settings)));
}

function schemeRequired(): OAuthRefusal {
  return invalidRequest(
    "The resource request must use the DPoP authentication scheme when using a DPoP bound token.",
  );
}

function invalidToken(description: string): OAuthError {
  return { error: "invalid_token", description, status: 401 };
}

function nonceAnswer(nonce: string): OAuthRefusal["answer"] {
  return { status: 401, body: "", contentType: "", headers: ["dpop-nonce", nonce] };
}

/** The same refusal as a call of the API is told: no body, the reason in a header. */
function challenged(guarded: GuardedCall, scheme: Scheme, refusal: OAuthRefusal): OAuthRefusal {
  const { said, answer } = refusal;
  const lines = ["WWW-Authenticate", challenge(guarded, scheme, said), ...answer.headers];
  return new OAuthRefusal(said, {
    status: said.status ?? 400,
    body: "",
    contentType: "",
    headers: lines,
  });
}

function challenge({ call, permission }: GuardedCall, scheme: Scheme, said: OAuthError): string {
  const algorithms = scheme === "DPoP" ? [`algs="${PROOF_ALGORITHMS.join(" ")}"`] : [];
  const origin = quotable(call.origin);
  const members = [
    ...algorithms,
    `authorization_uri="${origin}/oauth2/v1/authorize"`,
    `realm="${origin}"`,
    `scope="${scopeOf(permission)}"`,
    `error="${said.error}"`,
    `error_description="${said.description}"`,
    `resource="${quotable(call.path)}"`,
  ];
  return `${scheme} ${members.join(", ")}`;
}

/** What came from outside, as it may stand between quotes in a header. */
function quotable(text: string): string {
  return text.replace(/[^\x21\x23-\x5b\x5d-\x7e]/g, "");
}
