import { printable } from "../../core/index.ts";

const LONGEST_LINE = 2000;

/** A message of several lines, each made safe to print. */
export function printableMessage(message: string): string {
  return message
    .split("\n")
    .map((line) => printable(line, LONGEST_LINE))
    .join("\n");
}
