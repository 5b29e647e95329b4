import { decodeBase64, encodeBase64 } from "./bytes.ts";
import type { Digest, Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { readPbkdf2Parts } from "./pbkdf2-parts.ts";
import { pbkdf2Text } from "./pbkdf2-text.ts";
import type { Fault } from "./stored-format.ts";

const PARTS =
  /^\$pbkdf2-(md4|md5|sha1|sha224|sha256|sha384|sha512)\$([il=,\d]*)\$([+/A-Za-z0-9]+)\$([+/A-Za-z0-9]+)$/;
const SETTINGS = /^(?:i=([1-9]\d{0,9}))?(?:(?:^|(?!^),)l=([1-9]\d{0,3}))?$/;
const MIN_KEY = 16;
const MAX_KEY = 512;

/** What rounds and length are where a text names none. */
export interface PhcDefaults {
  readonly rounds: number;
  readonly keyLength: number;
}

/**
 * PBKDF2 as a PHC string: rounds `i`, the key's length `l`, then salt and key in base64 without
 * padding.
 */
export const phcPbkdf2 = pbkdf2Text({
  name: "phc-pbkdf2",
  title: "PBKDF2 as a PHC string",
  writtenBy: "Auth0, and libraries in Rust",
  looksLike: "$pbkdf2-sha512$i=100000,l=64$<salt>$<key>",
  carriedExcept: "other digests than SHA-256 and SHA-512, and fewer than 4,096 rounds",
  opening: /^\$pbkdf2-[a-z0-9]+\$(?=[il]=)/,
  parse: (text) => readPhcPbkdf2(text),
  print: ({ digest, rounds, salt, key }) => {
    if (key.length < MIN_KEY || key.length > MAX_KEY) return undefined;
    const [saltText, keyText] = [salt, key].map((bytes) => encodeBase64(bytes, { padded: false }));
    return `$pbkdf2-${digest}$i=${rounds},l=${key.length}$${saltText ?? ""}$${keyText ?? ""}`;
  },
});

/** Reads a PHC string of PBKDF2; both parameters must be named where there are no defaults. */
export function readPhcPbkdf2(text: string, defaults?: PhcDefaults): Pbkdf2Computation | Fault {
  const [, digest, settings = "?", salt = "", key = ""] = PARTS.exec(complete(text)) ?? [];
  const [isWritten, rounds, length] = SETTINGS.exec(settings) ?? [];
  const keyLength = length === undefined ? defaults?.keyLength : Number(length);
  const given = rounds === undefined ? defaults?.rounds : Number(rounds);
  const isWhole = isWritten !== undefined && given !== undefined && keyLength !== undefined;
  if (digest === undefined || !isWhole) {
    return malformed("is a PHC string of PBKDF2 with a part missing or damaged");
  }
  if (keyLength < MIN_KEY || keyLength > MAX_KEY) {
    return malformed("is a PHC string of PBKDF2 whose key is too short or too long");
  }
  return readPbkdf2Parts({
    digest: digest as Digest,
    rounds: given,
    salt: decodeBase64(salt),
    key: decodeBase64(key),
    keyLengths: [keyLength],
  });
}

/** Without parameters, their part may be missing altogether. */
function complete(text: string): string {
  const parts = text.split("$");
  return parts.length === 4 ? [...parts.slice(0, 2), "", ...parts.slice(2)].join("$") : text;
}
