/** Marks a text that is stored as JSON. */
const AS_JSON = "\u0001";

/**
 * A text as it is stored: as it is, but as JSON where the library would cut it at a NUL or replace
 * half a character.
 */
export function encodeText(text: string): string {
  return text.includes("\0") || text.startsWith(AS_JSON) || /\p{Cs}/u.test(text)
    ? AS_JSON + JSON.stringify(text)
    : text;
}

/** The text that {@link encodeText} stored. */
export function decodeText(stored: string): string {
  return stored.startsWith(AS_JSON) ? String(JSON.parse(stored.slice(1))) : stored;
}
