/** Digests that stored hashes are made with. */
export type Digest = "md4" | "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";

/** How bytes are written as text. */
export type ByteEncoding = "hex" | "base64" | "base64url";

/**
 * What is done to the password before the hash itself is computed; the bytes of one step are the
 * input of the next. Without steps the password is hashed as UTF-8.
 */
export type PreparationStep =
  /** White space at both ends is dropped, as PHP's `trim` drops it. */
  | { readonly step: "trim" }
  /** UTF-16, little end first, in the place of UTF-8; always the first step but `trim`. */
  | { readonly step: "utf16le" }
  /** A pepper, or another text of the system's own, is put before or behind. */
  | { readonly step: "prepend" | "append"; readonly bytes: Uint8Array }
  | { readonly step: "digest"; readonly digest: Digest; readonly encoding: ByteEncoding }
  | {
      readonly step: "hmac";
      readonly digest: Digest;
      readonly key: Uint8Array;
      readonly encoding: ByteEncoding;
    };

/** What every computation has. */
interface Prepared {
  /** @default [] the password as UTF-8 */
  readonly preparation: readonly PreparationStep[];
}

/** Bcrypt. */
export interface BcryptComputation extends Prepared {
  readonly kind: "bcrypt";
  /** As its text names it; all three are one computation. */
  readonly version: "2a" | "2b" | "2y";
  /** 4 to 31; each step doubles the time. */
  readonly cost: number;
  /** 22 characters of bcrypt's alphabet. */
  readonly salt: string;
  /** 31 characters of bcrypt's alphabet. */
  readonly value: string;
}

/** PBKDF2 over an HMAC. */
export interface Pbkdf2Computation extends Prepared {
  readonly kind: "pbkdf2";
  readonly digest: Digest;
  /** 1 or more. */
  readonly rounds: number;
  readonly salt: Uint8Array;
  /** The derived key; its length is the length to derive. */
  readonly key: Uint8Array;
}

/**
 * A plain digest: of salt and password in the order that `salted` names; each further round digests
 * what the one before gave, as `again` says.
 */
export interface DigestComputation extends Prepared {
  readonly kind: "digest";
  readonly digest: Digest;
  /** Where the salt stands; `none` with an empty salt. */
  readonly salted: "none" | "prefix" | "postfix";
  readonly salt: Uint8Array;
  /** 1 or more. */
  readonly rounds: number;
  /** What a further round digests: the digest alone, or with the salt where it stood at first. */
  readonly again: "digest" | "digest-and-salt";
  readonly value: Uint8Array;
}

/** One HMAC of the password, or with the password as its key. */
export interface HmacComputation extends Prepared {
  readonly kind: "hmac";
  readonly digest: Digest;
  /** Which part is the key: the salt (or a secret), or the password. */
  readonly keyed: "salt" | "password";
  readonly salt: Uint8Array;
  readonly value: Uint8Array;
}

/** Argon2. */
export interface Argon2Computation extends Prepared {
  readonly kind: "argon2";
  readonly variant: "i" | "d" | "id";
  /** 16 (0x10) or 19 (0x13). */
  readonly version: number;
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Uint8Array;
  readonly tag: Uint8Array;
}

/** Scrypt, RFC 7914. */
export interface ScryptComputation extends Prepared {
  readonly kind: "scrypt";
  /** N: a power of two, 2 or more. */
  readonly cost: number;
  /** r. */
  readonly blockSize: number;
  /** p. */
  readonly parallelization: number;
  readonly salt: Uint8Array;
  readonly key: Uint8Array;
}

/** Firebase's own: scrypt, whose key then encrypts the project's signer key. */
export interface FirebaseScryptComputation extends Prepared {
  readonly kind: "firebase-scrypt";
  readonly signerKey: Uint8Array;
  readonly saltSeparator: Uint8Array;
  /** 1 to 8. */
  readonly rounds: number;
  /** 1 to 14. */
  readonly memCost: number;
  readonly salt: Uint8Array;
  readonly value: Uint8Array;
}

/** A `crypt(3)` text, or Apache's, whole: its settings stand in it. */
export interface CryptComputation extends Prepared {
  readonly kind: "crypt";
  readonly scheme: "md5" | "apr1" | "sha256" | "sha512" | "yescrypt";
  readonly text: string;
}

/** Phpass and Drupal 7: a digest of salt and password, digested again with the password 2^log times. */
export interface PhpassComputation extends Prepared {
  readonly kind: "phpass";
  readonly digest: "md5" | "sha512";
  /** 7 to 30. */
  readonly logRounds: number;
  /** 8 characters, taken as they are. */
  readonly salt: string;
  /** As written; Drupal cuts it. */
  readonly value: string;
}

/** How a stored hash is computed, with all that it needs but the password. Never printed. */
export type Computation =
  | BcryptComputation
  | Pbkdf2Computation
  | DigestComputation
  | HmacComputation
  | Argon2Computation
  | ScryptComputation
  | FirebaseScryptComputation
  | CryptComputation
  | PhpassComputation;
