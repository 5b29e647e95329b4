import { z } from "zod";

import { isDateFormat } from "../cleaning/dates.ts";
import { isPhoneCountry } from "../cleaning/phones.ts";
import { choice, text } from "./schema-parts.ts";

const MAX_CUT = 10_000;
const MAX_MARKERS = 1_000;

/** Rules that need nothing but their name. */
export const RULE_WORDS = [
  "trim",
  "whitespace",
  "nfc",
  "empty",
  "lower",
  "upper",
  "title",
  "boolean",
  "country",
  "locale",
  "language",
  "timezone",
] as const;

/** Rules for all attributes at once: nothing that reads a value as something. */
export const RULES_FOR_ALL: readonly string[] = ["trim", "whitespace", "nfc", "empty"];

const word = choice(RULE_WORDS);

const ruleObject = z
  .strictObject({
    rule: word.optional().meta({ description: "A rule by its name, to be given `unread`." }),
    phone: z
      .string({ error: "must be a country's code of two letters, such as DE" })
      .refine(isPhoneCountry, { error: "must be a country's code of two capitals, such as DE" })
      .optional()
      .meta({
        description: "Phone numbers to E.164; the country of numbers without one, such as DE.",
      }),
    date: text("the format of a date", 40)
      .refine(isDateFormat, {
        error: "must hold YYYY, MM and DD once each, such as DD.MM.YYYY, or be epoch or epoch-ms",
      })
      .optional()
      .meta({ description: "Dates of this format to ISO 8601, such as DD.MM.YYYY." }),
    cut: z
      .int({ error: "must be a whole number" })
      .min(1, "must be at least 1")
      .max(MAX_CUT, `must be at most ${MAX_CUT}`)
      .optional()
      .meta({ description: "At most so many characters." }),
    empty: z
      .array(z.string({ error: "must be text" }), { error: "must be a list of texts" })
      .min(1, "names no marker")
      .max(MAX_MARKERS, `must have at most ${MAX_MARKERS} markers`)
      .optional()
      .meta({ description: "Texts that mean that there is no value, in the place of the usual." }),
    unread: choice(["keep", "reject"]).optional().meta({
      description: "What becomes of a record whose value the rule can't read.",
    }),
  })
  .refine(
    (rule) => [rule.rule, rule.phone, rule.date, rule.cut, rule.empty].filter(isGiven).length === 1,
    {
      error: "needs exactly one of `rule`, `phone`, `date`, `cut` and `empty`",
    },
  )
  .meta({ description: "A rule with a setting." });

function isGiven(value: unknown): boolean {
  return value !== undefined;
}

const oneRule = z.union([word, ruleObject], {
  error: `must be one of ${RULE_WORDS.join(", ")}, or an object of phone, date, cut, empty or rule`,
});

/** The part `clean` of `migration.yaml`. */
export const cleanSchema = z
  .record(
    z.string(),
    z.union([word, ruleObject, z.array(oneRule)], {
      error: `must be one of ${RULE_WORDS.join(", ")}, an object of phone, date, cut, empty or rule, or a list of those`,
    }),
    { error: "must be a list of attributes, each with its rules" },
  )
  .meta({
    title: "Clean",
    description:
      "Attribute, or `*` for all: what is done to its values after they were mapped. Nothing is changed that no rule names.",
  });

/** What the schema gives for a `clean` without mistakes. */
export type CleanShape = z.infer<typeof cleanSchema>;
