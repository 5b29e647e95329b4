import { type CleanableValue } from "../../core/index.ts";
import { type CleanStep, Lossy, UNREAD } from "./clean-rule.ts";

const ISO = /^\d{4}-\d{2}-\d{2}(?:T[\d:.,]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;
/** A date and time as databases print it. */
const SPACED_ISO =
  /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;
/** A time of day behind a date. */
const TIME =
  /^[T\s,]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?:[AaPp]\.?[Mm]\.?|[A-Z]{1,5}|[+-]\d{2}:?\d{2})?$/;
const MIDNIGHT = /^0{1,2}:00(?::00(?:\.0+)?)?$/;
const TOKENS = /YYYY|MM?|DD?/g;
const EPOCH_UNITS_MS: Readonly<Record<string, number>> = { epoch: 1000, "epoch-ms": 1 };
/** The last day that a date of four digits has. */
const MAX_INSTANT_MS = 253_402_300_799_999;

/** Whether a format is one that {@link dateStep} reads: year, month and day once each, or an epoch. */
export function isDateFormat(format: string): boolean {
  if (Object.hasOwn(EPOCH_UNITS_MS, format)) return true;
  const tokens = (format.match(TOKENS) ?? []).map((token) => token.charAt(0)).toSorted();
  const rest = format.replace(TOKENS, "");
  return tokens.join("") === "DMY" && rest.length <= 8 && !/[\p{L}\p{N}]/u.test(rest);
}

/**
 * Dates of one format become ISO 8601: `2026-01-31`. What is ISO already stays; a time of day other
 * than midnight is lost.
 */
export function dateStep(format: string): CleanStep {
  const unitMs = EPOCH_UNITS_MS[format];
  const read = unitMs === undefined ? planReading(format) : readEpoch(unitMs);
  return (value) => {
    if (typeof value === "string") {
      const text = value.trim();
      if (ISO.test(text)) return isIso(text) ? text : UNREAD;
      const spaced = SPACED_ISO.exec(text);
      if (spaced !== null) return joinIso(spaced);
    }
    return read(value);
  };
}

function joinIso([, date = "", time = "", zone = ""]: RegExpExecArray): string | typeof UNREAD {
  const offset = zone === "UTC" ? "Z" : zone.length === 3 ? `${zone}:00` : zone;
  const joined = `${date}T${time}${offset}`;
  return isIso(joined) ? joined : UNREAD;
}

function isIso(text: string): boolean {
  const [year = "", month = "", day = ""] = text.slice(0, 10).split("-");
  return isDay(Number(year), Number(month), Number(day));
}

function planReading(format: string): (value: CleanableValue) => ReturnType<CleanStep> {
  const order = (format.match(TOKENS) ?? []).map((token) => token.charAt(0));
  // Where nothing stands between the parts, a digit too few would be taken from the next one.
  const digits = TOUCHING.test(format) ? FIXED_DIGITS : DIGITS;
  const source = format
    .replace(/[^A-Z]/g, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(TOKENS, (token) => digits[token.charAt(0)] ?? "");
  const pattern = new RegExp(`^${source}(?=\\D|$)`, "u");
  return (value) => {
    const text = String(value).trim();
    const found = typeof value === "boolean" ? null : pattern.exec(text);
    if (found === null) return UNREAD;
    const part = (letter: string): number => Number(found[order.indexOf(letter) + 1]);
    const [year, month, day] = [part("Y"), part("M"), part("D")];
    if (!isDay(year, month, day)) return UNREAD;
    const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
    const rest = text.slice(found[0].length);
    if (rest === "") return date;
    const time = TIME.exec(rest)?.[1];
    if (time === undefined) return UNREAD;
    return MIDNIGHT.test(time) ? date : new Lossy(date);
  };
}

const TOUCHING = /[YMD](?:(?<=Y)[MD]|(?<=M)[YD]|(?<=D)[YM])/;
const DIGITS: Readonly<Record<string, string>> = {
  Y: "(\\d{4})",
  M: "(\\d{1,2})",
  D: "(\\d{1,2})",
};
const FIXED_DIGITS: Readonly<Record<string, string>> = { ...DIGITS, M: "(\\d\\d)", D: "(\\d\\d)" };

function readEpoch(unitMs: number): (value: CleanableValue) => string | typeof UNREAD {
  return (value) => {
    const isNumber =
      typeof value === "number" || /^-?\d{1,15}(?:\.\d+)?$/.test(String(value).trim());
    const instantMs = isNumber ? Number(value) * unitMs : Number.NaN;
    if (!(Math.abs(instantMs) <= MAX_INSTANT_MS)) return UNREAD;
    const iso = new Date(instantMs).toISOString();
    return ISO.test(iso) ? iso : UNREAD;
  };
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
