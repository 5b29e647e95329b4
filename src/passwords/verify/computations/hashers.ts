import {
  createMD4,
  createMD5,
  createSHA1,
  createSHA224,
  createSHA256,
  createSHA384,
  createSHA512,
  type IHasher,
} from "hash-wasm";
import type { Digest } from "../../formats/computation.ts";

/** The library copies input through a window of this size. */
const WINDOW_BYTES = 16_384;
const ZEROS = new Uint8Array(WINDOW_BYTES);

const HASHERS: Readonly<Record<Digest, IHasher>> = {
  md4: await createMD4(),
  md5: await createMD5(),
  sha1: await createSHA1(),
  sha224: await createSHA224(),
  sha256: await createSHA256(),
  sha384: await createSHA384(),
  sha512: await createSHA512(),
};

/** Hashers that may still hold what they hashed, and how much of it at most. */
const soiled = new Map<IHasher, number>();

/** Bytes of a digest. */
export function digestLength(name: Digest): number {
  return HASHERS[name].digestSize;
}

/**
 * The digest of parts, one behind another. Call {@link cleanHashers} when the password is done with:
 * the hashers keep the end of what they hashed.
 */
export function digestOf(name: Digest, ...parts: readonly Uint8Array[]): Uint8Array {
  const hasher = HASHERS[name];
  hasher.init();
  let longest = soiled.get(hasher) ?? 0;
  for (const part of parts) {
    hasher.update(part);
    longest = Math.max(longest, part.length);
  }
  soiled.set(hasher, longest);
  return hasher.digest("binary");
}

/** Overwrites with zeros what hashers still hold of what they hashed. */
export function cleanHashers(): void {
  for (const [hasher, longest] of soiled) {
    hasher.init();
    // A single byte first, so that the block in the hasher's state is filled up with zeros as well.
    hasher.update(ZEROS.subarray(0, 1));
    hasher.update(ZEROS.subarray(0, Math.max(hasher.blockSize - 1, longest)));
    hasher.init();
  }
  soiled.clear();
}
