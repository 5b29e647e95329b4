import { decodeHex, decodeUtf8, encodeHex, utf8 } from "./bytes.ts";
import type { Computation, ScryptComputation } from "./computation.ts";
import { malformed } from "./faults.ts";
import { checkScrypt } from "./scrypt-limits.ts";
import type { Fault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const PARTS = /^scrypt:([1-9]\d{0,7}):([1-9]\d{0,2}):([1-9]\d?)\$([^$]{1,128})\$([0-9a-f]{128})$/;
const KEY_BYTES = 64;

/** Scrypt as Werkzeug, and so Flask, writes it: the salt is text, the key 64 bytes. */
export const werkzeugScrypt = textFormat({
  name: "werkzeug-scrypt",
  title: "Werkzeug's scrypt",
  writtenBy: "Flask, Werkzeug 2.3 and newer",
  looksLike: "scrypt:32768:8:1$<salt>$<128 hexadecimal digits>",
  notCarried: "it has no scrypt",
  opening: /^scrypt:/,
  parse,
  print,
});

function parse(text: string): ScryptComputation | Fault {
  const parts = PARTS.exec(text);
  const key = decodeHex(parts?.[5] ?? "");
  if (parts === null || key === undefined) {
    return malformed("is Werkzeug's scrypt with a part missing or damaged");
  }
  return checkScrypt({
    cost: Number(parts[1]),
    blockSize: Number(parts[2]),
    parallelization: Number(parts[3]),
    salt: utf8(parts[4] ?? ""),
    key,
  });
}

function print(computation: Computation): string | undefined {
  if (computation.kind !== "scrypt" || computation.preparation.length > 0) return undefined;
  const { cost, blockSize, parallelization, key } = computation;
  const salt = decodeUtf8(computation.salt);
  if (key.length !== KEY_BYTES || salt === undefined || !/^[^$]{1,128}$/.test(salt)) {
    return undefined;
  }
  return `scrypt:${cost}:${blockSize}:${parallelization}$${salt}$${encodeHex(key)}`;
}
