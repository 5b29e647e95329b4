import type { Computation } from "../../passwords/formats/index.ts";
import type { PseudoRandom } from "../pseudo-random.ts";

/** How hashes of one format are made. */
export interface Recipe {
  /** A computation with a salt of its own, whose result only tells how long the true one is. */
  readonly draw: (random: PseudoRandom) => Computation;
  /** What a table holds of it. @default the text that the format's own writer gives */
  readonly write?: (computation: Computation) => StoredText;
  /** Hashes that are made of this format. @default {@link PAIRS} */
  readonly pairs?: number;
  /** Lines of `password:` in `migration.yaml` that reading it takes, besides `hash` and `salt`. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** A hash as a table holds it. */
export interface StoredText {
  readonly hash: string;
  /** Where it stands in a column of its own. */
  readonly salt?: string;
}

/** Pairs of password and hash of a format, unless its recipe says otherwise. */
export const PAIRS = 128;

/** Pairs of a format whose settings are fixed at a tenth of a second each. */
export const FEW_PAIRS = 16;

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE64_CRYPT = `./0123456789${LETTERS}`;

/** Letters and digits. */
export function drawText(random: PseudoRandom, length: number): string {
  return drawOf(`${LETTERS}0123456789`, random, length);
}

/** Characters of crypt(3). */
export function drawCryptText(random: PseudoRandom, length: number): string {
  return drawOf(BASE64_CRYPT, random, length);
}

/** A salt that can be read in one way only: its dot is neither hexadecimal nor base64. */
export function drawColumnSalt(random: PseudoRandom): Uint8Array {
  return utf8(`${drawText(random, 5)}.${drawText(random, 4)}`);
}

function drawOf(alphabet: string, random: PseudoRandom, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(random.below(alphabet.length))).join("");
}

/** A text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Bytes as base64, with its padding. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** Bytes as hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
