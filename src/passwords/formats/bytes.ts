import type { ByteEncoding } from "./computation.ts";

/*
 * Bytes and their texts, strictly: a text is taken only when it is what an encoder writes. The room
 * has no Node, and so no Buffer.
 */

const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE = STANDARD.replace("+/", "-_");
/** Passlib's and 389-DS's: base64 with `.` for `+`. */
const ADAPTED = STANDARD.replace("+", ".");
const HEX = "0123456789abcdef";
/** Bits of the last character that carry nothing, by how many characters stand in the last four. */
const UNUSED_BITS: Readonly<Record<number, number>> = { 0: 0, 2: 15, 3: 3 };

/** Alphabets of base64. */
export type Base64Alphabet = "standard" | "url" | "adapted";

const ALPHABETS: Readonly<Record<Base64Alphabet, string>> = {
  standard: STANDARD,
  url: URL_SAFE,
  adapted: ADAPTED,
};

const VALUES = Object.fromEntries(
  Object.entries(ALPHABETS).map(([name, alphabet]) => [name, valuesOf(alphabet)]),
) as Readonly<Record<Base64Alphabet, Int8Array>>;

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let index = 0; index < alphabet.length; index += 1) {
    values[alphabet.charCodeAt(index)] = index;
  }
  return values;
}

/**
 * Decodes base64, with whole padding or none.
 *
 * @returns undefined for another alphabet, a broken length or padding, and bits that no encoder sets
 */
export function decodeBase64(
  text: string,
  alphabet: Base64Alphabet = "standard",
): Uint8Array | undefined {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const length = text.length - padding;
  const tail = length % 4;
  const unused = UNUSED_BITS[tail];
  if (unused === undefined || (padding > 0 && text.length % 4 !== 0)) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  const values = VALUES[alphabet];
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let index = 0; index < length; index += 1) {
    const value = values[text.charCodeAt(index)] ?? -1;
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

/** Decodes base64 that must have its padding, so that a text that lost some of it is known. */
export function decodePaddedBase64(text: string): Uint8Array | undefined {
  return text.length % 4 === 0 ? decodeBase64(text) : undefined;
}

/** Base64 of bytes; padded unless told otherwise. */
export function encodeBase64(
  bytes: Uint8Array,
  options: { readonly alphabet?: Base64Alphabet; readonly padded?: boolean } = {},
): string {
  const alphabet = ALPHABETS[options.alphabet ?? "standard"];
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.subarray(index, index + 3);
    const whole = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += alphabet.charAt(whole >> 18) + alphabet.charAt((whole >> 12) & 63);
    if (second !== undefined) text += alphabet.charAt((whole >> 6) & 63);
    if (third !== undefined) text += alphabet.charAt(whole & 63);
  }
  return options.padded === false ? text : text + "=".repeat((4 - (text.length % 4)) % 4);
}

/** Decodes hexadecimal of either case; undefined when it is none. */
export function decodeHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

/** Hexadecimal in lower case. */
export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX.charAt(byte >> 4) + HEX.charAt(byte & 15);
  return text;
}

/** Decodes a text in one of the encodings; undefined when it is not in it. */
export function decodeBytes(text: string, encoding: ByteEncoding): Uint8Array | undefined {
  switch (encoding) {
    case "hex":
      return decodeHex(text);
    case "base64":
      return decodeBase64(text);
    case "base64url":
      return decodeBase64(text, "url");
  }
}

/** A text as UTF-8. A lone surrogate becomes U+FFFD, as every encoder writes it. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), continuation(point));
    else if (point >= 0xd800 && point < 0xe000) bytes.push(0xef, 0xbf, 0xbd);
    else if (point < 0x1_0000) {
      bytes.push(0xe0 | (point >> 12), continuation(point >> 6), continuation(point));
    } else {
      bytes.push(
        0xf0 | (point >> 18),
        continuation(point >> 12),
        continuation(point >> 6),
        continuation(point),
      );
    }
  }
  return Uint8Array.from(bytes);
}

function continuation(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

/** The text of UTF-8 bytes; undefined when they are none. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  let escaped = "";
  for (const byte of bytes) escaped += `%${HEX.charAt(byte >> 4)}${HEX.charAt(byte & 15)}`;
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}

/** Several byte strings one behind the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
