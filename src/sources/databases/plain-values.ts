import type { SourceValue } from "../../core/index.ts";

/** Shorter ones could be the bytes of a digest that look like text by chance. */
const LEAST_HASH_CHARACTERS = 20;
/** How a stored hash begins that is written as text: `$2b$…`, `{SSHA}…`. */
const HASH_TEXT = /^[${][\u0021-\u007e]+$/;

/**
 * Bytes of a binary column: a stored-hash string as text, everything else in hexadecimal digits.
 *
 * Which of both depends on the bytes alone: a digest begins like a hash string and goes on in
 * printable characters for twenty bytes once in ten thousand million.
 */
export function bytesValue(bytes: Buffer): string {
  if (bytes.length >= LEAST_HASH_CHARACTERS && (bytes[0] === 0x24 || bytes[0] === 0x7b)) {
    const text = bytes.toString("latin1");
    if (HASH_TEXT.test(text)) return text;
  }
  return bytes.toString("hex");
}

/** A whole number: as such where a number holds it exactly, else as its text. */
export function integerValue(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** JSON as its value; text that is none stays text. */
export function jsonValue(text: string): SourceValue {
  try {
    return JSON.parse(text) as SourceValue;
  } catch {
    return text;
  }
}

/** A number in text as such; what no JSON number is, such as `NaN`, as text. */
export function floatValue(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** `2026-01-31 10:11:12.5` with a `T`, and with `Z` where the session's time zone makes it UTC. */
export function timestampValue(text: string, zone: "" | "Z"): string {
  return /^\d{4,}-\d\d-\d\d \d\d:/.test(text) ? `${text.replace(" ", "T")}${zone}` : text;
}
