import type { Computation } from "../../formats/computation.ts";
import { MAX_PASSWORD_BYTES, need } from "./bounds.ts";
import { checkArgon2 } from "./check-argon2.ts";
import { checkBcrypt } from "./check-bcrypt.ts";
import { checkCrypt } from "./check-crypt.ts";
import { checkDigest } from "./check-digest.ts";
import { checkFirebaseScrypt } from "./check-firebase-scrypt.ts";
import { checkHmac } from "./check-hmac.ts";
import { checkPbkdf2 } from "./check-pbkdf2.ts";
import { checkPhpass } from "./check-phpass.ts";
import { checkScrypt } from "./check-scrypt.ts";
import { cleanHashers } from "./hashers.ts";
import { preparePassword } from "./prepare-password.ts";

/**
 * Whether a password is the one behind a stored hash. Takes as long as the hash asks for and blocks
 * its thread meanwhile: made for worker threads. What it keeps of the password in between is filled
 * with zeros before it returns; the password itself is the caller's.
 *
 * @param password UTF-8, as it was typed
 * @throws {Error} when it can't be computed, which says nothing about the password: material that is
 *   damaged or asks for too much (`NotComputableError`), or memory that is not to be had
 */
export function checkComputation(computation: Computation, password: Uint8Array): boolean {
  need(password.length <= MAX_PASSWORD_BYTES, "the length of the password");
  const prepared = preparePassword(password, computation.preparation);
  try {
    return check(computation, prepared);
  } finally {
    prepared.fill(0);
    cleanHashers();
  }
}

function check(computation: Computation, prepared: Uint8Array): boolean {
  switch (computation.kind) {
    case "bcrypt":
      return checkBcrypt(computation, prepared);
    case "pbkdf2":
      return checkPbkdf2(computation, prepared);
    case "digest":
      return checkDigest(computation, prepared);
    case "hmac":
      return checkHmac(computation, prepared);
    case "argon2":
      return checkArgon2(computation, prepared);
    case "scrypt":
      return checkScrypt(computation, prepared);
    case "firebase-scrypt":
      return checkFirebaseScrypt(computation, prepared);
    case "crypt":
      return checkCrypt(computation, prepared);
    case "phpass":
      return checkPhpass(computation, prepared);
  }
}
