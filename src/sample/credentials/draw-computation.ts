import type { Computation } from "../../passwords/formats/index.ts";
import type { PseudoRandom } from "../pseudo-random.ts";
import { drawCryptText, drawText, utf8 } from "./recipe.ts";

/*
 * Computations with salts of their own and the least settings that their formats take: hashes are
 * carried by a migration and not computed, so that weak ones show as much as strong ones.
 */

type Of<K extends Computation["kind"]> = Extract<Computation, { readonly kind: K }>;
type Steps = Computation["preparation"];
type DigestName = Of<"digest">["digest"];
type Draw<T> = (random: PseudoRandom) => T;

/** The fewest rounds of PBKDF2 that Okta takes. */
export const ROUNDS = 4096;

const NO_STEPS: Steps = [];
const SIZES = { md4: 16, md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 };

/** `length` bytes. */
export const bytes =
  (length: number): Draw<Uint8Array> =>
  (random) =>
    random.bytes(length);

/** `length` letters and digits, as bytes. */
export const text =
  (length: number): Draw<Uint8Array> =>
  (random) =>
    utf8(drawText(random, length));

/** Bcrypt at its lowest cost. @param prepare steps that may depend on the salt */
export function bcrypt(
  version: "2a" | "2b" | "2y",
  prepare: (salt: string) => Steps = () => NO_STEPS,
): Draw<Of<"bcrypt">> {
  return (random) => {
    const salt = drawCryptText(random, 21) + random.pick([".", "O", "e", "u"]);
    const value = ".".repeat(31);
    return { kind: "bcrypt", preparation: prepare(salt), version, cost: 4, salt, value };
  };
}

/** PBKDF2. */
export function pbkdf2(
  digest: DigestName,
  salt: Draw<Uint8Array>,
  of: { readonly rounds?: number; readonly keyBytes?: number } = {},
): Draw<Of<"pbkdf2">> {
  return (random) => ({
    kind: "pbkdf2",
    preparation: NO_STEPS,
    digest,
    rounds: of.rounds ?? ROUNDS,
    salt: salt(random),
    key: new Uint8Array(of.keyBytes ?? SIZES[digest]),
  });
}

/** A digest, one round without salt unless it is said. */
export function digest(
  name: DigestName,
  of: {
    readonly prefix?: Draw<Uint8Array>;
    readonly postfix?: Draw<Uint8Array>;
    readonly rounds?: number;
    readonly preparation?: Steps;
  } = {},
): Draw<Of<"digest">> {
  const salt = of.prefix ?? of.postfix ?? bytes(0);
  const salted = of.prefix !== undefined ? "prefix" : of.postfix !== undefined ? "postfix" : "none";
  return (random) => ({
    kind: "digest",
    preparation: of.preparation ?? NO_STEPS,
    digest: name,
    salted,
    salt: salt(random),
    rounds: of.rounds ?? 1,
    again: "digest",
    value: new Uint8Array(SIZES[name]),
  });
}

/** An HMAC whose key is the salt. */
export function hmac(name: DigestName, salt: Draw<Uint8Array>): Draw<Of<"hmac">> {
  return (random) => ({
    kind: "hmac",
    preparation: NO_STEPS,
    digest: name,
    keyed: "salt",
    salt: salt(random),
    value: new Uint8Array(SIZES[name]),
  });
}

/** Argon2 with a few kilobytes. */
export function argon2(variant: "i" | "d" | "id"): Draw<Of<"argon2">> {
  return (random) => ({
    kind: "argon2",
    preparation: NO_STEPS,
    variant,
    version: 0x13,
    memoryKib: 64,
    passes: 1,
    lanes: 1,
    salt: random.bytes(16),
    tag: new Uint8Array(32),
  });
}

/** Scrypt with a few kilobytes. */
export function scrypt(salt: Draw<Uint8Array>, keyBytes: number): Draw<Of<"scrypt">> {
  return (random) => ({
    kind: "scrypt",
    preparation: NO_STEPS,
    cost: 16,
    blockSize: 8,
    parallelization: 1,
    salt: salt(random),
    key: new Uint8Array(keyBytes),
  });
}

/** A text of crypt(3). @param valueLength characters of its last part */
export function crypt(
  scheme: Of<"crypt">["scheme"],
  settings: string,
  of: { readonly saltLength: number; readonly valueLength: number },
): Draw<Of<"crypt">> {
  return (random) => ({
    kind: "crypt",
    preparation: NO_STEPS,
    scheme,
    text: `${settings}${drawCryptText(random, of.saltLength)}$${".".repeat(of.valueLength)}`,
  });
}

/** Phpass and Drupal's, at their fewest rounds. */
export function phpass(name: "md5" | "sha512", valueLength: number): Draw<Of<"phpass">> {
  return (random) => ({
    kind: "phpass",
    preparation: NO_STEPS,
    digest: name,
    logRounds: 7,
    salt: drawCryptText(random, 8),
    value: ".".repeat(valueLength),
  });
}
