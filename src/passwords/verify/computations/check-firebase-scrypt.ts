import { createCipheriv } from "node:crypto";
import type { FirebaseScryptComputation } from "../../formats/computation.ts";
import { isWithin, need } from "./bounds.ts";
import { deriveScrypt } from "./check-scrypt.ts";
import { equalBytes } from "./equal-bytes.ts";
import { joinBytes } from "./join-bytes.ts";

const KEY_BYTES = 32;
const COUNTER = new Uint8Array(16);

/**
 * Firebase's scrypt: the derived key encrypts the project's signer key with AES-256 in counter mode,
 * and that is what is stored.
 *
 * @throws {NotComputableError} for rounds and memory cost out of range
 */
export function checkFirebaseScrypt(
  computation: FirebaseScryptComputation,
  password: Uint8Array,
): boolean {
  return equalBytes(computeFirebaseScrypt(computation, password), computation.value);
}

/** The value of a password. @throws {NotComputableError} for rounds and memory cost out of range */
export function computeFirebaseScrypt(
  computation: FirebaseScryptComputation,
  password: Uint8Array,
): Uint8Array {
  const { signerKey, saltSeparator, rounds, memCost, salt } = computation;
  need(isWithin(rounds, 1, 8), "the rounds of Firebase's scrypt");
  need(isWithin(memCost, 1, 14), "the memory cost of Firebase's scrypt");
  const key = deriveScrypt(password, joinBytes(salt, saltSeparator), {
    cost: 2 ** memCost,
    blockSize: rounds,
    parallelization: 1,
    keyBytes: KEY_BYTES,
  });
  return createCipheriv("aes-256-ctr", key, COUNTER).update(signerKey);
}
