import { createHash, pbkdf2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { verify } from "@node-rs/bcrypt";
import type { BcryptHash, DigestHash, PasswordHash, Pbkdf2Hash } from "../../core/index.ts";

const derive = promisify(pbkdf2);

const DIGEST_NAMES = { "SHA-512": "sha512", "SHA-256": "sha256", "SHA-1": "sha1", MD5: "md5" };
const HMAC_NAMES = { SHA256_HMAC: "sha256", SHA512_HMAC: "sha512" };

/**
 * Whether a password is the one behind a hash, in the shapes that Okta takes.
 *
 * The password counts as UTF-8; bcrypt looks at its first 72 bytes only. Bcrypt and PBKDF2 run off
 * the main thread; the comparison takes the same time wherever two digests differ. A hash that is
 * malformed matches no password: the answer is `false`, never an exception.
 *
 * @see docs/okta/password-hashes.md#shapes
 */
export async function verifyPassword(hash: PasswordHash, password: string): Promise<boolean> {
  switch (hash.algorithm) {
    case "BCRYPT":
      return verifyBcrypt(hash, password);
    case "PBKDF2":
      return verifyPbkdf2(hash, password);
    case "SHA-512":
    case "SHA-256":
    case "SHA-1":
    case "MD5":
      return verifyDigest(hash, password);
  }
}

/** Okta's payload names no bcrypt version; `$2a$`, `$2b$` and `$2y$` are the same computation. */
async function verifyBcrypt(hash: BcryptHash, password: string): Promise<boolean> {
  const cost = String(hash.workFactor).padStart(2, "0");
  return verify(password, `$2b$${cost}$${hash.salt}${hash.value}`);
}

function verifyDigest(hash: DigestHash, password: string): boolean {
  const salt = Buffer.from(hash.salt ?? "", "base64");
  const text = Buffer.from(password, "utf8");
  const input = hash.saltOrder === "PREFIX" ? [salt, text] : [text, salt];
  const digest = createHash(DIGEST_NAMES[hash.algorithm]).update(Buffer.concat(input)).digest();
  return equalBytes(digest, Buffer.from(hash.value, "base64"));
}

async function verifyPbkdf2(hash: Pbkdf2Hash, password: string): Promise<boolean> {
  const expected = Buffer.from(hash.value, "base64");
  const { iterationCount, keySize } = hash;
  if (keySize !== expected.length || keySize === 0) return false;
  if (!Number.isSafeInteger(iterationCount) || iterationCount < 1) return false;
  const salt = Buffer.from(hash.salt, "base64");
  const digest = HMAC_NAMES[hash.digestAlgorithm];
  return equalBytes(await derive(password, salt, iterationCount, keySize, digest), expected);
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
