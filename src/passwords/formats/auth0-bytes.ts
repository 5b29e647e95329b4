import { type Auth0Object, type Auth0Salt, decodeAuth0 } from "./auth0-object.ts";
import type {
  Digest,
  DigestComputation,
  HmacComputation,
  ScryptComputation,
} from "./computation.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed, unsupported } from "./faults.ts";
import { isAffordableScrypt, isScryptCost } from "./scrypt-limits.ts";
import type { Fault } from "./stored-format.ts";

const PLAIN = ["md4", "md5", "sha1", "sha256", "sha512"] as const;
const UNSALTED: Auth0Salt = { bytes: new Uint8Array(), order: "prefix" };
const KEY_BYTES = { least: 16, most: 256 };

/** Whether an algorithm is a plain digest. */
export function isPlainDigest(algorithm: string): algorithm is (typeof PLAIN)[number] {
  return PLAIN.some((one) => one === algorithm);
}

/** A plain digest with a salt before or behind. */
export function readPlainDigest(object: Auth0Object, digest: Digest): DigestComputation | Fault {
  const value = decodeValue(object);
  if (value?.length !== DIGEST_SIZES[digest]) return damagedValue();
  const { bytes, order } = object.salt ?? UNSALTED;
  return {
    kind: "digest",
    preparation: [],
    digest,
    salted: object.salt === undefined ? "none" : order,
    salt: bytes,
    rounds: 1,
    again: "digest",
    value,
  };
}

/** An HMAC under a key of the system's own. */
export function readHmac(object: Auth0Object): HmacComputation | Fault {
  const { digest, key, salt } = object;
  if (key === undefined) return malformed("is Auth0's HMAC without its key");
  if (salt !== undefined)
    return unsupported("is Auth0's HMAC with a salt, whose place is not told");
  if (digest === undefined || !isDigest(digest)) {
    return unsupported("is Auth0's HMAC over a digest that can't be computed here");
  }
  const value = decodeValue(object);
  if (value?.length !== DIGEST_SIZES[digest]) return damagedValue();
  return { kind: "hmac", preparation: [], digest, keyed: "salt", salt: key, value };
}

/** Scrypt, within what one check may cost: at most 1 GiB. */
export function readScrypt(object: Auth0Object): ScryptComputation | Fault {
  const { salt, scrypt } = object;
  const { keyLength, cost, blockSize, parallelization } = scrypt;
  if (salt === undefined) return malformed("is Auth0's scrypt without its salt");
  const isThere = isScryptCost(cost) && blockSize >= 1 && parallelization >= 1;
  if (!isThere || !isAffordableScrypt(scrypt)) {
    return malformed("is Auth0's scrypt whose settings are missing or beyond reason");
  }
  const key = decodeValue(object);
  const isWhole = keyLength >= KEY_BYTES.least && keyLength <= KEY_BYTES.most;
  if (!isWhole || key?.length !== keyLength) return damagedValue();
  return {
    kind: "scrypt",
    preparation: [],
    cost,
    blockSize,
    parallelization,
    salt: salt.bytes,
    key,
  };
}

function decodeValue({ value, encoding }: Auth0Object): Uint8Array | undefined {
  return encoding === "hex" || encoding === "base64" ? decodeAuth0(value, encoding) : undefined;
}

function isDigest(name: string): name is Digest {
  return Object.hasOwn(DIGEST_SIZES, name);
}

function damagedValue(): Fault {
  return malformed("is Auth0's with a value that is cut off or not in its encoding");
}
