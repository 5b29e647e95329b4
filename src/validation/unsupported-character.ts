import type { Issue } from "../core/index.ts";

const NUL = "\0";
const SURROGATE = /[\ud800-\udfff]/;
const CONTROL = /\p{Cc}/u;

/** Where control characters stand: tolerated in free text, such as a line break in an address. */
export type ControlRule = "allowed" | "refused";

/**
 * The issue of the first character in a text that Okta can't store: anything above U+FFFF, half of
 * a surrogate pair, NUL, and control characters where they are refused.
 *
 * It names the code point and not the value. Invisible format characters are no issue.
 *
 * @see docs/okta/create-user.md#characters
 */
export function findUnsupportedCharacter(
  field: string,
  text: string,
  controls: ControlRule,
): Issue | undefined {
  if (SURROGATE.test(text)) return issueAt(field, text, text.search(SURROGATE));
  if (controls === "refused") {
    return CONTROL.test(text) ? issueAt(field, text, text.search(CONTROL)) : undefined;
  }
  return text.includes(NUL) ? issueAt(field, text, text.indexOf(NUL)) : undefined;
}

function issueAt(field: string, text: string, index: number): Issue {
  const codePoint = text.codePointAt(index) ?? 0;
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
  const code = "CHARACTER_UNSUPPORTED";
  if (codePoint > 0xffff) {
    return {
      code,
      field,
      reason: `${field} holds the character ${name}, and Okta stores none above U+FFFF.`,
      hint: "Remove or replace the character, such as an emoji or a rare ideograph.",
    };
  }
  if (codePoint >= 0xd800) {
    return {
      code,
      field,
      reason: `${field} holds ${name}, which is half of a character.`,
      hint: "The text was cut or decoded wrongly: take the value from its source again.",
    };
  }
  return {
    code,
    field,
    reason: `${field} holds the control character ${name}.`,
    hint: "Remove the character in the source, or replace it in the mapping.",
  };
}
