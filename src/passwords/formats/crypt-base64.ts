/*
 * crypt(3)'s own base64: another alphabet than RFC 4648's, and the low bits first.
 */

const ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The value of one character, 0 to 63; -1 when it is none of the alphabet. */
export function cryptDigit(character: string): number {
  return character.length === 1 ? ALPHABET.indexOf(character) : -1;
}

/** The character of a value from 0 to 63. */
export function cryptCharacter(value: number): string {
  return ALPHABET.charAt(value);
}

/** Decodes bytes; undefined for foreign characters, a broken length and bits that no encoder sets. */
export function decodeCrypt(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const character of text) {
    const value = cryptDigit(character);
    if (value < 0) return undefined;
    held |= value << bits;
    bits += 6;
    if (bits >= 8) {
      bytes[at] = held & 0xff;
      at += 1;
      held >>= 8;
      bits -= 8;
    }
  }
  return held === 0 ? bytes : undefined;
}

/** The text that {@link decodeCrypt} decodes. */
export function encodeCrypt(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held |= byte << bits;
    bits += 8;
    while (bits >= 6) {
      text += cryptCharacter(held & 63);
      held >>= 6;
      bits -= 6;
    }
  }
  return bits > 0 ? text + cryptCharacter(held) : text;
}
