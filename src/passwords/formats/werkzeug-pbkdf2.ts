import { decodeHex, decodeUtf8, encodeHex, utf8 } from "./bytes.ts";
import type { Computation, Digest, Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { checkWholePbkdf2, isPlainPbkdf2 } from "./pbkdf2-parts.ts";
import type { Fault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const WHOLE =
  /^pbkdf2:(md5|sha1|sha224|sha256|sha384|sha512):([1-9]\d{0,8})\$([^$]{1,128})\$([0-9a-f]{1,200})$/;

/** Werkzeug's: the salt is text, the key hexadecimal. Without rounds it depends on the version. */
export const werkzeugPbkdf2 = textFormat({
  name: "werkzeug-pbkdf2",
  title: "Werkzeug's PBKDF2",
  writtenBy: "Flask and Werkzeug",
  looksLike: "pbkdf2:sha256:600000$<salt>$<hexadecimal>",
  notCarried: "fewer than 4,096 rounds, or over another digest than SHA-256 and SHA-512",
  opening: /^pbkdf2:/,
  parse,
  print,
});

function parse(text: string): Pbkdf2Computation | Fault {
  const parts = WHOLE.exec(text);
  if (parts === null) {
    return malformed("is Werkzeug's PBKDF2 with a part missing, such as its rounds, or damaged");
  }
  const [, digest = "", rounds = "", salt = "", key = ""] = parts;
  return checkWholePbkdf2({
    digest: digest as Digest,
    rounds: Number(rounds),
    salt: utf8(salt),
    key: decodeHex(key),
  });
}

function print(computation: Computation): string | undefined {
  if (!isPlainPbkdf2(computation) || computation.digest === "md4") return undefined;
  const { digest, rounds, key } = computation;
  const salt = decodeUtf8(computation.salt);
  if (salt === undefined || salt === "" || salt.includes("$")) return undefined;
  return `pbkdf2:${digest}:${rounds}$${salt}$${encodeHex(key)}`;
}
