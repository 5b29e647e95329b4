import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { isRecord, type JsonObject, parseObject } from "../org/json.ts";
import { invalidProof } from "./oauth-refusal.ts";

/** What the head of a proof says: with which key it is to be checked, and how. */
export interface ProofKey {
  readonly key: KeyObject;
  /** Digest, as node:crypto calls it. */
  readonly digest: string;
  /** SHA-256 thumbprint of the public key, RFC 7638. */
  readonly thumbprint: string;
}

/** What Okta signs and checks with, as it lists it. */
export const PROOF_ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"] as const;

const CURVES: Readonly<Record<string, string>> = {
  ES256: "P-256",
  ES384: "P-384",
  ES512: "P-521",
};
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
const MOST_KEYS = 1000;

/**
 * Reads the heads of proofs. A caller's head is the same each time, so the last ones are kept: what
 * is left to do per call is one signature.
 */
export class DpopKeys {
  readonly #known = new Map<string, ProofKey>();

  /**
   * @param head the first part of a proof, still encoded
   * @throws {OAuthRefusal} `invalid_dpop_proof`
   */
  read(head: string): ProofKey {
    const known = this.#known.get(head);
    if (known !== undefined) return known;
    const read = readHead(head);
    if (this.#known.size >= MOST_KEYS) this.#known.clear();
    this.#known.set(head, read);
    return read;
  }
}

function readHead(head: string): ProofKey {
  const { typ, alg, jwk } = parseObject(Buffer.from(head, "base64url").toString("utf8")) ?? {};
  if (alg === undefined) throw invalidProof("The DPoP proof JWT cannot be parsed.");
  if (typ !== "dpop+jwt") throw invalidProof("'typ' must be 'dpop+jwt' in the DPoP proof JWT.");
  const algorithm = PROOF_ALGORITHMS.find((known) => known === alg);
  if (algorithm === undefined) {
    throw invalidProof("The DPoP proof JWT signature algorithm is invalid.");
  }
  if (!isRecord(jwk) || PRIVATE_MEMBERS.some((member) => member in jwk)) throw invalidProof();
  if (jwk["kty"] !== (algorithm.startsWith("RS") ? "RSA" : "EC")) throw invalidProof();
  if (jwk["crv"] !== CURVES[algorithm]) throw invalidProof();
  return {
    key: importKey(jwk),
    digest: `sha${algorithm.slice(2)}`,
    thumbprint: thumbprintOf(jwk),
  };
}

function importKey(jwk: JsonObject): KeyObject {
  try {
    return createPublicKey({ key: { ...jwk }, format: "jwk" });
  } catch {
    throw invalidProof();
  }
}

function thumbprintOf({ kty, crv, x, y, n, e }: JsonObject): string {
  const members = kty === "EC" ? { crv, kty, x, y } : { e, kty, n };
  return createHash("sha256").update(JSON.stringify(members)).digest("base64url");
}
