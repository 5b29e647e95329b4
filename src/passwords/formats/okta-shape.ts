import type { Computation } from "./computation.ts";
import { malformed, unsupported } from "./faults.ts";
import { objectOf } from "./json-object.ts";
import { readBcryptObject } from "./okta-bcrypt.ts";
import { DIGEST_BYTES, isDigestAlgorithm, readDigestObject } from "./okta-digest.ts";
import { readPbkdf2Object } from "./okta-pbkdf2.ts";
import {
  type Fault,
  isFault,
  isStoredObject,
  type StoredFormat,
  type StoredObject,
} from "./stored-format.ts";

const WRAPPERS = ["credentials", "password", "hash"] as const;
const ALGORITHMS = ["BCRYPT", "PBKDF2", ...Object.keys(DIGEST_BYTES)].join(", ");
/** Schemes that exports name in Okta's shape although Okta has none of them. */
const OTHER_SCHEMES = ["ARGON2", "SCRYPT", "HMAC", "SHA-384", "SHA-224", "MD4"];

/**
 * Okta's own `credentials.password.hash` object, or JSON text of it, alone or within `hash`,
 * `password` and `credentials`.
 *
 * @see docs/okta/password-hashes.md#shapes
 */
export const oktaShape: StoredFormat<"okta"> = {
  name: "okta",
  title: "Okta's own hash object",
  writtenBy: "exports that were made for Okta",
  looksLike: '{"algorithm": "SHA-512", "salt": <base64>, "saltOrder": "PREFIX", "value": <base64>}',
  recognises: (value) => {
    const object = objectOf(value);
    return object !== undefined && "algorithm" in unwrap(object);
  },
  read: (value) => {
    const object = objectOf(value);
    if (object === undefined) return malformed("is no JSON object");
    const computation = readObject(unwrap(object));
    return isFault(computation) ? computation : [{ computation }];
  },
};

function unwrap(object: StoredObject): StoredObject {
  let inner = object;
  for (const name of WRAPPERS) {
    const next = Object.hasOwn(inner, name) ? inner[name] : undefined;
    if (isStoredObject(next)) inner = next;
  }
  return inner;
}

function readObject(object: StoredObject): Computation | Fault {
  const algorithm = object["algorithm"];
  if (typeof algorithm !== "string") return malformed("is an object without an algorithm");
  if (isDigestAlgorithm(algorithm)) return readDigestObject(algorithm, object);
  switch (algorithm) {
    case "BCRYPT":
      return readBcryptObject(object);
    case "PBKDF2":
      return readPbkdf2Object(object);
    default:
      return unknownAlgorithm(algorithm);
  }
}

function unknownAlgorithm(algorithm: string): Fault {
  const scheme = OTHER_SCHEMES.find((name) => algorithm.toUpperCase().startsWith(name));
  return scheme === undefined
    ? malformed(`names an algorithm that Okta does not have; it has ${ALGORITHMS}`)
    : unsupported(`is ${scheme}, which Okta can't take`);
}
