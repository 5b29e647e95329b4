import { type PasswordMaterial, Secret } from "../../core/index.ts";
import { readBase64 } from "./base64.ts";
import { hasForeignKey } from "./okta-keys.ts";
import type { StoredObject } from "./stored-format.ts";
import { malformed, unsupported } from "./unusable.ts";

const KEYS = [
  "algorithm",
  "digestAlgorithm",
  "iterationCount",
  "keySize",
  "salt",
  "value",
  "saltOrder",
];
const MIN_ITERATIONS = 4096;

/** Reads `{algorithm: "PBKDF2", digestAlgorithm, iterationCount, keySize, salt, value}`. */
export function readPbkdf2Object(object: StoredObject): PasswordMaterial {
  const { digestAlgorithm, iterationCount, keySize } = object;
  if (hasForeignKey(object, KEYS)) return malformed("has a key that PBKDF2 does not know");
  if (digestAlgorithm !== "SHA256_HMAC" && digestAlgorithm !== "SHA512_HMAC") {
    return malformed("is PBKDF2 whose digestAlgorithm is neither SHA256_HMAC nor SHA512_HMAC");
  }
  if (!isCount(iterationCount)) return malformed("is PBKDF2 without a whole iterationCount");
  if (!isCount(keySize)) return malformed("is PBKDF2 without a whole keySize");
  const salt = typeof object["salt"] === "string" ? readBase64(object["salt"]) : undefined;
  if (salt === undefined) return malformed("is PBKDF2 whose salt is not base64");
  const value = typeof object["value"] === "string" ? readBase64(object["value"]) : undefined;
  if (value === undefined) return malformed("is PBKDF2 whose value is not base64");
  if (value.byteLength !== keySize) {
    return malformed(`is PBKDF2 with keySize ${keySize} and a value of ${value.byteLength} bytes`);
  }
  if (iterationCount < MIN_ITERATIONS) {
    return unsupported("is PBKDF2 with fewer than 4,096 rounds, the least that Okta takes");
  }
  return {
    kind: "hash",
    hash: new Secret({
      algorithm: "PBKDF2",
      digestAlgorithm,
      iterationCount,
      keySize,
      salt: salt.padded,
      value: value.padded,
    }),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
