import { type CleanStep, Lossy } from "./clean-rule.ts";

const BEYOND_ASCII = /[\u0080-\uffff]/;
/** White space other than single blanks, in Unicode's terms, and what is drawn as nothing. */
const LOOSE_SPACE = /\s{2,}|[^\S ]|[\u200b\u2060\ufeff]/;
const SPACE_RUN = /\s+/g;
const DRAWN_AS_NOTHING = /[\u200b\u2060\ufeff]/g;
const WORD_START = /(^|[\s'’.(/-])(\p{L})/gu;
/** Marks that belong to the letter before them. */
const CUT_INSIDE = /^[\p{M}\u200d\udc00-\udfff]/u;

/** White space at both ends goes. */
export const trim: CleanStep = (value) => (typeof value === "string" ? value.trim() : value);

/** Every run of white space becomes one blank, what is drawn as nothing goes; none stays at the ends. */
export const whitespace: CleanStep = (value) => {
  if (typeof value !== "string") return value;
  return (
    LOOSE_SPACE.test(value) ? value.replace(DRAWN_AS_NOTHING, "").replace(SPACE_RUN, " ") : value
  ).trim();
};

/** Unicode's composed form: `e` and an accent become `é`. */
export const nfc: CleanStep = (value) =>
  typeof value === "string" && BEYOND_ASCII.test(value) ? value.normalize("NFC") : value;

/** Small letters; how it was written is lost. */
export const lower: CleanStep = changeCase((text) => text.toLowerCase());

/** Capitals; how it was written is lost. */
export const upper: CleanStep = changeCase((text) => text.toUpperCase());

/** A capital at the beginning of each word; how it was written is lost. */
export const title: CleanStep = changeCase((text) =>
  text
    .toLowerCase()
    .replace(WORD_START, (_all, before: string, letter: string) => before + capital(letter)),
);

function capital(letter: string): string {
  const large = letter.toUpperCase();
  // `ß` has no capital of one letter.
  return large.length === letter.length ? large : letter;
}

function changeCase(change: (text: string) => string): CleanStep {
  return (value) => {
    if (typeof value !== "string") return value;
    const cased = change(value);
    // What was composed stays so: some letters come apart when their case changes.
    const changed = BEYOND_ASCII.test(value) ? cased.normalize("NFC") : cased;
    return changed === value ? value : new Lossy(changed);
  };
}

/**
 * At most so many UTF-16 units, never half a character; what is beyond is lost.
 *
 * @param empty the rule that takes markers out: what is left may be one
 */
export function cutTo(length: number, empty: CleanStep | undefined): CleanStep {
  return (value) => {
    if (typeof value !== "string" || value.length <= length) return value;
    let end = length;
    while (end > 0 && CUT_INSIDE.test(value.slice(end))) end -= 1;
    const left = value.slice(0, end === 0 ? length : end).trimEnd();
    return empty?.(left) === undefined && empty !== undefined ? undefined : new Lossy(left);
  };
}
