import { concat, decodePaddedBase64, encodeBase64 } from "./bytes.ts";
import { readUint32, writeUint32 } from "./big-endian.ts";
import { malformed } from "./faults.ts";
import { readPbkdf2Parts } from "./pbkdf2-parts.ts";
import { pbkdf2Text } from "./pbkdf2-text.ts";

const MARK = "{PBKDF2_SHA256}";
const OPENING = /^\{pbkdf2_sha256\}/i;
const ROUNDS_BYTES = 4;
const SALT_BYTES = 64;
const KEY_BYTES = 256;
const SALT_END = ROUNDS_BYTES + SALT_BYTES;

/**
 * 389 Directory Server's container: base64 of four bytes of rounds, the greatest first, 64 of salt
 * and 256 of key.
 */
export const dirsrvPbkdf2 = pbkdf2Text({
  name: "389ds-pbkdf2",
  title: "389 Directory Server's {PBKDF2_SHA256}",
  writtenBy: "389 Directory Server, Red Hat Directory Server, FreeIPA",
  looksLike: `${MARK}<base64 of 324 bytes>`,
  carriedExcept: "fewer than 4,096 rounds",
  opening: OPENING,
  parse: (text) => {
    const bytes = decodePaddedBase64(text.replace(OPENING, ""));
    if (bytes?.length !== SALT_END + KEY_BYTES) {
      return malformed(`is ${MARK} and not base64 of ${SALT_END + KEY_BYTES} bytes`);
    }
    return readPbkdf2Parts({
      digest: "sha256",
      rounds: readUint32(bytes, 0),
      salt: bytes.slice(ROUNDS_BYTES, SALT_END),
      key: bytes.slice(SALT_END),
      keyLengths: [KEY_BYTES],
    });
  },
  print: ({ digest, rounds, salt, key }) =>
    digest === "sha256" && salt.length === SALT_BYTES && key.length === KEY_BYTES
      ? MARK + encodeBase64(concat(writeUint32(rounds), salt, key))
      : undefined,
});
