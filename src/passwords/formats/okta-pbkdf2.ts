import { decodeBase64 } from "./bytes.ts";
import type { Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { hasForeignKey } from "./okta-keys.ts";
import type { Fault, StoredObject } from "./stored-format.ts";

const KEYS = [
  "algorithm",
  "digestAlgorithm",
  "iterationCount",
  "keySize",
  "salt",
  "value",
  "saltOrder",
];

/** Reads `{algorithm: "PBKDF2", digestAlgorithm, iterationCount, keySize, salt, value}`. */
export function readPbkdf2Object(object: StoredObject): Pbkdf2Computation | Fault {
  const { digestAlgorithm, iterationCount, keySize } = object;
  if (hasForeignKey(object, KEYS)) return malformed("has a key that PBKDF2 does not know");
  if (digestAlgorithm !== "SHA256_HMAC" && digestAlgorithm !== "SHA512_HMAC") {
    return malformed("is PBKDF2 whose digestAlgorithm is neither SHA256_HMAC nor SHA512_HMAC");
  }
  if (!isCount(iterationCount)) return malformed("is PBKDF2 without a whole iterationCount");
  if (!isCount(keySize)) return malformed("is PBKDF2 without a whole keySize");
  const salt = typeof object["salt"] === "string" ? decodeBase64(object["salt"]) : undefined;
  if (salt === undefined) return malformed("is PBKDF2 whose salt is not base64");
  const key = typeof object["value"] === "string" ? decodeBase64(object["value"]) : undefined;
  if (key === undefined) return malformed("is PBKDF2 whose value is not base64");
  if (key.length !== keySize) {
    return malformed(`is PBKDF2 with keySize ${keySize} and a value of ${key.length} bytes`);
  }
  const digest = digestAlgorithm === "SHA256_HMAC" ? "sha256" : "sha512";
  return { kind: "pbkdf2", preparation: [], digest, rounds: iterationCount, salt, key };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
