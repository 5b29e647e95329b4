import { need } from "./bounds.ts";
import { encodeCrypt64 } from "./crypt64.ts";
import { equalTexts } from "./equal-bytes.ts";
import { digestOf } from "./hashers.ts";
import { joinBytes } from "./join-bytes.ts";

const ROUNDS = 1000;
const TEXT = /^\$(?<mark>1|apr1)\$(?<salt>[^$]{0,8})\$(?<value>[./0-9A-Za-z]{22})$/;
/** The order in which the digest's bytes are written. */
const ORDER = [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11];
const ZERO = Uint8Array.of(0);

/**
 * FreeBSD's `$1$` and Apache's `$apr1$`: one computation, in which the mark takes part.
 *
 * @throws {NotComputableError} when the text is damaged
 */
export function checkMd5Crypt(text: string, password: Uint8Array): boolean {
  const computed = computeMd5Crypt(text, password);
  return equalTexts(computed, text.slice(-computed.length));
}

/** The last part of a text, for a password. @throws {NotComputableError} when the text is damaged */
export function computeMd5Crypt(text: string, password: Uint8Array): string {
  const { mark = "", salt = "", value = "" } = TEXT.exec(text)?.groups ?? {};
  need(value !== "", "the text of an MD5 crypt");
  const computed = md5Crypt(password, Buffer.from(salt), Buffer.from(`$${mark}$`));
  return encodeCrypt64(Uint8Array.from(ORDER, (at) => computed[at] ?? 0));
}

function md5Crypt(password: Uint8Array, salt: Uint8Array, mark: Uint8Array): Uint8Array {
  let computed = digestOf("md5", ...opening(password, salt, mark));
  for (let round = 0; round < ROUNDS; round += 1) {
    const isOdd = round % 2 === 1;
    const input = joinBytes(
      isOdd ? password : computed,
      ...(round % 3 === 0 ? [] : [salt]),
      ...(round % 7 === 0 ? [] : [password]),
      isOdd ? computed : password,
    );
    computed = digestOf("md5", input);
    input.fill(0);
  }
  return computed;
}

/** Password, mark, salt; the digest of password, salt, password, as long as the password; and its length. */
function opening(password: Uint8Array, salt: Uint8Array, mark: Uint8Array): readonly Uint8Array[] {
  const inner = digestOf("md5", password, salt, password);
  const parts = [password, mark, salt];
  for (let left = password.length; left > 0; left -= inner.length) {
    parts.push(inner.subarray(0, Math.min(left, inner.length)));
  }
  for (let bits = password.length; bits > 0; bits >>= 1) {
    parts.push((bits & 1) === 1 ? ZERO : password.subarray(0, 1));
  }
  return parts;
}
