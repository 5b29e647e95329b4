import type { ColumnFacts } from "./looking/column-look.ts";

/** How sure a guess is. */
export type Certainty = "certain" | "likely" | "guess";

/** Where an attribute is thought to come from, and why. */
export interface AttributeGuess {
  readonly attribute: string;
  readonly source: GuessedSource;
  readonly certainty: Certainty;
  /** Phrases that say why, such as `called so in English`; safe to print. */
  readonly reasons: readonly string[];
  /** What is to be looked after; safe to print. */
  readonly warnings: readonly string[];
}

/** A column that holds an attribute, or a text from which it is worked out. */
export type GuessedSource =
  | { readonly kind: "column"; readonly column: ColumnFacts }
  | {
      readonly kind: "expression";
      readonly column: ColumnFacts;
      /** CEL. */
      readonly text: string;
    };

const ORDER: readonly Certainty[] = ["certain", "likely", "guess"];

/** The next less sure one. */
export function lessCertain(certainty: Certainty): Certainty {
  return ORDER[ORDER.indexOf(certainty) + 1] ?? "guess";
}
