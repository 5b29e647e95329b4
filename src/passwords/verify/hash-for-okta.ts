import { createHash, pbkdf2 } from "node:crypto";
import { promisify } from "node:util";
import {
  type BcryptHash,
  type DigestHash,
  type PasswordHash,
  type Pbkdf2Hash,
  Secret,
} from "../../core/index.ts";
import { hashBcrypt } from "./hash-bcrypt.ts";
import type { BcryptShape, DigestShape, HashShape, Pbkdf2Shape } from "./hash-shape.ts";

const derive = promisify(pbkdf2);

const SALT_BYTES = 16;
/** Where the parts of `$2b$CC$…` begin: 22 characters of salt, then 31 of value. */
const BCRYPT_SALT_AT = 7;
const BCRYPT_VALUE_AT = 29;
const DIGEST_NAMES = { "SHA-512": "sha512", "SHA-256": "sha256", "SHA-1": "sha1", MD5: "md5" };
const HMAC_NAMES = { SHA256_HMAC: "sha256", SHA512_HMAC: "sha512" };

/** What a digest's salt is: the bytes that its base64 stands for, or that base64 text itself. */
export type SaltReading = "decoded" | "literal";

/** How a hash is to be made. */
export interface HashingOptions {
  /** Bytes fit for secrets; the salt is made of them. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** @default "decoded" as Okta documents it */
  readonly saltReading?: SaltReading;
}

/**
 * Hashes a password in exactly one of the shapes that Okta takes, with a salt of its own.
 *
 * The password counts as UTF-8; bcrypt sees its first 72 bytes. Bcrypt and PBKDF2 run off the main
 * thread.
 *
 * @see docs/okta/password-hashes.md#shapes
 */
export async function hashForOkta(
  password: Secret,
  shape: HashShape,
  options: HashingOptions,
): Promise<Secret<PasswordHash>> {
  return new Secret(await makeHash(password, shape, options));
}

async function makeHash(
  password: Secret,
  shape: HashShape,
  { randomBytes, saltReading = "decoded" }: HashingOptions,
): Promise<PasswordHash> {
  const salt = randomBytes(SALT_BYTES);
  if (shape.algorithm === "BCRYPT") return makeBcrypt(password, shape, salt);
  const bytes = Buffer.from(password.reveal(), "utf8");
  try {
    return shape.algorithm === "PBKDF2"
      ? await makePbkdf2(bytes, shape, salt)
      : makeDigest(bytes, shape, { salt, saltReading });
  } finally {
    bytes.fill(0);
  }
}

async function makeBcrypt(
  password: Secret,
  { algorithm, workFactor }: BcryptShape,
  saltBytes: Uint8Array,
): Promise<BcryptHash> {
  const text = await hashBcrypt(password.reveal(), workFactor, saltBytes);
  const salt = text.slice(BCRYPT_SALT_AT, BCRYPT_VALUE_AT);
  return { algorithm, workFactor, salt, value: text.slice(BCRYPT_VALUE_AT) };
}

function makeDigest(
  password: Uint8Array,
  { algorithm, saltOrder }: DigestShape,
  salted: { readonly salt: Uint8Array; readonly saltReading: SaltReading },
): DigestHash {
  const digest = createHash(DIGEST_NAMES[algorithm]);
  if (saltOrder === undefined) {
    return { algorithm, value: digest.update(password).digest("base64") };
  }
  const salt = Buffer.from(salted.salt).toString("base64");
  const saltBytes = salted.saltReading === "decoded" ? salted.salt : Buffer.from(salt, "ascii");
  const parts = saltOrder === "PREFIX" ? [saltBytes, password] : [password, saltBytes];
  for (const part of parts) digest.update(part);
  return { algorithm, salt, saltOrder, value: digest.digest("base64") };
}

async function makePbkdf2(
  password: Uint8Array,
  shape: Pbkdf2Shape,
  salt: Uint8Array,
): Promise<Pbkdf2Hash> {
  const { digestAlgorithm, iterationCount, keySize } = shape;
  const key = await derive(password, salt, iterationCount, keySize, HMAC_NAMES[digestAlgorithm]);
  return { ...shape, salt: Buffer.from(salt).toString("base64"), value: key.toString("base64") };
}
