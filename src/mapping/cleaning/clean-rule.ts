import type { CleanableValue } from "../../core/index.ts";

/** What becomes of a record whose value a rule can't read. */
export type OnUnread = "keep" | "reject";

/** A cleaning rule as the config has it. */
export type CleanRule =
  | { readonly kind: "trim" | "whitespace" | "nfc" | "lower" | "upper" | "title" }
  | { readonly kind: "empty"; readonly markers: readonly string[] | undefined }
  | { readonly kind: "cut"; readonly length: number }
  | ({ readonly unread: OnUnread } & (
      | { readonly kind: "boolean" | "country" | "locale" | "language" | "timezone" }
      | { readonly kind: "phone"; readonly country: string }
      | { readonly kind: "date"; readonly format: string }
    ));

/** The kinds of rule in the order in which they work, whatever order the config has. */
export const WORKING_ORDER: readonly CleanRule["kind"][] = [
  "nfc",
  "whitespace",
  "trim",
  "empty",
  "lower",
  "upper",
  "title",
  "boolean",
  "country",
  "locale",
  "language",
  "timezone",
  "phone",
  "date",
  "cut",
];

/** The rule can't read the value. */
export const UNREAD: unique symbol = Symbol("unread");

/** A value from which a rule took something that can't be had back. */
export class Lossy {
  readonly value: CleanableValue;

  constructor(value: CleanableValue) {
    this.value = value;
  }
}

/**
 * One rule at work on one value: the value itself where it is as it should be, another one, `undefined`
 * where nothing is left. Never throws; given what it gave, it gives the same.
 */
export type CleanStep = (
  value: CleanableValue,
) => CleanableValue | undefined | typeof UNREAD | Lossy;
