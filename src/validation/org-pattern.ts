import { measurePattern } from "./measure-pattern.ts";

/** A pattern of the org, ready to be tested; or why it is left to the org. */
export type OrgPattern =
  | { readonly kind: "checked"; readonly mayMatch: (text: string) => boolean }
  | { readonly kind: "unchecked"; readonly why: string };

/** About 10 ms of backtracking at worst, for one value. */
const MAX_STEPS = 1_000_000;
const MAX_TESTED_CHARACTERS = 4096;
/** A pattern that is only affordable on shorter texts is not worth testing. */
const MIN_TESTED_CHARACTERS = 16;

/**
 * Makes a pattern of the org's schema testable, if its meaning and its worst case are known.
 *
 * The pattern must be found anywhere in the text, as JSON Schema reads it; an org that wants the
 * whole text to match refuses the rest itself. A text too long to be tested within bounds may
 * match. Constructs that other regular expression dialects read differently, and shapes that can
 * backtrack without bound, are unchecked.
 */
export function compileOrgPattern(pattern: string): OrgPattern {
  const cost = measurePattern(pattern);
  if (cost.kind === "unknown") return { kind: "unchecked", why: cost.why };
  const maxCharacters = affordableLength(cost.choices, cost.loops);
  if (maxCharacters < MIN_TESTED_CHARACTERS) {
    return { kind: "unchecked", why: "it may take too long to test" };
  }
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, /\\p/iu.test(pattern) ? "u" : "");
  } catch {
    return { kind: "unchecked", why: "it is no regular expression that JavaScript reads" };
  }
  return {
    kind: "checked",
    mayMatch: (text) => text.length > maxCharacters || expression.test(text),
  };
}

function affordableLength(choices: number, loops: number): number {
  const affordable = MAX_STEPS / choices;
  if (loops === 0) return affordable < 1 ? 0 : MAX_TESTED_CHARACTERS;
  return Math.min(MAX_TESTED_CHARACTERS, Math.floor(affordable ** (1 / loops)));
}
