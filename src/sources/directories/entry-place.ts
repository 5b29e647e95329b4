import { createHash } from "node:crypto";

const HEX_DIGITS = 12;

/**
 * A number that stands for an entry's distinguished name, whatever its case: in the place of a byte's
 * offset, so that a run knows an entry again that stands in another's row. 48 bits, exact as a number.
 */
export function placeOf(name: string): number {
  const digest = createHash("sha256").update(name.toLowerCase()).digest("hex");
  return Number.parseInt(digest.slice(0, HEX_DIGITS), 16);
}
