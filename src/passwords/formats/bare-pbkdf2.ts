import type { ByteEncoding, Pbkdf2Computation } from "./computation.ts";
import { digestTitle } from "./describe-to-okta.ts";
import { decodeBareText } from "./digest-text.ts";
import { malformed } from "./faults.ts";
import { passwordSteps } from "./password-steps.ts";
import { readRounds } from "./rounds.ts";
import { readSaltColumn } from "./salt-column.ts";
import {
  type Beside,
  type Fault,
  isFault,
  type ReadComputation,
  type StoredFormat,
} from "./stored-format.ts";

/** Lengths of key that systems derive; another one is a key that was cut. */
const KEY_LENGTHS = [16, 20, 24, 32, 40, 48, 64];

/** PBKDF2 over SHA-1, in columns. */
export const barePbkdf2Sha1 = barePbkdf2("bare-pbkdf2-sha1", "sha1");
/** PBKDF2 over SHA-256, in columns. */
export const barePbkdf2Sha256 = barePbkdf2("bare-pbkdf2-sha256", "sha256");
/** PBKDF2 over SHA-512, in columns. */
export const barePbkdf2Sha512 = barePbkdf2("bare-pbkdf2-sha512", "sha512");

/** A derived key without any mark, whose salt and rounds stand beside it. */
function barePbkdf2<Name extends string>(
  name: Name,
  digest: Pbkdf2Computation["digest"],
): StoredFormat<Name> {
  const title = `PBKDF2 over ${digestTitle(digest)} in columns`;
  return {
    name,
    title,
    writtenBy: "home-grown systems; never found by `auto`, since it looks like a digest",
    looksLike: "<hexadecimal digits or base64>; salt and rounds in columns of their own",
    ...(digest === "sha1"
      ? { notCarried: "it is PBKDF2 over SHA-1" }
      : { carriedExcept: "fewer than 4,096 rounds" }),
    isNamedOnly: true,
    recognises: (value, { encoding }) =>
      typeof value === "string" && decodeKey(value, encoding) !== undefined,
    read: (value, beside) => {
      const key = typeof value === "string" ? decodeKey(value, beside.encoding) : undefined;
      if (key === undefined) return malformed(`is no ${title}`);
      return readPbkdf2({ digest, key }, beside);
    },
  };
}

function decodeKey(text: string, encoding: ByteEncoding | undefined): Uint8Array | undefined {
  const key = decodeBareText(text, encoding);
  return key !== undefined && KEY_LENGTHS.includes(key.length) ? key : undefined;
}

function readPbkdf2(
  parts: Pick<Pbkdf2Computation, "digest" | "key">,
  beside: Beside,
): readonly ReadComputation[] | Fault {
  const rounds = readRounds(beside.rounds);
  if (rounds === undefined || Number.isNaN(rounds)) {
    return malformed("is PBKDF2, and no number of rounds stands beside it");
  }
  const salts = readSaltColumn(beside);
  if (isFault(salts)) return salts;
  if (salts.length === 0) return malformed("is PBKDF2, and no salt stands beside it");
  const preparation = passwordSteps(beside);
  if (isFault(preparation)) return preparation;
  return salts.map(({ bytes: salt, presumes }) => ({
    computation: { kind: "pbkdf2", preparation, ...parts, rounds, salt },
    presumes,
  }));
}
