import type { Issue, ProfileValue } from "../core/index.ts";
import { showChoices, showValue } from "./show-value.ts";

/*
 * The words of what can be wrong with one attribute's value. A reason names the field, the limit
 * and what was found: a length, a type, or a short value, never a long one.
 */

/** A required attribute without a value. */
export function requiredIssue(field: string): Issue {
  return {
    code: "REQUIRED_MISSING",
    field,
    reason: `${field} is required and has no value.`,
    hint: `Fill it in the source, or map ${field} to something that always has a value.`,
  };
}

/** A value of another type than the attribute; only its type is told. */
export function typeIssue(field: string, wanted: string, value: ProfileValue): Issue {
  return {
    code: "TYPE_WRONG",
    field,
    reason: `${field} must be ${wanted}, and ${nameType(value)} was found.`,
    hint: "Convert the value in the mapping.",
  };
}

/** A whole number beyond what a number of JavaScript holds exactly. */
export function impreciseIssue(field: string): Issue {
  return {
    code: "NUMBER_IMPRECISE",
    field,
    reason: `${field} is a whole number beyond 9,007,199,254,740,991, whose last digits are lost.`,
    hint: "Make the attribute a text in the org, and give the number as text in the source.",
  };
}

/** A text below the least length. */
export function tooShortIssue(field: string, length: number, minLength: number): Issue {
  return {
    code: "TOO_SHORT",
    field,
    reason: `${field} has ${length} of at least ${minLength} characters.`,
    hint: "Complete the value in the source or in the mapping.",
  };
}

/** A text above the greatest length. */
export function tooLongIssue(field: string, length: number, maxLength: number): Issue {
  return {
    code: "TOO_LONG",
    field,
    reason: `${field} has ${length} characters, and at most ${maxLength} are allowed.`,
    hint: "Shorten the value in the source, or cut it in the mapping.",
  };
}

/** A value that is none of the attribute's choices. */
export function choiceIssue(
  field: string,
  value: string | number,
  choices: readonly (string | number)[],
): Issue {
  return {
    code: "NOT_IN_ENUM",
    field,
    reason: `${field} is ${showValue(value)}, which is none of the allowed values.`,
    hint: `Use one of ${showChoices(choices)}.`,
  };
}

/** A text that the org's pattern does not match. */
export function patternIssue(field: string, value: string): Issue {
  return {
    code: "PATTERN_MISMATCH",
    field,
    reason: `${field} is ${showValue(value)}, which does not match the org's pattern.`,
    hint: `See the pattern of ${field} in the org's user profile, and bring the value into that form.`,
  };
}

/** A text that is no e-mail address; the fault follows the field's name. */
export function emailIssue(field: string, fault: string): Issue {
  return {
    code: "EMAIL_INVALID",
    field,
    reason: `${field} ${fault}.`,
    hint: "Mend the address in the source or in the mapping.",
  };
}

/** A text that is not of the attribute's format. */
export function formatIssue(field: string, value: string, wanted: string): Issue {
  return {
    code: "FORMAT_INVALID",
    field,
    reason: `${field} is ${showValue(value)}, which is not ${wanted}.`,
    hint: "Convert the value in the mapping.",
  };
}

/** A value for an attribute that the org takes from another system. */
export function readOnlyIssue(field: string): Issue {
  return {
    code: "ATTRIBUTE_READ_ONLY",
    field,
    reason: `${field} can't be written: the org takes its values from another system.`,
    hint: "Take the attribute out of the mapping, or make Okta its source in the org.",
  };
}

/**
 * An attribute that the org does not have.
 *
 * @param similar attribute of the org that differs only in case, if there is one
 */
export function unknownAttributeIssue(field: string, similar: string | undefined): Issue {
  return {
    code: "ATTRIBUTE_UNKNOWN",
    field,
    reason: `The org's user profile has no attribute ${field}.`,
    hint:
      similar === undefined
        ? "Add the attribute to the org's user profile, or take it out of the mapping."
        : `Write ${similar} in the mapping: attribute names are case-sensitive.`,
  };
}

function nameType(value: ProfileValue): string {
  if (typeof value === "string") return value === "" ? "an empty text" : "text";
  return typeof value === "object" ? "a list" : showValue(value);
}
