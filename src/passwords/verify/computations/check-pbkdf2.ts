import { pbkdf2Sync } from "node:crypto";
import type { Pbkdf2Computation } from "../../formats/computation.ts";
import { isWithin, MAX_ROUNDS, need } from "./bounds.ts";
import { equalBytes } from "./equal-bytes.ts";

const MAX_KEY_BYTES = 1024;

/** @throws {NotComputableError} for MD4, rounds out of range, and keys of no or absurd length */
export function checkPbkdf2(computation: Pbkdf2Computation, password: Uint8Array): boolean {
  return equalBytes(computePbkdf2(computation, password), computation.key);
}

/** The key of a password, as long as the one that is there. @throws {NotComputableError} as above */
export function computePbkdf2(computation: Pbkdf2Computation, password: Uint8Array): Uint8Array {
  const { digest, rounds, salt, key } = computation;
  need(digest !== "md4", "PBKDF2's digest");
  need(isWithin(rounds, 1, MAX_ROUNDS), "PBKDF2's rounds");
  need(isWithin(key.length, 1, MAX_KEY_BYTES), "PBKDF2's key length");
  return pbkdf2Sync(password, salt, rounds, key.length, digest);
}
