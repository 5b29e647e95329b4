import type { PasswordHash } from "../../core/index.ts";

/** What is described to Okta of a hash, without its material: two hashes of one shape are checked alike. */
export type HashShape = BcryptShape | DigestShape | Pbkdf2Shape;

/** Bcrypt. The version of its text is not described to Okta: `$2a$`, `$2b$` and `$2y$` have one shape. */
export interface BcryptShape {
  readonly algorithm: "BCRYPT";
  /** 4 to 20. */
  readonly workFactor: number;
}

/** One round of a digest. */
export interface DigestShape {
  readonly algorithm: "SHA-512" | "SHA-256" | "SHA-1" | "MD5";
  /** Absent when unsalted. */
  readonly saltOrder?: "PREFIX" | "POSTFIX";
}

/** PBKDF2. */
export interface Pbkdf2Shape {
  readonly algorithm: "PBKDF2";
  readonly digestAlgorithm: "SHA256_HMAC" | "SHA512_HMAC";
  readonly iterationCount: number;
  readonly keySize: number;
}

/** The shape of a hash; keeps nothing of its material. */
export function shapeOf(hash: PasswordHash): HashShape {
  switch (hash.algorithm) {
    case "BCRYPT":
      return { algorithm: hash.algorithm, workFactor: hash.workFactor };
    case "PBKDF2": {
      const { algorithm, digestAlgorithm, iterationCount, keySize } = hash;
      return { algorithm, digestAlgorithm, iterationCount, keySize };
    }
    case "SHA-512":
    case "SHA-256":
    case "SHA-1":
    case "MD5":
      return hash.saltOrder === undefined
        ? { algorithm: hash.algorithm }
        : { algorithm: hash.algorithm, saltOrder: hash.saltOrder };
  }
}

/** A shape for people: `bcrypt 10`, `SHA-256, salt before the password`. */
export function shapeLabel(shape: HashShape): string {
  switch (shape.algorithm) {
    case "BCRYPT":
      return `bcrypt ${shape.workFactor}`;
    case "PBKDF2": {
      const digest = shape.digestAlgorithm === "SHA256_HMAC" ? "SHA-256" : "SHA-512";
      return `PBKDF2 ${digest}, ${shape.iterationCount} rounds, ${shape.keySize} bytes`;
    }
    case "SHA-512":
    case "SHA-256":
    case "SHA-1":
    case "MD5":
      if (shape.saltOrder === undefined) return `${shape.algorithm}, unsalted`;
      return `${shape.algorithm}, salt ${shape.saltOrder === "PREFIX" ? "before" : "behind"} the password`;
  }
}
