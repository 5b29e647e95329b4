import { isWithin, MAX_ROUNDS, need } from "./bounds.ts";
import { encodeCrypt64 } from "./crypt64.ts";
import { equalTexts } from "./equal-bytes.ts";
import { digestLength, digestOf } from "./hashers.ts";

const USUAL_ROUNDS = 5000;
const MIN_ROUNDS = 1000;
const TEXT =
  /^\$(?<mark>[56])\$(?:rounds=(?<rounds>[1-9]\d{3,8})\$)?(?<salt>[^$]{0,16})\$(?<value>[./0-9A-Za-z]+)$/;

/** The digest of each mark, and the order in which its bytes are written. */
const FLAVOURS = {
  "5": { digest: "sha256", order: writtenOrder({ third: 10, turn: 2, rest: [30, 31] }) },
  "6": { digest: "sha512", order: writtenOrder({ third: 21, turn: 1, rest: [63] }) },
} as const;

/** What one computation is made with. */
interface ShaCrypt {
  readonly digest: "sha256" | "sha512";
  readonly salt: Uint8Array;
  readonly rounds: number;
}

/**
 * Drepper's `$5$` and `$6$`, as glibc and libxcrypt compute them.
 *
 * @throws {NotComputableError} when the text is damaged, or asks for too many rounds
 * @see https://www.akkadia.org/drepper/SHA-crypt.txt
 */
export function checkShaCrypt(text: string, password: Uint8Array): boolean {
  return equalTexts(computeShaCrypt(text, password), text.slice(text.lastIndexOf("$") + 1));
}

/** The last part of a text, for a password. @throws {NotComputableError} as above */
export function computeShaCrypt(text: string, password: Uint8Array): string {
  const groups = TEXT.exec(text)?.groups;
  need(groups !== undefined, "the text of a SHA crypt");
  const { digest, order } = FLAVOURS[groups["mark"] === "5" ? "5" : "6"];
  const rounds = Number(groups["rounds"] ?? USUAL_ROUNDS);
  need(isWithin(rounds, MIN_ROUNDS, MAX_ROUNDS), "the rounds of a SHA crypt");
  const salt = Buffer.from(groups["salt"] ?? "");
  const computed = shaCrypt(password, { digest, salt, rounds });
  return encodeCrypt64(Uint8Array.from(order, (at) => computed[at] ?? 0));
}

function shaCrypt(password: Uint8Array, { digest, salt, rounds }: ShaCrypt): Uint8Array {
  const start = digestOf(digest, ...opening(digest, password, salt));
  const passwords = digestOf(digest, ...times(password, password.length));
  const salts = digestOf(digest, ...times(salt, 16 + (start[0] ?? 0)));
  const longPassword = repeated(passwords, password.length);
  const computed = stir(start, {
    digest,
    rounds,
    password: longPassword,
    salt: repeated(salts, salt.length),
  });
  passwords.fill(0);
  longPassword.fill(0);
  return computed;
}

function opening(
  digest: ShaCrypt["digest"],
  password: Uint8Array,
  salt: Uint8Array,
): readonly Uint8Array[] {
  const inner = digestOf(digest, password, salt, password);
  const parts = [password, salt, repeated(inner, password.length)];
  for (let bits = password.length; bits > 0; bits >>= 1) {
    parts.push((bits & 1) === 1 ? inner : password);
  }
  return parts;
}

/** The rounds: all parts of one are laid out in one buffer, since each call costs more than its bytes. */
function stir(start: Uint8Array, given: ShaCrypt & { readonly password: Uint8Array }): Uint8Array {
  const { digest, rounds, password, salt } = given;
  const input = new Uint8Array(digestLength(digest) + salt.length + 2 * password.length);
  let computed = start;
  for (let round = 0; round < rounds; round += 1) {
    const isOdd = round % 2 === 1;
    let end = put(input, isOdd ? password : computed, 0);
    if (round % 3 !== 0) end = put(input, salt, end);
    if (round % 7 !== 0) end = put(input, password, end);
    end = put(input, isOdd ? computed : password, end);
    computed = digestOf(digest, input.subarray(0, end));
  }
  input.fill(0);
  return computed;
}

function put(into: Uint8Array, part: Uint8Array, at: number): number {
  into.set(part, at);
  return at + part.length;
}

function times(part: Uint8Array, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, () => part);
}

/** Bytes again and again, up to a length. */
function repeated(bytes: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => bytes[at % bytes.length] ?? 0);
}

/**
 * Each four characters hold a byte of each third of the digest; which comes first turns from group
 * to group.
 */
function writtenOrder(of: {
  readonly third: number;
  readonly turn: number;
  readonly rest: readonly number[];
}): readonly number[] {
  const { third, turn, rest } = of;
  const groups = Array.from({ length: third }, (_, group) =>
    [2, 1, 0].map((place) => ((place + turn * group) % 3) * third + group),
  );
  return [...groups.flat(), ...rest];
}
