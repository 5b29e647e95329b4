import { type DigestHash, type PasswordMaterial, Secret } from "../../core/index.ts";
import { readBase64 } from "./base64.ts";
import { hasForeignKey } from "./okta-keys.ts";
import type { StoredObject } from "./stored-format.ts";
import { malformed } from "./unusable.ts";

/** Bytes of each digest. */
export const DIGEST_BYTES: Readonly<Record<DigestHash["algorithm"], number>> = {
  "SHA-512": 64,
  "SHA-256": 32,
  "SHA-1": 20,
  MD5: 16,
};

const KEYS = ["algorithm", "salt", "saltOrder", "value"];

/** Whether Okta's name of an algorithm is that of a plain digest. */
export function isDigestAlgorithm(name: string): name is DigestHash["algorithm"] {
  return Object.hasOwn(DIGEST_BYTES, name);
}

/** Reads `{algorithm, salt, saltOrder, value}`; an empty salt is none. */
export function readDigestObject(
  algorithm: DigestHash["algorithm"],
  object: StoredObject,
): PasswordMaterial {
  const { saltOrder = null } = object;
  if (hasForeignKey(object, KEYS)) return malformed(`has a key that ${algorithm} does not know`);
  const value = readValue(algorithm, object);
  if (value === undefined) {
    const bytes = DIGEST_BYTES[algorithm];
    return malformed(`is ${algorithm} whose value is not base64 of ${bytes} bytes`);
  }
  if (object["salt"] === "") return { kind: "hash", hash: new Secret({ algorithm, value }) };
  if (object["salt"] === undefined || object["salt"] === null) {
    if (saltOrder !== null) return malformed(`is ${algorithm} with a saltOrder but no salt`);
    return { kind: "hash", hash: new Secret({ algorithm, value }) };
  }
  const salt = typeof object["salt"] === "string" ? readBase64(object["salt"]) : undefined;
  if (salt === undefined) return malformed(`is ${algorithm} whose salt is not base64`);
  if (saltOrder !== "PREFIX" && saltOrder !== "POSTFIX") {
    return malformed(`is ${algorithm} with a salt whose saltOrder is neither PREFIX nor POSTFIX`);
  }
  return {
    kind: "hash",
    hash: new Secret({ algorithm, salt: salt.padded, saltOrder, value }),
  };
}

function readValue(algorithm: DigestHash["algorithm"], object: StoredObject): string | undefined {
  const value = typeof object["value"] === "string" ? readBase64(object["value"]) : undefined;
  return value?.byteLength === DIGEST_BYTES[algorithm] ? value.padded : undefined;
}
