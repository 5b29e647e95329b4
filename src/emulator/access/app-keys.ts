import { createPublicKey, type KeyObject } from "node:crypto";
import type { JWK } from "jose";
import { isRecord, parseObject } from "../org/json.ts";

const LEAST_RSA_BITS = 2048;

/**
 * Reads the public keys of an app: PEM, a JWK or a JWK set. Of a private key only its public part
 * is taken.
 *
 * @throws {Error} whose message is one clause that says what is wrong; it quotes nothing
 * @see docs/okta/access.md#service-app
 */
export function readAppKeys(text: string): readonly JWK[] {
  if (text.includes("-----BEGIN")) return [publicJwk(() => createPublicKey(text), {})];
  const given = parseObject(text);
  if (given === undefined) throw new Error("holds neither PEM nor a JWK");
  const { keys } = given;
  const jwks: readonly unknown[] = Array.isArray(keys) ? keys : [given];
  if (jwks.length === 0) throw new Error("holds no key");
  return jwks.map((jwk) => {
    if (!isRecord(jwk)) throw new Error("holds a JWK that is none");
    return publicJwk(() => createPublicKey({ key: { ...jwk }, format: "jwk" }), jwk);
  });
}

function publicJwk(read: () => KeyObject, given: Readonly<Record<string, unknown>>): JWK {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw new Error("holds no key that can be read");
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? LEAST_RSA_BITS;
  const isFit = key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "ec";
  if (!isFit || bits < LEAST_RSA_BITS) {
    throw new Error("holds a key that is neither RSA of 2048 bits or more nor EC");
  }
  const { kid } = given;
  const jwk = key.export({ format: "jwk" }) as JWK;
  return typeof kid === "string" ? { ...jwk, kid } : jwk;
}
