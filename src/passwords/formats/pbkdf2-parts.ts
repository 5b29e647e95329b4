import type { Digest, Pbkdf2Computation } from "./computation.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed } from "./faults.ts";
import { MAX_ROUNDS } from "./rounds.ts";
import type { Fault } from "./stored-format.ts";

const MAX_SALT = 1024;
/** Shorter keys are guessed by chance; no system writes them. */
const MIN_KEY = 16;
const MAX_KEY = 512;

/** What a format reads of PBKDF2; undefined is what it could not read. */
export interface Pbkdf2Parts {
  readonly digest: Digest;
  readonly rounds: number;
  readonly salt: Uint8Array | undefined;
  readonly key: Uint8Array | undefined;
}

/** Checks the parts of a PBKDF2 hash: within reason, and not cut. */
export function checkPbkdf2(parts: Pbkdf2Parts): Pbkdf2Computation | Fault {
  const { digest, rounds, salt, key } = parts;
  if (salt === undefined || salt.length > MAX_SALT) {
    return malformed("is PBKDF2 with a damaged salt");
  }
  if (key === undefined || key.length < MIN_KEY || key.length > MAX_KEY) {
    return malformed("is PBKDF2 with a damaged value");
  }
  if (!Number.isSafeInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS) {
    return malformed("is PBKDF2 with a number of rounds that is none, or beyond reason");
  }
  return { kind: "pbkdf2", preparation: [], digest, rounds, salt, key };
}

/**
 * The same, for formats whose key has always the length of the digest: another length is a text that
 * was cut.
 */
export function checkWholePbkdf2(parts: Pbkdf2Parts): Pbkdf2Computation | Fault {
  return parts.key?.length === DIGEST_SIZES[parts.digest]
    ? checkPbkdf2(parts)
    : checkPbkdf2({ ...parts, key: undefined });
}

/** Whether a computation is plain PBKDF2 over one of the digests. */
export function isPlainPbkdf2(computation: {
  readonly kind: string;
  readonly preparation: readonly unknown[];
}): computation is Pbkdf2Computation {
  return computation.kind === "pbkdf2" && computation.preparation.length === 0;
}
