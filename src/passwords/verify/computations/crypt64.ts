/** The alphabet of `crypt(3)` and phpass. */
const ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The value of a character; -1 when it is none of the alphabet, or there is none. */
export function crypt64Value(character: string | undefined): number {
  return character === undefined || character === "" ? -1 : ALPHABET.indexOf(character);
}

/** Bytes as `crypt(3)` writes them: six bits a character, the lowest of each three bytes first. */
export function encodeCrypt64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3);
    const whole = first | ((second ?? 0) << 8) | ((third ?? 0) << 16);
    text += ALPHABET.charAt(whole & 63) + ALPHABET.charAt((whole >> 6) & 63);
    if (second !== undefined) text += ALPHABET.charAt((whole >> 12) & 63);
    if (third !== undefined) text += ALPHABET.charAt(whole >> 18);
  }
  return text;
}

/** The inverse of {@link encodeCrypt64}; undefined for a text that it does not write. */
export function decodeCrypt64(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  for (let index = 0; index < text.length; index += 1) {
    const value = crypt64Value(text[index]);
    if (value < 0) return undefined;
    const bit = index * 6;
    const at = bit >> 3;
    const shifted = value << (bit & 7);
    bytes[at] = (bytes[at] ?? 0) | (shifted & 255);
    if (at + 1 < bytes.length) bytes[at + 1] = shifted >> 8;
  }
  return encodeCrypt64(bytes) === text ? bytes : undefined;
}
