import { createPrivateKey, type JsonWebKey, type KeyObject, type webcrypto } from "node:crypto";
import { ConfigError } from "../../core/index.ts";
import { keyFormMistake } from "./private-key-mistakes.ts";

/** How assertions are signed. @see docs/okta/access.md#service-app */
export type SigningAlgorithm = "RS256" | "RS384" | "RS512" | "ES256" | "ES384" | "ES512";

/** A private key that signs assertions; it can't be read out of this object. */
export interface SigningKey {
  readonly key: webcrypto.CryptoKey;
  readonly algorithm: SigningAlgorithm;
  /** Name under which the org knows the public half; undefined where none was given. */
  readonly keyId: string | undefined;
}

/** A private key as an operator gives it. */
export interface GivenKey {
  /** PEM (PKCS #8, PKCS #1, SEC 1), a JWK, or a JWK set of one key. */
  readonly text: string;
  /** What holds it, for messages: a variable or a file. */
  readonly at: string;
  readonly keyId?: string;
  /** Which signature; else as the JWK says, else the usual one of its kind. */
  readonly algorithm?: string;
}

type Curve = "P-256" | "P-384" | "P-521";

const LEAST_RSA_BITS = 2048;
const RSA_HASHES = { RS256: "SHA-256", RS384: "SHA-384", RS512: "SHA-512" } as const;
const CURVES: Readonly<Record<string, { algorithm: SigningAlgorithm; curve: Curve }>> = {
  prime256v1: { algorithm: "ES256", curve: "P-256" },
  secp384r1: { algorithm: "ES384", curve: "P-384" },
  secp521r1: { algorithm: "ES512", curve: "P-521" },
};

/** @throws {ConfigError} PRIVATE_KEY_INVALID when it is no private key that Okta takes */
export async function readSigningKey(given: GivenKey): Promise<SigningKey> {
  const { at } = given;
  const { key, jwk } = parse(given.text, at);
  const keyId = given.keyId ?? textOf(jwk?.["kid"]);
  const wanted = given.algorithm ?? textOf(jwk?.["alg"]);
  const { algorithm, parameters } = algorithmOf(key, at);
  const chosen = choose(algorithm, wanted, at);
  const der = key.export({ type: "pkcs8", format: "der" });
  const hash = chosen in RSA_HASHES ? { hash: RSA_HASHES[chosen as "RS256"] } : {};
  try {
    return {
      key: await crypto.subtle.importKey("pkcs8", der, { ...parameters, ...hash }, false, ["sign"]),
      algorithm: chosen,
      keyId,
    };
  } finally {
    der.fill(0);
  }
}

interface Parsed {
  readonly key: KeyObject;
  readonly jwk: JsonWebKey | undefined;
}

function parse(given: string, at: string): Parsed {
  // In a variable, the line breaks of a PEM are often written out.
  const text = given.includes("\n") ? given.trim() : given.replaceAll(String.raw`\n`, "\n").trim();
  const mistake = keyFormMistake(text);
  if (mistake !== undefined) throw invalid(at, mistake.message, mistake.hint);
  try {
    if (!text.startsWith("{")) return { key: createPrivateKey(text), jwk: undefined };
    const jwk = singleJwk(JSON.parse(text) as JsonWebKey);
    return { key: createPrivateKey({ key: jwk, format: "jwk" }), jwk };
  } catch {
    // The cause may quote the key.
    throw invalid(
      at,
      "The private key can't be read: it is damaged, or no key at all.",
      FORMS_HINT,
    );
  }
}

function singleJwk(jwk: JsonWebKey): JsonWebKey {
  const keys: unknown = jwk["keys"];
  return Array.isArray(keys) && keys.length === 1 ? (keys[0] as JsonWebKey) : jwk;
}

function algorithmOf(
  key: KeyObject,
  at: string,
): {
  readonly algorithm: SigningAlgorithm;
  readonly parameters: { readonly name: string; readonly namedCurve?: Curve };
} {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === "rsa") {
    if ((details?.modulusLength ?? 0) < LEAST_RSA_BITS) {
      throw invalid(at, "The private key is an RSA key of less than 2048 bits.", NEW_KEY_HINT);
    }
    return { algorithm: "RS256", parameters: { name: "RSASSA-PKCS1-v1_5" } };
  }
  const known = type === "ec" ? CURVES[details?.namedCurve ?? ""] : undefined;
  if (known === undefined) {
    throw invalid(at, "The private key is of a kind that Okta does not take.", NEW_KEY_HINT);
  }
  return {
    algorithm: known.algorithm,
    parameters: { name: "ECDSA", namedCurve: known.curve },
  };
}

function choose(usual: SigningAlgorithm, wanted: string | undefined, at: string): SigningAlgorithm {
  if (wanted === undefined || wanted === usual) return usual;
  if (usual === "RS256" && (wanted === "RS384" || wanted === "RS512")) return wanted;
  throw invalid(
    at,
    "The signature algorithm that is asked for does not go with the private key.",
    usual === "RS256"
      ? "An RSA key signs with RS256, RS384 or RS512."
      : `This key signs with ${usual}.`,
  );
}

const FORMS_HINT =
  "Give the private key as PEM (BEGIN PRIVATE KEY, BEGIN RSA PRIVATE KEY, BEGIN EC PRIVATE KEY) or as JWK, as the Admin Console shows it once when a key is made.";
const NEW_KEY_HINT =
  "Make a new key in the Admin Console: Applications > Applications > the app > General > Public keys > Add key. RSA from 2048 bits on and EC on P-256, P-384 or P-521 are taken.";

function invalid(at: string, message: string, hint: string): ConfigError {
  return new ConfigError({ code: "PRIVATE_KEY_INVALID", at, message: `${at}: ${message}`, hint });
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
