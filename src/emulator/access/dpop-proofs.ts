import { verify } from "node:crypto";
import { type JsonObject, parseObject } from "../org/json.ts";
import type { Call } from "../routes/call.ts";
import { DpopKeys, type ProofKey } from "./dpop-keys.ts";
import { invalidProof, invalidRequest } from "./oauth-refusal.ts";
import { UsedIds } from "./used-ids.ts";

/** A proof that holds: who signed it, and the nonce in it. */
export interface DpopProof {
  readonly thumbprint: string;
  readonly nonce: unknown;
}

const OLDEST_MS = 5 * 60_000;
/** How far another clock may be ahead. Okta's own tolerance is not documented. */
const TOLERANCE_MS = 5000;

/**
 * Checks DPoP proofs: signature, method, URL, age, and that each comes once.
 *
 * @see docs/okta/access.md#proof
 */
export class DpopProofs {
  readonly #keys = new DpopKeys();
  readonly #usedIds = new UsedIds(OLDEST_MS + TOLERANCE_MS);

  /**
   * Checks the proof that a call carries.
   *
   * @returns undefined when it carries none
   * @throws {OAuthRefusal} `invalid_dpop_proof`
   */
  check(call: Call, nowMs: number): (DpopProof & { readonly ath: unknown }) | undefined {
    const header = call.headers["dpop"];
    if (header === undefined) return undefined;
    // Several headers of one name arrive as one, joined by commas.
    if (typeof header !== "string" || header.includes(",")) {
      throw invalidProof("Multiple DPoP proof JWT headers are not allowed.");
    }
    const [head = "", payload = "", signature = "", ...rest] = header.split(".");
    const key = this.#keys.read(head);
    const claims = parseObject(Buffer.from(payload, "base64url").toString("utf8"));
    if (claims === undefined || rest.length > 0) {
      throw invalidProof("The DPoP proof JWT cannot be parsed.");
    }
    if (!isSigned(key, `${head}.${payload}`, signature)) {
      throw invalidProof("The DPoP proof JWT signature is invalid.");
    }
    checkTarget(claims, call);
    checkAge(claims, nowMs);
    const { jti, nonce, ath } = claims;
    if (typeof jti !== "string" || jti === "") throw invalidClaim("jti");
    if (!this.#usedIds.take(jti, nowMs)) {
      throw invalidProof("The DPoP proof JWT has already been used.");
    }
    return { thumbprint: key.thumbprint, nonce, ath };
  }
}

/** 400 `invalid_request`: a bound token without a proof. */
export function proofRequired(): Error {
  return invalidRequest("The resource request requires a DPoP proof.");
}

function isSigned({ key, digest }: ProofKey, signed: string, signature: string): boolean {
  const options = { key, dsaEncoding: "ieee-p1363" } as const;
  return verify(digest, Buffer.from(signed), options, Buffer.from(signature, "base64url"));
}

function checkTarget({ htm, htu }: JsonObject, call: Call): void {
  if (htm !== call.method) throw invalidClaim("htm");
  if (htu !== call.origin + decodedPath(call.path)) throw invalidClaim("htu");
}

/** Okta compares with the path as it is once decoded. @see docs/okta/access.md#proof */
function decodedPath(path: string): string {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function checkAge({ iat, exp }: JsonObject, nowMs: number): void {
  if (typeof iat !== "number") throw invalidClaim("iat");
  if (iat * 1000 > nowMs + TOLERANCE_MS) {
    throw invalidProof("The DPoP proof JWT is issued in the future.");
  }
  if (iat * 1000 < nowMs - OLDEST_MS - 1000) {
    throw invalidProof("The DPoP proof JWT is issued more than five minutes in the past.");
  }
  if (typeof exp === "number" && exp * 1000 <= nowMs) {
    throw invalidProof("The DPoP proof JWT is expired.");
  }
}

function invalidClaim(name: string): Error {
  return invalidProof(`'${name}' claim in the DPoP proof JWT is invalid.`);
}
