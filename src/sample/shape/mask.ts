import type { PseudoRandom } from "../pseudo-random.ts";
import { CONSONANTS, drawnFor, markOf, VOWELS } from "./letter-classes.ts";

/** The pattern of a text: its letters and digits replaced by marks of their kinds. */
export interface Mask {
  /** One mark a character, of the first ones. */
  readonly marks: string;
  /** Characters of the text; a longer text repeats its marks. */
  readonly length: number;
}

const MAX_MARKS = 200;
const MAX_LENGTH = 10_000;

/** The pattern of a text. */
export function maskOf(text: string): Mask {
  let marks = "";
  let length = 0;
  for (const character of text) {
    if (length < MAX_MARKS) marks += markOf(character);
    length += 1;
    if (length === MAX_LENGTH) break;
  }
  return { marks, length };
}

/** A text of a pattern, and nothing else of the text that the pattern is of. */
export function fillMask({ marks, length }: Mask, random: PseudoRandom): string {
  const all = Array.from(marks);
  let text = "";
  let run = random.below(2);
  for (let index = 0; index < length; index += 1) {
    const mark = all[index % all.length] ?? "a";
    const drawn = drawnFor(mark);
    if (mark === "a" || mark === "A") {
      const letter = drawOne(run % 2 === 0 ? CONSONANTS : VOWELS, random);
      text += mark === "A" ? letter.toUpperCase() : letter;
      run += 1;
    } else if (mark === "9") {
      // A number keeps its first digit's place: no number begins with zero but one that may.
      text += index === 0 && length > 1 ? String(1 + random.below(9)) : String(random.below(10));
    } else {
      text += drawn === undefined ? mark : drawOne(drawn, random);
    }
  }
  return text;
}

/**
 * Writes an ordinal into the last letters and digits of a text, so that texts of one pattern with
 * different ordinals differ; as far as they go, and nothing else is changed.
 */
export function numberInto(text: string, ordinal: number): string {
  const characters = Array.from(text);
  let left = ordinal;
  for (let index = characters.length - 1; index >= 0 && left > 0; index -= 1) {
    const alphabet = ALPHABETS.find((one) => one.includes(characters[index] ?? ""));
    if (alphabet === undefined) continue;
    characters[index] = alphabet.charAt(left % alphabet.length);
    left = Math.floor(left / alphabet.length);
  }
  return characters.join("");
}

const ALPHABETS = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"];

function drawOne(list: readonly string[], random: PseudoRandom): string {
  return list[random.below(list.length)] ?? "";
}
