import { printable } from "../core/index.ts";

const MAX_CHARACTERS = 60;

/** A name of the source, such as a column's, fit to stand in a message. */
export function printableName(name: string): string {
  return printable(name, MAX_CHARACTERS);
}

/** A location as people know it: the path, or `standard input`. */
export function printableLocation(location: string): string {
  return location === "-" ? "standard input" : printable(location);
}
