import { holdsStoredHash, recogniseFormat } from "../../../passwords/formats/index.ts";
import { findCountry, isCountryCode } from "../../cleaning/countries.ts";
import { isLanguageCode, isTimeZone } from "./region-words.ts";

/** What a text looks like; one text may look like several. */
export type ValueShape =
  | "mail"
  | "phone"
  | "country-code"
  | "country-name"
  | "locale"
  | "language"
  | "timezone"
  | "date"
  | "boolean"
  | "uuid"
  | "url"
  | "integer"
  | "number"
  | "hash";

const MAIL = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/;
const URL_TEXT = /^https?:\/\/\S+$/i;
const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const INTEGER = /^-?(?:0|[1-9]\d{0,15})$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:[.,]\d+)?$/;
const PHONE = /^(?:\+|00?[1-9(]|\()[\d\s()./\u2010-\u2015-]{5,24}(?:\s?(?:x|ext\.?)\s?\d{1,6})?$/i;
const LOOSE_PHONE = /^\d{2,5}[\s./-][\d\s()./-]{4,18}$/;
const LOCALE = /^[a-z]{2,3}(?:[_-][A-Z][a-z]{3})?[_-](?:[A-Za-z]{2}|\d{3})(?:\.[\w-]+)?$/;
const DATE_TEXTS = [
  /^\d{4}-\d{1,2}-\d{1,2}(?:[T\s]\d{1,2}:\d{2}.{0,20})?$/,
  /^\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?:[,\s].{0,12})?$/,
  /^\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})(?:[,\s].{0,15})?$/,
  /^\d{4}\/\d{1,2}\/\d{1,2}(?:[,\s].{0,15})?$/,
  /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6}(?:\.\d+)?Z?)?$/,
];
/** Every one is one word or digit; `0` and `1` are numbers first, and count where nothing else is. */
const BOOLEANS: ReadonlySet<string> = new Set(
  (
    "true false yes no y n t f on off 0 1 ja nein j oui non o si sí sì s sim não nao " +
    "nee vrai faux wahr falsch verdadero falso vero waar onwaar"
  ).split(" "),
);
const NO_DIGIT = /^\D+$/;
/** A shorter text is no hash of any kind. */
const MIN_HASH = 13;

/** The shapes of a text without white space around it. */
export function shapesOf(text: string): readonly ValueShape[] {
  if (text.includes("@") && MAIL.test(text)) return ["mail"];
  if (URL_TEXT.test(text)) return ["url"];
  if (UUID.test(text)) return ["uuid"];
  const found: ValueShape[] = [];
  if (/^[\d({+-]/.test(text)) addNumeric(text, found);
  if (text.length <= 60) addWords(text, found);
  if (found.length === 0 && looksHashed(text)) found.push("hash");
  return found;
}

function addNumeric(text: string, found: ValueShape[]): void {
  if (INTEGER.test(text)) found.push("integer");
  if (NUMBER.test(text)) found.push("number");
  if (DATE_TEXTS.some((shape) => shape.test(text))) found.push("date");
  else if (isPhone(text)) found.push("phone");
}

function isPhone(text: string): boolean {
  if (!PHONE.test(text) && !LOOSE_PHONE.test(text)) return false;
  const digits = text.replace(/\D/g, "").length;
  return digits >= 6 && digits <= 17;
}

function addWords(text: string, found: ValueShape[]): void {
  if (text.length <= 9 && BOOLEANS.has(text.toLowerCase())) found.push("boolean");
  if (text.length <= 3 && isCountryCode(text)) found.push("country-code");
  if (text.length <= 3 && isLanguageCode(text)) found.push("language");
  if (text.length >= 4 && LOCALE.test(text)) found.push("locale");
  else if (isCountryName(text)) found.push("country-name");
  if (text.length >= 3 && isTimeZone(text)) found.push("timezone");
}

/** Whether a text means a country and is no code of two letters; of short ones capitals count alone. */
function isCountryName(text: string): boolean {
  if (text.length < 4 && !/^[A-Z]{2,3}$/.test(text)) return false;
  return NO_DIGIT.test(text) && !isCountryCode(text) && findCountry(text) !== undefined;
}

/** Bare digests are hashes only where a name says so; those with marks tell it themselves. */
function looksHashed(text: string): boolean {
  return text.length >= MIN_HASH && holdsStoredHash(text) && recogniseFormat(text) !== undefined;
}
