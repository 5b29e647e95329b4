import type { PhpassComputation } from "../../formats/computation.ts";
import { isWithin, need } from "./bounds.ts";
import { encodeCrypt64 } from "./crypt64.ts";
import { equalTexts } from "./equal-bytes.ts";
import { digestLength, digestOf } from "./hashers.ts";

/** Each step doubles the time: seconds at 23. */
const MAX_LOG_ROUNDS = 23;

/** Characters of a value: of a whole MD5; and of a SHA-512, which Drupal cuts after 43. */
const VALUE_LENGTHS = { md5: [22, 22], sha512: [43, 86] } as const;

/** @throws {NotComputableError} for too many rounds, or damaged material */
export function checkPhpass(computation: PhpassComputation, password: Uint8Array): boolean {
  return equalTexts(computePhpass(computation, password), computation.value);
}

/** The value of a password, as long as the one that is there. @throws {NotComputableError} as above */
export function computePhpass(computation: PhpassComputation, password: Uint8Array): string {
  const { digest, logRounds, salt, value } = computation;
  need(isWithin(logRounds, 7, MAX_LOG_ROUNDS), "the rounds of phpass");
  const [least, most] = VALUE_LENGTHS[digest];
  need(isWithin(value.length, least, most), "the length of a phpass value");
  const width = digestLength(digest);
  const input = new Uint8Array(width + password.length);
  input.set(password, width);
  input.set(digestOf(digest, Buffer.from(salt), password));
  for (let round = 0; round < 2 ** logRounds; round += 1) input.set(digestOf(digest, input));
  const computed = encodeCrypt64(input.subarray(0, width));
  input.fill(0);
  return computed.slice(0, value.length);
}
