import type { Digest } from "./computation.ts";

/** Bytes of each digest. */
export const DIGEST_SIZES: Readonly<Record<Digest, number>> = {
  md4: 16,
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};
