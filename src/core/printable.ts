/** Everything that does not print as itself: controls, bidi, zero-width, lone surrogates, blanks. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const ELLIPSIS = "…";

/**
 * Text of the source or the org made safe for a terminal, on one line.
 *
 * Controls (C0, C1, ESC), direction overrides and isolates, zero-width and other invisible
 * characters, line and paragraph separators and lone surrogates become visible escapes such as
 * `\u{202e}` or `\n`. Letters of every script stay.
 *
 * @param maxLength longest result in UTF-16 units, at least 1; what is cut off ends in `…`
 */
export function printable(text: string, maxLength = Infinity): string {
  if (text.length <= maxLength) {
    const whole = text.replace(UNSAFE, escapeCharacter);
    if (whole.length <= maxLength) return whole;
  }
  let shown = "";
  for (const character of text) {
    const next = shown + character.replace(UNSAFE, escapeCharacter);
    if (next.length + ELLIPSIS.length > maxLength) break;
    shown = next;
  }
  return shown + ELLIPSIS;
}

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
