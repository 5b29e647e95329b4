import { decodeBase64, encodeBase64 } from "./bytes.ts";
import type { Pbkdf2Computation } from "./computation.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed } from "./faults.ts";
import { readPbkdf2Parts } from "./pbkdf2-parts.ts";
import { pbkdf2Text } from "./pbkdf2-text.ts";
import type { Fault, StoredFormat } from "./stored-format.ts";

/** Rounds, salt and key; the bytes in base64 with `.` for `+` and without padding. */
const PARTS = /^([1-9]\d{0,9})\$([./A-Za-z0-9]+)\$([./A-Za-z0-9]+)$/;

const OVER_SHA1 = { notCarried: "it is PBKDF2 over SHA-1; Okta takes SHA-256 and SHA-512" };
const TOO_FEW = { carriedExcept: "fewer than 4,096 rounds" };

/** Passlib's `$pbkdf2$`, over SHA-1. */
export const passlibPbkdf2Sha1 = passlibPbkdf2("passlib-pbkdf2-sha1", "sha1");
/** Passlib's `$pbkdf2-sha256$`. */
export const passlibPbkdf2Sha256 = passlibPbkdf2("passlib-pbkdf2-sha256", "sha256");
/** Passlib's `$pbkdf2-sha512$`. */
export const passlibPbkdf2Sha512 = passlibPbkdf2("passlib-pbkdf2-sha512", "sha512");

/** A directory's `{PBKDF2}` and `{PBKDF2-SHA1}`. */
export const ldapPbkdf2Sha1 = ldapPbkdf2("ldap-pbkdf2-sha1", "sha1");
/** A directory's `{PBKDF2-SHA256}`. */
export const ldapPbkdf2Sha256 = ldapPbkdf2("ldap-pbkdf2-sha256", "sha256");
/** A directory's `{PBKDF2-SHA512}`. */
export const ldapPbkdf2Sha512 = ldapPbkdf2("ldap-pbkdf2-sha512", "sha512");

type PasslibDigest = "sha1" | "sha256" | "sha512";

function passlibPbkdf2<Name extends string>(name: Name, digest: PasslibDigest): StoredFormat<Name> {
  const mark = digest === "sha1" ? "$pbkdf2$" : `$pbkdf2-${digest}$`;
  return pbkdf2Text({
    ...(digest === "sha1" ? OVER_SHA1 : TOO_FEW),
    name,
    title: `Passlib's ${mark}`,
    writtenBy: "Python's Passlib: Flask-Security, Odoo and others",
    looksLike: `${mark}29000$<salt>$<key>`,
    opening: new RegExp(String.raw`^\$pbkdf2${digest === "sha1" ? "" : `-${digest}`}\$(?=\d|$)`),
    parse: (text) => parseAfter(text.slice(mark.length), digest),
    print: (computation) => printAfter(mark, computation, digest),
  });
}

function ldapPbkdf2<Name extends string>(name: Name, digest: PasslibDigest): StoredFormat<Name> {
  const mark = digest === "sha1" ? "{PBKDF2}" : `{PBKDF2-${digest.toUpperCase()}}`;
  const opening = digest === "sha1" ? String.raw`(?:-sha1)?\}(?=\d+\$)` : String.raw`-${digest}\}`;
  return pbkdf2Text({
    ...(digest === "sha1" ? OVER_SHA1 : TOO_FEW),
    name,
    title: `LDAP ${mark}`,
    writtenBy: "OpenLDAP with pw-pbkdf2, 389 Directory Server 2 and newer, Passlib",
    looksLike: `${mark}10000$<salt>$<key>`,
    opening: new RegExp(String.raw`^\{pbkdf2${opening}`, "i"),
    parse: (text) => parseAfter(text.slice(text.indexOf("}") + 1), digest),
    print: (computation) => printAfter(mark, computation, digest),
  });
}

function parseAfter(text: string, digest: PasslibDigest): Pbkdf2Computation | Fault {
  const [, rounds, salt, key] = PARTS.exec(text) ?? [];
  if (salt === undefined || key === undefined) {
    return malformed("is PBKDF2 with a part missing or damaged");
  }
  return readPbkdf2Parts({
    digest,
    rounds: Number(rounds),
    salt: decodeBase64(salt, "adapted"),
    key: decodeBase64(key, "adapted"),
    keyLengths: [DIGEST_SIZES[digest]],
  });
}

function printAfter(
  mark: string,
  computation: Pbkdf2Computation,
  digest: PasslibDigest,
): string | undefined {
  const { rounds, salt, key } = computation;
  if (computation.digest !== digest || key.length !== DIGEST_SIZES[digest]) return undefined;
  const adapted = { alphabet: "adapted", padded: false } as const;
  return `${mark}${rounds}$${encodeBase64(salt, adapted)}$${encodeBase64(key, adapted)}`;
}
