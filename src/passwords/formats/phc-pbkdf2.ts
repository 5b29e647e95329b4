import { decodeBase64, encodeBase64 } from "./bytes.ts";
import type { Computation, Digest, Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { checkPbkdf2, isPlainPbkdf2 } from "./pbkdf2-parts.ts";
import type { Fault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const WHOLE =
  /^\$pbkdf2-(sha1|sha256|sha384|sha512)\$i=([1-9]\d{0,8})(?:,l=([1-9]\d{0,2}))?\$([A-Za-z0-9+/]{0,1366}={0,2})\$([A-Za-z0-9+/]{1,700}={0,2})$/;

/** PBKDF2 in the PHC string format, as Auth0 takes and gives it. */
export const phcPbkdf2 = textFormat({
  name: "phc-pbkdf2",
  title: "PBKDF2 in the PHC string format",
  writtenBy: "Auth0, Ory and others in the PHC string format",
  looksLike: "$pbkdf2-sha256$i=100000,l=32$<salt>$<key>",
  notCarried: "fewer than 4,096 rounds, or over another digest than SHA-256 and SHA-512",
  opening: /^\$pbkdf2-sha\d+\$i=/,
  parse,
  print,
});

function parse(text: string): Pbkdf2Computation | Fault {
  const parts = WHOLE.exec(text);
  if (parts === null) return malformed("is PBKDF2 with a part missing or damaged");
  const [, digest = "", rounds = "", length, salt = "", key = ""] = parts;
  const bytes = decodeBase64(key);
  if (length !== undefined && bytes?.length !== Number(length)) {
    return malformed("is PBKDF2 whose value has another length than it says");
  }
  return checkPbkdf2({
    digest: digest as Digest,
    rounds: Number(rounds),
    salt: decodeBase64(salt),
    key: bytes,
  });
}

function print(computation: Computation): string | undefined {
  if (!isPlainPbkdf2(computation)) return undefined;
  const { digest, rounds, key } = computation;
  if (digest === "md4" || digest === "md5" || digest === "sha224") return undefined;
  const salt = encodeBase64(computation.salt, { padded: false });
  const value = encodeBase64(key, { padded: false });
  return `$pbkdf2-${digest}$i=${rounds},l=${key.length}$${salt}$${value}`;
}
