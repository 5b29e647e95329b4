const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const SHAPE = /^([A-Za-z0-9+/]+)(={0,2})$/;
/** Bits of the last character that carry nothing, by how many characters stand in the last four. */
const UNUSED_BITS: Readonly<Record<number, number>> = { 0: 0, 2: 15, 3: 3 };

/** Standard base64 that was checked. */
export interface Base64 {
  /** The same text with its padding complete. */
  readonly padded: string;
  readonly byteLength: number;
}

/**
 * Checks standard base64, padded or not.
 *
 * @returns undefined for another alphabet, a broken length or padding, and bits that no encoder sets
 */
export function readBase64(text: string): Base64 | undefined {
  const shape = SHAPE.exec(text);
  const body = shape?.[1];
  const padding = shape?.[2];
  if (body === undefined || padding === undefined) return undefined;
  const tail = body.length % 4;
  const unused = UNUSED_BITS[tail];
  if (unused === undefined) return undefined;
  const whole = body + "=".repeat((4 - tail) % 4);
  if (padding !== "" && whole.length !== text.length) return undefined;
  if ((ALPHABET.indexOf(body.charAt(body.length - 1)) & unused) !== 0) return undefined;
  return { padded: whole, byteLength: Math.floor((body.length * 3) / 4) };
}
