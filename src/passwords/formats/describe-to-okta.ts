import { type DigestHash, type Issue, type PasswordHash, Secret } from "../../core/index.ts";
import { encodeBase64 } from "./bytes.ts";
import type {
  BcryptComputation,
  Computation,
  Digest,
  DigestComputation,
  Pbkdf2Computation,
} from "./computation.ts";
import type { OktaReading } from "./okta-reading.ts";
import type { OktaDescription } from "./stored-hash.ts";

/** Okta takes 1 to 20. @see docs/okta/password-hashes.md#shapes */
const MAX_WORK_FACTOR = 20;
/** @see docs/okta/password-hashes.md#shapes */
const MIN_ITERATIONS = 4096;

const DIGESTS: Partial<Readonly<Record<Digest, DigestHash["algorithm"]>>> = {
  md5: "MD5",
  sha1: "SHA-1",
  sha256: "SHA-256",
  sha512: "SHA-512",
};

/** @see docs/okta/password-hashes.md#sha-256-salts */
const SALT_UNSETTLED: Issue = {
  code: "SHA256_SALT_UNSETTLED",
  reason:
    "Okta documents that the salt of SHA-256 is decoded from base64, and published examples contradict it.",
  hint: "Run okta-migrate canary: it finds out what this org does with one throw-away user. Then set oktaSha256Salt under password in migration.yaml.",
};

/**
 * Describes a computation to Okta, when Okta can do it: exactly, or not at all.
 *
 * @see docs/okta/password-hashes.md#shapes
 */
export function describeToOkta(
  computation: Computation,
  reading: OktaReading = {},
): OktaDescription {
  if (computation.preparation.length > 0) return byHook(whyPrepared(computation));
  switch (computation.kind) {
    case "bcrypt":
      return describeBcrypt(computation);
    case "pbkdf2":
      return describePbkdf2(computation);
    case "digest":
      return describeDigest(computation, reading);
    case "hmac":
      return byHook("it is an HMAC, and Okta takes plain digests only");
    case "argon2":
      return byHook("it has no Argon2");
    case "scrypt":
    case "firebase-scrypt":
      return byHook("it has no scrypt");
    case "crypt":
      return byHook("it has no crypt(3)");
    case "phpass":
      return byHook("it has no phpass");
  }
}

function describeBcrypt({ cost, salt, value }: BcryptComputation): OktaDescription {
  if (cost > MAX_WORK_FACTOR) return byHook(`its work factor ${cost} is above ${MAX_WORK_FACTOR}`);
  return asHash({ algorithm: "BCRYPT", workFactor: cost, salt, value });
}

function describePbkdf2({ digest, rounds, salt, key }: Pbkdf2Computation): OktaDescription {
  if (digest !== "sha256" && digest !== "sha512") {
    return byHook(`it is PBKDF2 over ${digestTitle(digest)}; Okta takes SHA-256 and SHA-512`);
  }
  if (rounds < MIN_ITERATIONS) return byHook(`it has ${rounds} rounds, fewer than 4,096`);
  if (salt.length === 0) return byHook("it is PBKDF2 without a salt");
  return asHash({
    algorithm: "PBKDF2",
    digestAlgorithm: digest === "sha256" ? "SHA256_HMAC" : "SHA512_HMAC",
    iterationCount: rounds,
    keySize: key.length,
    salt: encodeBase64(salt),
    value: encodeBase64(key),
  });
}

function describeDigest(
  computation: DigestComputation,
  { sha256Salt }: OktaReading,
): OktaDescription {
  const { digest, salted, rounds } = computation;
  const algorithm = DIGESTS[digest];
  if (algorithm === undefined) return byHook(`it has no ${digestTitle(digest)}`);
  if (rounds > 1) return byHook(`it has ${rounds} rounds, and Okta takes one`);
  const value = encodeBase64(computation.value);
  if (salted === "none" || computation.salt.length === 0) return asHash({ algorithm, value });
  const saltOrder = salted === "prefix" ? "PREFIX" : "POSTFIX";
  if (algorithm !== "SHA-256" || sha256Salt !== "literal") {
    const warnings = algorithm === "SHA-256" && sha256Salt === undefined ? [SALT_UNSETTLED] : [];
    return asHash({ algorithm, salt: encodeBase64(computation.salt), saltOrder, value }, warnings);
  }
  const salt = plainText(computation.salt);
  if (salt === undefined) {
    return byHook("the org takes the salt of SHA-256 as text, and this salt is no plain text");
  }
  return asHash({ algorithm, salt, saltOrder, value });
}

/** The text whose UTF-8 the bytes are; undefined where they are not all printable ASCII. */
function plainText(bytes: Uint8Array): string | undefined {
  let text = "";
  for (const byte of bytes) {
    if (byte < 0x20 || byte > 0x7e) return undefined;
    text += String.fromCodePoint(byte);
  }
  return text;
}

function whyPrepared({ preparation }: Computation): string {
  const steps = new Set(preparation.map(({ step }) => step));
  if (steps.has("utf16le")) return "the password is hashed as UTF-16, and Okta hashes UTF-8";
  if (steps.has("digest") || steps.has("hmac")) return "the password is hashed before it is hashed";
  if (steps.has("prepend") || steps.has("append")) {
    return "a pepper is added to the password where Okta's salt can't stand in for it";
  }
  return "the password loses its outer white space before it is hashed";
}

/** A digest as people write it. */
export function digestTitle(digest: Digest): string {
  return digest.replace("sha", "SHA-").toUpperCase();
}

function asHash(hash: PasswordHash, warnings: readonly Issue[] = []): OktaDescription {
  return { kind: "hash", hash: new Secret(hash), warnings };
}

function byHook(because: string): OktaDescription {
  return { kind: "hook", because };
}
