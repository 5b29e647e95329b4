import { readBcryptParts } from "./bcrypt-parts.ts";
import { decodePaddedBase64 } from "./bytes.ts";
import type { Computation, Digest, HmacComputation } from "./computation.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed, unsupported } from "./faults.ts";
import { countAt, objectOf, textAt } from "./json-object.ts";
import { withPasswordSteps } from "./password-steps.ts";
import { isAbsent } from "./presence.ts";
import { readPbkdf2Parts, withPepper } from "./pbkdf2-parts.ts";
import {
  type Beside,
  type Fault,
  isFault,
  type StoredFormat,
  type StoredObject,
  type StoredValue,
} from "./stored-format.ts";

const MAX_ROUNDS = 10_000_000;

const PBKDF2: Readonly<Record<string, { readonly digest: Digest; readonly keyBytes: number }>> = {
  "salted-pbkdf2-hmac-sha256": { digest: "sha256", keyBytes: 32 },
  "salted-pbkdf2-hmac-sha256-512": { digest: "sha256", keyBytes: 64 },
  "salted-pbkdf2-hmac-sha512-512": { digest: "sha512", keyBytes: 64 },
};
const DIGESTS: Readonly<Record<string, Digest>> = {
  "salted-md5": "md5",
  "salted-sha256": "sha256",
};

/** A user's password as FusionAuth's schemes say: salt and hash in base64, and a factor. */
interface Encryption {
  readonly scheme: string;
  readonly factor: number;
  readonly salt: string;
  readonly hash: string;
}

/**
 * A user of a FusionAuth import or export, by the schemes whose formula FusionAuth documents. In a
 * table, `password.params` names the columns of its scheme and factor.
 */
export const fusionauth: StoredFormat<"fusionauth"> = {
  name: "fusionauth",
  title: "FusionAuth's user",
  writtenBy: "FusionAuth: users as its import takes them, or rows of its database",
  looksLike:
    '{"encryptionScheme": "salted-pbkdf2-hmac-sha256", "factor": 24000, "salt": <base64>, "password": <base64>}',
  carriedExcept: "salted-hmac-sha256, and salted-md5 and salted-sha256 with a factor above 1",
  recognises: (value, beside) => schemeOf(userOf(value, beside)) !== undefined,
  read: (value, beside) => {
    const object = userOf(value, beside);
    const scheme = schemeOf(object);
    const salt = textAt(object, "salt");
    const hash = textAt(object, "password") ?? textAt(object, "hash");
    if (scheme === undefined || salt === undefined || hash === undefined) {
      return malformed("is FusionAuth's without its scheme, salt or hash");
    }
    const factor = countAt(object, "factor");
    const computation = readEncryption({ scheme, factor, salt, hash }, beside);
    return isFault(computation) ? computation : [{ computation }];
  },
};

/** The user as one object: as it is, or put together from its columns. */
function userOf(value: StoredValue, { salt, rounds, params }: Beside): StoredObject | undefined {
  const object = objectOf(value);
  if (object !== undefined || params === undefined || typeof value !== "string") return object;
  return {
    ...(salt === undefined ? {} : { salt }),
    ...(isAbsent(rounds) ? {} : { factor: rounds }),
    ...params,
    password: value,
  };
}

function schemeOf(object: StoredObject | undefined): string | undefined {
  return textAt(object, "encryptionScheme") ?? textAt(object, "encryption_scheme");
}

function readEncryption(encryption: Encryption, beside: Beside): Computation | Fault {
  const { scheme, factor, salt, hash } = encryption;
  const pbkdf2 = Object.hasOwn(PBKDF2, scheme) ? PBKDF2[scheme] : undefined;
  if (pbkdf2 !== undefined) {
    const computation = readPbkdf2Parts({
      digest: pbkdf2.digest,
      rounds: factor,
      salt: decodePaddedBase64(salt),
      key: decodePaddedBase64(hash),
      keyLengths: [pbkdf2.keyBytes],
    });
    return withPepper(computation, beside);
  }
  return withPasswordSteps(readOther(encryption), beside);
}

function readOther(encryption: Encryption): Computation | Fault {
  const { scheme, factor, salt, hash } = encryption;
  if (scheme === "bcrypt") {
    return readBcryptParts({ version: "2a", cost: factor, salt, value: hash });
  }
  if (scheme === "salted-hmac-sha256") return readHmac(salt, hash);
  const digest = Object.hasOwn(DIGESTS, scheme) ? DIGESTS[scheme] : undefined;
  if (digest !== undefined) return readDigest(encryption, digest);
  return unsupported("is of a FusionAuth scheme whose formula FusionAuth does not document");
}

/** Password and salt are digested as often as the factor says. */
function readDigest({ factor, salt, hash }: Encryption, digest: Digest): Computation | Fault {
  if (!Number.isSafeInteger(factor) || factor < 1 || factor > MAX_ROUNDS) {
    return malformed("is FusionAuth's without a factor");
  }
  const bytes = readBytes(salt, hash, digest);
  if (isFault(bytes)) return bytes;
  return {
    kind: "digest",
    preparation: [],
    digest,
    salted: "postfix",
    rounds: factor,
    again: "digest",
    ...bytes,
  };
}

function readHmac(salt: string, hash: string): HmacComputation | Fault {
  const bytes = readBytes(salt, hash, "sha256");
  if (isFault(bytes)) return bytes;
  return { kind: "hmac", preparation: [], digest: "sha256", keyed: "salt", ...bytes };
}

function readBytes(
  salt: string,
  hash: string,
  digest: Digest,
): Pick<HmacComputation, "salt" | "value"> | Fault {
  const [saltBytes, value] = [decodePaddedBase64(salt), decodePaddedBase64(hash)];
  if (saltBytes === undefined || saltBytes.length === 0) {
    return malformed("is FusionAuth's with a damaged salt");
  }
  if (value?.length !== DIGEST_SIZES[digest]) {
    return malformed("is FusionAuth's with a damaged hash");
  }
  return { salt: saltBytes, value };
}
