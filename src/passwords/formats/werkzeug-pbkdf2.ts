import { decodeHex, decodeUtf8, encodeHex, utf8 } from "./bytes.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { malformed } from "./faults.ts";
import { readPbkdf2Parts } from "./pbkdf2-parts.ts";
import { pbkdf2Text } from "./pbkdf2-text.ts";

const PARTS =
  /^pbkdf2:(md5|sha1|sha224|sha256|sha384|sha512):([1-9]\d{0,9})\$([^$]+)\$([0-9a-f]+)$/;

/**
 * Werkzeug's PBKDF2: the salt is text, the key hexadecimal of as many bytes as the digest has. A text
 * without its rounds is refused: each release of Werkzeug takes other ones for it.
 */
export const werkzeugPbkdf2 = pbkdf2Text({
  name: "werkzeug-pbkdf2",
  title: "Werkzeug's pbkdf2",
  writtenBy: "Werkzeug: Flask and its extensions",
  looksLike: "pbkdf2:sha256:600000$<salt>$<64 hexadecimal digits>",
  carriedExcept: "other digests than SHA-256 and SHA-512, and fewer than 4,096 rounds",
  opening: /^pbkdf2:/,
  parse: (text) => {
    const [, name, rounds, salt, key] = PARTS.exec(text) ?? [];
    if (!isWerkzeugDigest(name) || salt === undefined || key === undefined) {
      return malformed("is Werkzeug's pbkdf2 with a part missing or damaged");
    }
    return readPbkdf2Parts({
      digest: name,
      rounds: Number(rounds),
      salt: utf8(salt),
      key: decodeHex(key),
      keyLengths: [DIGEST_SIZES[name]],
    });
  },
  print: ({ digest, rounds, salt, key }) => {
    const text = decodeUtf8(salt);
    if (!isWerkzeugDigest(digest) || key.length !== DIGEST_SIZES[digest]) return undefined;
    if (text === undefined || text.includes("$")) return undefined;
    return `pbkdf2:${digest}:${rounds}$${text}$${encodeHex(key)}`;
  },
});

const NAMES = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"] as const;

function isWerkzeugDigest(name: string | undefined): name is (typeof NAMES)[number] {
  return NAMES.some((one) => one === name);
}
