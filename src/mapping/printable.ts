import { holdsStoredHash } from "../passwords/formats/index.ts";

const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
const MAX_CHARACTERS = 80;

/** Text of a file, fit to stand in a message: without control characters, cut to 80 characters. */
export function printable(text: string): string {
  const clean = text.replace(UNPRINTABLE, "\u{fffd}");
  return clean.length > MAX_CHARACTERS ? `${clean.slice(0, MAX_CHARACTERS)}…` : clean;
}

/** A name of the source or of the config in backticks; one that is a hash itself is not shown. */
export function showName(name: string): string {
  return holdsStoredHash(name) ? "(a name that looks like a hash)" : `\`${printable(name)}\``;
}

/**
 * The columns of a source as a sentence. A first line that is a record and no header is not
 * shown, since a hash or a password may stand in it.
 */
export function showColumns(columns: readonly string[]): string {
  if (columns.length === 0) return "It has no columns.";
  if (columns.some((column) => column.includes("@") || holdsStoredHash(column))) {
    return "Its first line looks like a record, not like a header that names the columns.";
  }
  const shown = columns.slice(0, 40).map((column) => printable(column));
  const rest = columns.length - shown.length;
  return `Its columns are ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`;
}
