import { decodeUtf8, utf8 } from "./bytes.ts";
import type { Computation, ScryptComputation } from "./computation.ts";
import { cryptCharacter, cryptDigit, decodeCrypt, encodeCrypt } from "./crypt-base64.ts";
import { malformed } from "./faults.ts";
import { checkScrypt } from "./scrypt-limits.ts";
import type { Fault } from "./stored-format.ts";
import { textFormat } from "./text-format.ts";

const PARTS =
  /^\$7\$([./0-9A-Za-z])([./0-9A-Za-z]{5})([./0-9A-Za-z]{5})([!-#%-~]{0,128})\$([./0-9A-Za-z]{43})$/;
const SALT = /^[!-#%-~]{0,128}$/;
const NUMBER_DIGITS = 5;

/** Scrypt as crypt(3) and libsodium write it; the salt's characters are its bytes. */
export const scryptCrypt = textFormat({
  name: "scrypt-crypt",
  title: "crypt(3) scrypt",
  writtenBy: "Linux ($7$), libsodium",
  looksLike: "$7$C6..../....<salt>$<43 characters>",
  notCarried: "it has no scrypt",
  opening: /^\$7\$/,
  parse,
  print,
});

function parse(text: string): ScryptComputation | Fault {
  const parts = PARTS.exec(text);
  const key = decodeCrypt(parts?.[5] ?? "");
  if (parts === null || key === undefined) {
    return malformed("is crypt(3) scrypt with a part missing or damaged");
  }
  return checkScrypt({
    cost: 2 ** cryptDigit(parts[1] ?? ""),
    blockSize: readNumber(parts[2] ?? ""),
    parallelization: readNumber(parts[3] ?? ""),
    salt: utf8(parts[4] ?? ""),
    key,
  });
}

function print(computation: Computation): string | undefined {
  if (computation.kind !== "scrypt" || computation.preparation.length > 0) return undefined;
  const { cost, blockSize, parallelization, key } = computation;
  const salt = decodeUtf8(computation.salt);
  if (key.length !== 32 || salt === undefined || !SALT.test(salt)) return undefined;
  const settings = `${cryptCharacter(Math.log2(cost))}${printNumber(blockSize)}${printNumber(parallelization)}`;
  return `$7$${settings}${salt}$${encodeCrypt(key)}`;
}

/** 30 bits in five characters, the low ones first. */
function readNumber(digits: string): number {
  return Array.from(digits, cryptDigit).reduce((sum, digit, index) => sum + digit * 64 ** index, 0);
}

function printNumber(value: number): string {
  let text = "";
  for (let index = 0; index < NUMBER_DIGITS; index += 1) {
    text += cryptCharacter(Math.floor(value / 64 ** index) % 64);
  }
  return text;
}
