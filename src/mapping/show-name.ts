import { printable } from "../core/index.ts";
import { holdsStoredHash } from "../passwords/formats/index.ts";

const MAX_CHARACTERS = 80;

/** Text of a file, fit to stand in a message. */
export function printableText(text: string): string {
  return printable(text, MAX_CHARACTERS);
}

/** A name of the source or of the config in backticks; one that is a hash itself is not shown. */
export function showName(name: string): string {
  return holdsStoredHash(name) ? "(a name that looks like a hash)" : `\`${printableText(name)}\``;
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
  const shown = columns.slice(0, 40).map((column) => printableText(column));
  const rest = columns.length - shown.length;
  return `Its columns are ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`;
}
