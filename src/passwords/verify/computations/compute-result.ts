import type { Computation } from "../../formats/computation.ts";
import { MAX_PASSWORD_BYTES, need } from "./bounds.ts";
import { computeArgon2 } from "./check-argon2.ts";
import { computeBcrypt } from "./check-bcrypt.ts";
import { computeCrypt } from "./check-crypt.ts";
import { computeDigest } from "./check-digest.ts";
import { computeFirebaseScrypt } from "./check-firebase-scrypt.ts";
import { computeHmac } from "./check-hmac.ts";
import { computePbkdf2 } from "./check-pbkdf2.ts";
import { computePhpass } from "./check-phpass.ts";
import { computeScrypt } from "./check-scrypt.ts";
import { cleanHashers } from "./hashers.ts";
import { preparePassword } from "./prepare-password.ts";

/**
 * A computation with the result that a password gives in the place of the one that is there, which
 * only tells how long the result is. Takes as long as the hash asks for, and blocks its thread
 * meanwhile.
 *
 * @param password UTF-8
 * @throws {NotComputableError} when the settings are damaged or ask for too much
 */
export function computeResult(computation: Computation, password: Uint8Array): Computation {
  need(password.length <= MAX_PASSWORD_BYTES, "the length of the password");
  const prepared = preparePassword(password, computation.preparation);
  try {
    return compute(computation, prepared);
  } finally {
    prepared.fill(0);
    cleanHashers();
  }
}

function compute(computation: Computation, prepared: Uint8Array): Computation {
  switch (computation.kind) {
    case "bcrypt":
      return { ...computation, value: computeBcrypt(computation, prepared) };
    case "pbkdf2":
      return { ...computation, key: plain(computePbkdf2(computation, prepared)) };
    case "digest":
      return { ...computation, value: plain(computeDigest(computation, prepared)) };
    case "hmac":
      return { ...computation, value: plain(computeHmac(computation, prepared)) };
    case "argon2":
      return { ...computation, tag: plain(computeArgon2(computation, prepared)) };
    case "scrypt":
      return { ...computation, key: plain(computeScrypt(computation, prepared)) };
    case "firebase-scrypt":
      return { ...computation, value: plain(computeFirebaseScrypt(computation, prepared)) };
    case "crypt":
      return { ...computation, text: computeCrypt(computation, prepared) };
    case "phpass":
      return { ...computation, value: computePhpass(computation, prepared) };
  }
}

/** Bytes without the marks of a Buffer. */
function plain(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes);
}
