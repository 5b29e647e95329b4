import { concat, decodeBase64, encodeBase64 } from "./bytes.ts";
import type { Computation, Digest, Pbkdf2Computation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { checkPbkdf2, checkWholePbkdf2, isPlainPbkdf2 } from "./pbkdf2-parts.ts";
import type { Fault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const WHOLE =
  /^\{pbkdf2(?:-(sha1|sha256|sha512))?\}([1-9]\d{0,8})\$([./A-Za-z0-9]{0,1366}={0,2})\$([./A-Za-z0-9]{1,200}={0,2})$/i;

/** OpenLDAP's `pw-pbkdf2` and 389 Directory Server's newer ones: base64 with `.` for `+`. */
export const ldapPbkdf2 = textFormat({
  name: "ldap-pbkdf2",
  title: "a directory's PBKDF2",
  writtenBy: "OpenLDAP's pw-pbkdf2, 389 Directory Server since 1.4.4",
  looksLike: "{PBKDF2-SHA256}<rounds>$<salt>$<key>",
  notCarried: "fewer than 4,096 rounds, or over SHA-1 ({PBKDF2})",
  opening: /^\{pbkdf2(?:-sha\d{1,3})?\}\d{1,9}\$/i,
  parse,
  print,
});

function parse(text: string): Pbkdf2Computation | Fault {
  const parts = WHOLE.exec(text);
  if (parts === null) return malformed("is a directory's PBKDF2 with a part missing or damaged");
  const [, digest = "sha1", rounds = "", salt = "", key = ""] = parts;
  return checkWholePbkdf2({
    digest: digest.toLowerCase() as Digest,
    rounds: Number(rounds),
    salt: decodeBase64(salt, "adapted"),
    key: decodeBase64(key, "adapted"),
  });
}

function print(computation: Computation): string | undefined {
  if (!isPlainPbkdf2(computation)) return undefined;
  const { digest, rounds } = computation;
  if (digest !== "sha1" && digest !== "sha256" && digest !== "sha512") return undefined;
  const mark = digest === "sha1" ? "{PBKDF2}" : `{PBKDF2-${digest.toUpperCase()}}`;
  const adapted = { alphabet: "adapted", padded: false } as const;
  const salt = encodeBase64(computation.salt, adapted);
  return `${mark}${rounds}$${salt}$${encodeBase64(computation.key, adapted)}`;
}

const ROUNDS_BYTES = 4;
const SALT_BYTES = 64;
const KEY_BYTES = 256;
const CONTAINER = /^\{PBKDF2_SHA256\}([A-Za-z0-9+/]{432})$/i;

/** 389 Directory Server's first: rounds, big end first, 64 bytes of salt, 256 of key, in one base64. */
export const directory389Pbkdf2 = textFormat({
  name: "389ds-pbkdf2",
  title: "389 Directory Server's PBKDF2",
  writtenBy: "389 Directory Server, FreeIPA, Red Hat Directory Server",
  looksLike: "{PBKDF2_SHA256}<432 characters of base64>",
  notCarried: "fewer than 4,096 rounds",
  opening: /^\{PBKDF2_SHA256\}/i,
  parse: parseContainer,
  print: printContainer,
});

function parseContainer(text: string): Pbkdf2Computation | Fault {
  const bytes = decodeBase64(CONTAINER.exec(text)?.[1] ?? "");
  if (bytes?.length !== ROUNDS_BYTES + SALT_BYTES + KEY_BYTES) {
    return malformed("is 389 Directory Server's PBKDF2, cut off or damaged");
  }
  return checkPbkdf2({
    digest: "sha256",
    rounds: new DataView(bytes.buffer).getUint32(0),
    salt: bytes.slice(ROUNDS_BYTES, ROUNDS_BYTES + SALT_BYTES),
    key: bytes.slice(ROUNDS_BYTES + SALT_BYTES),
  });
}

function printContainer(computation: Computation): string | undefined {
  if (!isPlainPbkdf2(computation) || computation.digest !== "sha256") return undefined;
  const { rounds, salt, key } = computation;
  if (salt.length !== SALT_BYTES || key.length !== KEY_BYTES) return undefined;
  const head = new Uint8Array(ROUNDS_BYTES);
  new DataView(head.buffer).setUint32(0, rounds);
  return `{PBKDF2_SHA256}${encodeBase64(concat(head, salt, key))}`;
}
