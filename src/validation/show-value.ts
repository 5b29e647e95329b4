import { printable } from "../core/index.ts";

/** Longer values may be a person's whole address, or a hash in the wrong column: only counted. */
const MAX_SHOWN_CHARACTERS = 40;

/** A value as an issue may quote it: in quotes and safe to print, or only its length when long. */
export function showValue(value: string | number | boolean): string {
  const text = String(value);
  if (text.length > MAX_SHOWN_CHARACTERS) return `a value of ${text.length} characters`;
  return typeof value === "string" ? `"${printable(text)}"` : text;
}

/** Up to five allowed values, for an issue. */
export function showChoices(choices: readonly (string | number)[]): string {
  const shown = choices.slice(0, 5).map((choice) => showValue(choice));
  if (choices.length > shown.length) shown.push(`… (${choices.length} in all)`);
  return shown.join(", ");
}
