import { concat, decodePaddedBase64, encodeBase64 } from "./bytes.ts";
import { readUint32, writeUint32 } from "./big-endian.ts";
import type { Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { readPbkdf2Parts } from "./pbkdf2-parts.ts";
import { pbkdf2Text } from "./pbkdf2-text.ts";
import type { Fault } from "./stored-format.ts";

const V2 = { rounds: 1000, saltBytes: 16, keyBytes: 32 };
const V2_BYTES = 1 + V2.saltBytes + V2.keyBytes;
/** Pseudo-random functions by their number. */
const PRFS = ["sha1", "sha256", "sha512"] as const;
const HEADER_BYTES = 13;
const MIN_SALT_BYTES = 16;
const KEY_LENGTHS = [16, 32, 64];

/** ASP.NET Identity 1 and 2: a zero, 16 bytes of salt, 32 of key. */
export const aspnetIdentityV2 = pbkdf2Text({
  name: "aspnet-identity-v2",
  title: "ASP.NET Identity, version 2",
  writtenBy: "ASP.NET Identity 1 and 2, and ASP.NET Core in their mode",
  looksLike: "<base64 of 49 bytes, the first of them zero>",
  notCarried: "it is PBKDF2 over SHA-1; Okta takes SHA-256 and SHA-512",
  opening: /^A[A-P][A-Za-z0-9+/]{64}==$/,
  parse: (text) => {
    const bytes = decodePaddedBase64(text);
    if (bytes?.length !== V2_BYTES) return malformed("is ASP.NET Identity's and no whole base64");
    return readPbkdf2Parts({
      digest: "sha1",
      rounds: V2.rounds,
      salt: bytes.slice(1, 1 + V2.saltBytes),
      key: bytes.slice(1 + V2.saltBytes),
      keyLengths: [V2.keyBytes],
    });
  },
  print: ({ digest, rounds, salt, key }) => {
    const fits = digest === "sha1" && rounds === V2.rounds;
    return fits && salt.length === V2.saltBytes && key.length === V2.keyBytes
      ? encodeBase64(concat(new Uint8Array(1), salt, key))
      : undefined;
  },
});

/**
 * ASP.NET Core Identity: a one, then digest, rounds and the salt's length in four bytes each, the
 * greatest first, then salt and key.
 */
export const aspnetIdentityV3 = pbkdf2Text({
  name: "aspnet-identity-v3",
  title: "ASP.NET Core Identity, version 3",
  writtenBy: "ASP.NET Core Identity, Duende and other servers upon it",
  looksLike: "AQAAAA<base64 of digest, rounds, salt and key>",
  carriedExcept: "other digests than SHA-256 and SHA-512, and fewer than 4,096 rounds",
  opening: /^AQAAAA[ABEFIJ]/,
  parse: parseV3,
  print: ({ digest, rounds, salt, key }) => {
    const prf = PRFS.findIndex((one) => one === digest);
    if (prf < 0 || salt.length < MIN_SALT_BYTES || !KEY_LENGTHS.includes(key.length)) {
      return undefined;
    }
    const header = [prf, rounds, salt.length].map(writeUint32);
    return encodeBase64(concat(Uint8Array.of(1), ...header, salt, key));
  },
});

function parseV3(text: string): Pbkdf2Computation | Fault {
  const bytes = decodePaddedBase64(text);
  if (bytes === undefined || bytes.length <= HEADER_BYTES) {
    return malformed("is ASP.NET Core Identity's and no whole base64");
  }
  const digest = PRFS[readUint32(bytes, 1)];
  const saltBytes = readUint32(bytes, 9);
  if (digest === undefined || saltBytes < MIN_SALT_BYTES || saltBytes > bytes.length) {
    return malformed("is ASP.NET Core Identity's with a damaged head");
  }
  return readPbkdf2Parts({
    digest,
    rounds: readUint32(bytes, 5),
    salt: bytes.slice(HEADER_BYTES, HEADER_BYTES + saltBytes),
    key: bytes.slice(HEADER_BYTES + saltBytes),
    keyLengths: KEY_LENGTHS,
  });
}
