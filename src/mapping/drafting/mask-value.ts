import type { ProfileValue } from "../../core/index.ts";
import { printableText } from "../show-name.ts";

const STARS = "***";

/**
 * A value so that its kind shows and it itself does not: `a***@e***.com`, `+4***`, `M***`. Of a text
 * no more than its first character is told, of a mail address that of each part and its ending.
 */
export function maskValue(value: ProfileValue): string {
  if (typeof value === "string") return maskText(value.trim());
  if (typeof value === "object") return `[${value.map(maskValue).join(", ")}]`;
  return typeof value === "boolean" ? "(true or false)" : "(a number)";
}

function maskText(text: string): string {
  const mail = /^([^@\s]+)@([^@\s]+)\.([^@\s.]+)$/.exec(text);
  if (mail !== null) {
    const [, local = "", host = "", ending = ""] = mail;
    return `${maskWord(local)}@${maskWord(host)}.${printableText(ending)}`;
  }
  return maskWord(text);
}

/** A text of one or two characters would be told by its first. */
function maskWord(text: string): string {
  const characters = Array.from(text);
  const sign = characters[0] === "+" ? 1 : 0;
  const shown = characters.length < 3 ? "" : characters.slice(0, 1 + sign).join("");
  return `${printableText(shown)}${STARS}`;
}
