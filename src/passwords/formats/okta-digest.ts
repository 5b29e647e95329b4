import type { DigestHash } from "../../core/index.ts";
import { decodeBase64 } from "./bytes.ts";
import type { Digest, DigestComputation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { hasForeignKey } from "./okta-keys.ts";
import type { Fault, StoredObject } from "./stored-format.ts";

/** Bytes of each digest. */
export const DIGEST_BYTES: Readonly<Record<DigestHash["algorithm"], number>> = {
  "SHA-512": 64,
  "SHA-256": 32,
  "SHA-1": 20,
  MD5: 16,
};

const DIGESTS: Readonly<Record<DigestHash["algorithm"], Digest>> = {
  "SHA-512": "sha512",
  "SHA-256": "sha256",
  "SHA-1": "sha1",
  MD5: "md5",
};

const KEYS = ["algorithm", "salt", "saltOrder", "value"];
const NO_SALT = new Uint8Array();

/** Whether Okta's name of an algorithm is that of a plain digest. */
export function isDigestAlgorithm(name: string): name is DigestHash["algorithm"] {
  return Object.hasOwn(DIGEST_BYTES, name);
}

/** Reads `{algorithm, salt, saltOrder, value}`; an empty salt is none. */
export function readDigestObject(
  algorithm: DigestHash["algorithm"],
  object: StoredObject,
): DigestComputation | Fault {
  const { saltOrder = null } = object;
  if (hasForeignKey(object, KEYS)) return malformed(`has a key that ${algorithm} does not know`);
  const value = readValue(algorithm, object);
  if (value === undefined) {
    const bytes = DIGEST_BYTES[algorithm];
    return malformed(`is ${algorithm} whose value is not base64 of ${bytes} bytes`);
  }
  const plain = {
    kind: "digest",
    preparation: [],
    digest: DIGESTS[algorithm],
    rounds: 1,
    again: "digest",
    value,
  } as const;
  if (object["salt"] === "") return { ...plain, salted: "none", salt: NO_SALT };
  if (object["salt"] === undefined || object["salt"] === null) {
    if (saltOrder !== null) return malformed(`is ${algorithm} with a saltOrder but no salt`);
    return { ...plain, salted: "none", salt: NO_SALT };
  }
  const salt = typeof object["salt"] === "string" ? decodeBase64(object["salt"]) : undefined;
  if (salt === undefined) return malformed(`is ${algorithm} whose salt is not base64`);
  if (saltOrder !== "PREFIX" && saltOrder !== "POSTFIX") {
    return malformed(`is ${algorithm} with a salt whose saltOrder is neither PREFIX nor POSTFIX`);
  }
  return { ...plain, salted: saltOrder === "PREFIX" ? "prefix" : "postfix", salt };
}

function readValue(
  algorithm: DigestHash["algorithm"],
  object: StoredObject,
): Uint8Array | undefined {
  const value = typeof object["value"] === "string" ? decodeBase64(object["value"]) : undefined;
  return value?.length === DIGEST_BYTES[algorithm] ? value : undefined;
}
