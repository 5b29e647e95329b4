import type { Digest, HmacComputation, PreparationStep } from "./computation.ts";
import { digestTitle } from "./describe-to-okta.ts";
import { readSaltings, type SaltingReading } from "./digest-readings.ts";
import { decodeDigestText } from "./digest-text.ts";
import { malformed } from "./faults.ts";
import { encodingSteps } from "./password-steps.ts";
import { readRounds } from "./rounds.ts";
import {
  type Beside,
  type Fault,
  isFault,
  type ReadComputation,
  type StoredFormat,
} from "./stored-format.ts";

/** HMAC over MD5. */
export const hmacMd5 = hmac("hmac-md5", "md5");
/** HMAC over SHA-1. */
export const hmacSha1 = hmac("hmac-sha1", "sha1");
/** HMAC over SHA-256. */
export const hmacSha256 = hmac("hmac-sha256", "sha256");
/** HMAC over SHA-512. */
export const hmacSha512 = hmac("hmac-sha512", "sha512");

/**
 * An HMAC, which looks like a digest. A pepper is its key. Without one, the salt is the key
 * (`saltOrder: prefix`, the salt being HMAC's first argument) or the password is (`postfix`).
 */
function hmac<Name extends string>(name: Name, digest: Digest): StoredFormat<Name> {
  const title = `HMAC over ${digestTitle(digest)}`;
  return {
    name,
    title,
    writtenBy: "home-grown systems; never found by `auto`, since it looks like a digest",
    looksLike: "<hexadecimal digits or base64>; a salt in a column of its own, or a pepper",
    notCarried: "it takes plain digests only",
    isNamedOnly: true,
    recognises: (value, { encoding }) =>
      typeof value === "string" && decodeDigestText(value, digest, encoding) !== undefined,
    read: (value, beside) => {
      const bytes =
        typeof value === "string" ? decodeDigestText(value, digest, beside.encoding) : undefined;
      if (bytes === undefined) return malformed(`is no ${title}`);
      if ((readRounds(beside.rounds) ?? 1) !== 1) {
        return malformed("is an HMAC, which has one round, with another number beside it");
      }
      return readHmac(
        { kind: "hmac", digest, value: bytes, preparation: encodingSteps(beside) },
        beside,
      );
    },
  };
}

type Unkeyed = Omit<HmacComputation, "keyed" | "salt">;

function readHmac(hash: Unkeyed, beside: Beside): readonly ReadComputation[] | Fault {
  const { pepper, ...rest } = beside;
  const saltings = readSaltings(rest);
  if (isFault(saltings)) return saltings;
  if (pepper !== undefined) {
    const key = pepper.bytes.reveal();
    return saltings.map((reading) => keyedByPepper(hash, reading, key));
  }
  if (saltings.some(({ salting }) => salting.salted === "none")) {
    return malformed("is an HMAC, and neither a salt nor a pepper is there to be its key");
  }
  return saltings.map(({ salting: { salted, salt }, presumes }) => ({
    computation: { ...hash, keyed: salted === "prefix" ? "salt" : "password", salt },
    presumes,
  }));
}

function keyedByPepper(
  hash: Unkeyed,
  { salting: { salted, salt }, presumes }: SaltingReading,
  key: Uint8Array,
): ReadComputation {
  const beside: readonly PreparationStep[] =
    salted === "none" ? [] : [{ step: salted === "prefix" ? "prepend" : "append", bytes: salt }];
  const preparation = [...hash.preparation, ...beside];
  return { computation: { ...hash, preparation, keyed: "salt", salt: key }, presumes };
}
