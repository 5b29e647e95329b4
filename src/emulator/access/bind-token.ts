import { jsonAnswer } from "../routes/call.ts";
import type { Call } from "../routes/call.ts";
import type { AccessServer } from "./access-server.ts";
import type { App } from "./app.ts";
import { invalidProof, OAuthRefusal } from "./oauth-refusal.ts";

/**
 * Finds the key that a token is to be bound to. An app that demands no proof gets a bearer token,
 * whatever it sends.
 *
 * @returns the thumbprint of the key; undefined: bound to none
 * @throws {OAuthRefusal} 400 `invalid_dpop_proof`, or `use_dpop_nonce` with the nonce in a header
 * @see docs/okta/access.md#proof
 */
export function bindToken(access: AccessServer, app: App, call: Call): string | undefined {
  if (!app.dpop) return undefined;
  const nowMs = access.now();
  const proof = access.proofs.check(call, nowMs);
  if (proof === undefined) throw invalidProof("The DPoP proof JWT header is missing.");
  const { nonces, settings } = access;
  if (typeof proof.nonce === "string" && nonces.isGood(proof.nonce, nowMs, settings)) {
    return proof.thumbprint;
  }
  const error = "use_dpop_nonce";
  const description = "Authorization server requires nonce in DPoP proof.";
  const body = JSON.stringify({ error, error_description: description });
  const headers = ["dpop-nonce", nonces.current(nowMs, settings)];
  throw new OAuthRefusal({ error, description }, jsonAnswer(body, 400, headers));
}
