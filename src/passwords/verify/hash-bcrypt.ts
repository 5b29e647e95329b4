import { hash } from "@node-rs/bcrypt";

const SALT_CHARACTERS = 22;

/**
 * Hashes a password with bcrypt, for invented users.
 *
 * Runs off the main thread. Like every bcrypt it sees no more than the first 72 bytes.
 *
 * @param cost 4 to 31; each step doubles the time, about 50 ms at 10
 * @param salt 16 bytes, or 22 characters of bcrypt's own alphabet; random when left out, and the
 *   same salt gives the same hash
 * @returns the whole `$2b$CC$…` string, 60 characters
 * @throws {RangeError} when cost or salt is out of range; nothing of the password is in it
 */
export function hashBcrypt(
  password: string,
  cost: number,
  salt?: Uint8Array | string,
): Promise<string> {
  if (typeof salt !== "string") {
    return hash(password, salt === undefined ? { cost } : { cost, salt });
  }
  if (salt.length !== SALT_CHARACTERS) {
    return Promise.reject(new RangeError("a bcrypt salt has 22 characters"));
  }
  return hash(password, { salt: `$2b$${String(cost).padStart(2, "0")}$${salt}` });
}
