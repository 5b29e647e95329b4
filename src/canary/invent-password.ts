import { Secret } from "../core/index.ts";

/** Bytes fit for secrets. */
export type RandomBytes = (count: number) => Uint8Array;

/**
 * What a password is made of. `usual`: 28 ASCII characters. `accented`: with letters that need two
 * bytes, which a faulty bcrypt or another encoding than UTF-8 gets wrong. `long`: 96 bytes, of
 * which bcrypt sees 72.
 */
export type PasswordKind = "usual" | "accented" | "long";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-";
/** One of each kind of character that password policies ask for. */
const EVERY_KIND = "aZ7!";
const ACCENTS = "éßÅ";
const USUAL_LENGTH = 24;
const LONG_LENGTH = 92;

/** Invents a password that nobody can guess and that usual password policies take. */
export function inventPassword(kind: PasswordKind, randomBytes: RandomBytes): Secret {
  const bytes = randomBytes(kind === "long" ? LONG_LENGTH : USUAL_LENGTH);
  let text = "";
  for (const byte of bytes) text += ALPHABET.charAt(byte % ALPHABET.length);
  bytes.fill(0);
  return new Secret(`${text}${kind === "accented" ? ACCENTS : ""}${EVERY_KIND}`);
}
