import { hash } from "@node-rs/bcrypt";

const SALT_BYTES = 16;

/**
 * Hashes a password with bcrypt, for invented users.
 *
 * Runs off the main thread. Like every bcrypt it sees no more than the first 72 bytes.
 *
 * @param cost 4 to 31; each step doubles the time, about 50 ms at 10
 * @param salt 16 bytes; random when left out, and the same salt gives the same hash
 * @returns the whole `$2b$CC$…` string, 60 characters
 * @throws {RangeError} when the salt has another length; nothing of the password is in it
 */
export async function hashBcrypt(
  password: string,
  cost: number,
  salt?: Uint8Array,
): Promise<string> {
  if (salt !== undefined && salt.length !== SALT_BYTES) {
    throw new RangeError(`a bcrypt salt has ${SALT_BYTES} bytes`);
  }
  // The library writes `$2y$`, PHP's name for the computation that others call `$2b$`.
  return (await hash(password, cost, salt)).replace(/^\$2y\$/, "$2b$$");
}
