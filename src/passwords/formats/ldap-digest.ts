import { concat, decodePaddedBase64, decodeHex, encodeBase64 } from "./bytes.ts";
import type { Computation, Digest, DigestComputation } from "./computation.ts";
import { digestTitle } from "./describe-to-okta.ts";
import { composeDigest, UNSALTED } from "./digest-readings.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed } from "./faults.ts";
import { type Beside, type Fault, isFault, type StoredFormat } from "./stored-format.ts";

/** Base64 of digest and salt. */
const MAX_LENGTH = 512;

/** `{SHA}`. */
export const ldapSha = ldapDigest("ldap-sha", "SHA", "sha1");
/** `{SSHA}`. */
export const ldapSsha = ldapDigest("ldap-ssha", "SSHA", "sha1");
/** `{SHA256}`. */
export const ldapSha256 = ldapDigest("ldap-sha256", "SHA256", "sha256");
/** `{SSHA256}`. */
export const ldapSsha256 = ldapDigest("ldap-ssha256", "SSHA256", "sha256");
/** `{SHA384}`. */
export const ldapSha384 = ldapDigest("ldap-sha384", "SHA384", "sha384");
/** `{SSHA384}`. */
export const ldapSsha384 = ldapDigest("ldap-ssha384", "SSHA384", "sha384");
/** `{SHA512}`. */
export const ldapSha512 = ldapDigest("ldap-sha512", "SHA512", "sha512");
/** `{SSHA512}`. */
export const ldapSsha512 = ldapDigest("ldap-ssha512", "SSHA512", "sha512");
/** `{MD5}`. */
export const ldapMd5 = ldapDigest("ldap-md5", "MD5", "md5");
/** `{SMD5}`. */
export const ldapSmd5 = ldapDigest("ldap-smd5", "SMD5", "md5");

/**
 * A directory's `userPassword` of RFC 2307 and its successors: a mark in either case, then base64 of
 * the digest and the salt behind it. Unsalted ones are also written in hexadecimal.
 *
 * @see docs/okta/password-hashes.md#shapes
 */
function ldapDigest<Name extends string>(
  name: Name,
  mark: string,
  digest: Digest,
): StoredFormat<Name> {
  const isSalted = /^SS|^SM/.test(mark);
  const opening = new RegExp(String.raw`^\{${mark}\}`, "i");
  const told = {
    name,
    title: `LDAP {${mark}}`,
    writtenBy: "OpenLDAP, 389 Directory Server, Oracle and other directories; Dovecot",
    looksLike: `{${mark}}<base64 of ${isSalted ? "digest and salt" : "the digest"}>`,
  };
  return {
    ...told,
    ...(digest === "sha384" ? { notCarried: `it has no ${digestTitle(digest)}` } : {}),
    recognises: (value) => typeof value === "string" && opening.test(value),
    read: (value, beside) => {
      const text = typeof value === "string" ? value.replace(opening, "") : "";
      if (text.length > MAX_LENGTH) return malformed(`is {${mark}} and too long to be one`);
      const computation = isSalted
        ? readSalted({ text, mark, digest }, beside)
        : readUnsalted({ text, mark, digest }, beside);
      return isFault(computation) ? computation : [{ computation }];
    },
    write: (computation) => {
      const bytes = bytesOf(computation, { digest, isSalted });
      return bytes === undefined ? undefined : `{${mark}}${encodeBase64(bytes)}`;
    },
  };
}

interface Marked {
  readonly text: string;
  readonly mark: string;
  readonly digest: Digest;
}

function readSalted({ text, mark, digest }: Marked, beside: Beside): DigestComputation | Fault {
  const bytes = decodePaddedBase64(text);
  const size = DIGEST_SIZES[digest];
  if (bytes === undefined) return malformed(`is {${mark}} whose base64 is damaged`);
  if (bytes.length <= size) return malformed(`is {${mark}} that is too short to hold a salt`);
  const salting = { salted: "postfix", salt: bytes.slice(size) } as const;
  return composeDigest({ digest, value: bytes.slice(0, size), salting }, beside);
}

function readUnsalted({ text, mark, digest }: Marked, beside: Beside): DigestComputation | Fault {
  const size = DIGEST_SIZES[digest];
  const value = text.length === size * 2 ? decodeHex(text) : decodePaddedBase64(text);
  if (value?.length !== size) return malformed(`is {${mark}} that is not base64 of ${size} bytes`);
  return composeDigest({ digest, value, salting: UNSALTED }, beside);
}

function bytesOf(
  computation: Computation,
  { digest, isSalted }: { readonly digest: Digest; readonly isSalted: boolean },
): Uint8Array | undefined {
  if (computation.kind !== "digest" || computation.digest !== digest) return undefined;
  const { preparation, rounds, salted, salt, value } = computation;
  if (preparation.length > 0 || rounds !== 1) return undefined;
  if (!isSalted) return salted === "none" ? value : undefined;
  return salted === "postfix" && salt.length > 0 ? concat(value, salt) : undefined;
}
