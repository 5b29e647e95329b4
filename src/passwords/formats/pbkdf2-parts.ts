import { concat } from "./bytes.ts";
import type { Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { encodingSteps, withPasswordSteps } from "./password-steps.ts";
import { type Beside, type Fault, isFault } from "./stored-format.ts";

/** As much as four bytes with a sign hold, which is what libraries count rounds with. */
const MAX_ROUNDS = 2 ** 31 - 1;
const MAX_SALT = 1024;

/** What a text or an object says of PBKDF2. Bytes are undefined where they could not be decoded. */
export interface Pbkdf2Parts {
  readonly digest: Pbkdf2Computation["digest"];
  readonly rounds: number;
  readonly salt: Uint8Array | undefined;
  readonly key: Uint8Array | undefined;
  /** Lengths of a key that is whole, in bytes. */
  readonly keyLengths: readonly number[];
}

/** Checks the parts of PBKDF2: rounds from 1, a salt that is there, a key that is whole. */
export function readPbkdf2Parts(parts: Pbkdf2Parts): Pbkdf2Computation | Fault {
  const { digest, rounds, salt, key, keyLengths } = parts;
  if (!Number.isSafeInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS) {
    return malformed("is PBKDF2 with a number of rounds that does not exist");
  }
  if (salt === undefined || salt.length === 0 || salt.length > MAX_SALT) {
    return malformed("is PBKDF2 with a damaged salt");
  }
  if (key === undefined || !keyLengths.includes(key.length)) {
    return malformed("is PBKDF2 with a damaged value");
  }
  return { kind: "pbkdf2", preparation: [], digest, rounds, salt, key };
}

/**
 * Adds what the config says of every password: a pepper beside the salt becomes part of the salt,
 * one beside the password a step of its own. A fault stays what it is.
 */
export function withPepper(
  computation: Pbkdf2Computation | Fault,
  beside: Beside,
): Pbkdf2Computation | Fault {
  if (isFault(computation)) return computation;
  const { pepper } = beside;
  if (pepper?.place === "salt-prefix" || pepper?.place === "salt-postfix") {
    const bytes = pepper.bytes.reveal();
    const { salt } = computation;
    return {
      ...computation,
      preparation: encodingSteps(beside),
      salt: pepper.place === "salt-prefix" ? concat(bytes, salt) : concat(salt, bytes),
    };
  }
  return withPasswordSteps(computation, beside);
}
