import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

import { type CleanStep, Lossy, UNREAD } from "./clean-rule.ts";
import { planQuickReading } from "./quick-phones.ts";

const E164 = /^\+[1-9]\d{6,14}$/;
/** What is written between the digits of one number and means nothing. */
const SEPARATORS = /[\s().\-/\u2010-\u2015\u00a0\u2060]/g;
/** Several numbers, or a trunk zero in brackets: nothing for a quick look. */
const NOT_PLAIN = /[^\d\s().\-/+\u2010-\u2015\u00a0\u2060]|\(0\)|.\+/;
const SEVERAL = /\s[/|]\s?|[,;|]\s*\+?\d{4}|\n/;
/** Longer texts are no phone number, and take longer than anyone waits. */
const MAX_CHARACTERS = 60;

/** Whether the numbers of a country are known. */
export function isPhoneCountry(country: string): boolean {
  return isSupportedCountry(country);
}

/**
 * Phone numbers become E.164: `+491701234567`. What is E.164 already stays; an extension is lost.
 *
 * @param country whose numbers are meant where no `+` says it
 */
export function phoneStep(country: string): CleanStep {
  if (!isSupportedCountry(country)) return () => UNREAD;
  const readQuickly = planQuickReading(country);
  return (value) => {
    if (typeof value === "boolean") return UNREAD;
    const text = String(value).trim();
    if (E164.test(text)) return text;
    if (text.length > MAX_CHARACTERS || SEVERAL.test(text)) return UNREAD;
    const quick = NOT_PLAIN.test(text) ? undefined : readQuickly(text.replace(SEPARATORS, ""));
    if (quick !== undefined) return quick;
    const number = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
    if (number === undefined || !number.isValid()) return UNREAD;
    return number.ext === undefined ? number.number : new Lossy(number.number);
  };
}
