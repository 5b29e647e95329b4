import type { SourceRecord } from "../../core/index.ts";
import { readColumnPath } from "../values/column-path.ts";
import { percentOf } from "./describe-column.ts";
import type { CleaningSuggestion } from "./drafted-mapping.ts";
import type { AttributeGuess } from "./guess.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import { countryCodeOf } from "./looking/country-words.ts";
import type { ValueShape } from "./looking/value-shape.ts";

/** What cleaning is suggested from. */
export interface CleaningInput {
  readonly guesses: readonly AttributeGuess[];
  readonly firstRecords: readonly SourceRecord[];
  /** Country of telephone numbers that name none; undefined where nothing tells it. */
  readonly phoneCountry: string | undefined;
}

const NEARLY_ALL = 0.99;
const PHONES: ReadonlySet<string> = new Set(["primaryPhone", "mobilePhone"]);
/** Stands where a country belongs that nobody knows yet. */
const NO_COUNTRY = "XX";

/** Rules for what was seen in the values, each with what it is for. */
export function suggestCleaning(input: CleaningInput): readonly CleaningSuggestion[] {
  const columns = input.guesses.map(({ source }) => source.column);
  return [
    ...forAll(columns),
    ...input.guesses.flatMap((guess) => forAttribute(guess, input) ?? []),
  ];
}

function forAll(columns: readonly ColumnFacts[]): readonly CleaningSuggestion[] {
  const rules: string[] = [];
  const why: string[] = [];
  if (columns.some(({ paddedPart }) => paddedPart > 0)) {
    rules.push("trim");
    why.push("some values begin or end in white space");
  }
  if (columns.some(({ markerPart }) => markerPart > 0)) {
    rules.push("empty");
    why.push("some say that there is no value, such as N/A");
  }
  if (rules.length === 0) return [];
  return [{ attribute: "*", rules: `[${rules.join(", ")}]`, why: why.join("; ") }];
}

function forAttribute(
  { attribute, source }: AttributeGuess,
  { firstRecords, phoneCountry }: CleaningInput,
): CleaningSuggestion | undefined {
  const { column } = source;
  if (source.kind === "expression" || column.filled === 0) return undefined;
  const lacks = (
    rules: string,
    shape: ValueShape,
    what: string,
  ): CleaningSuggestion | undefined => {
    const part = column.shapes.get(shape) ?? 0;
    if (part >= NEARLY_ALL) return undefined;
    return { attribute, rules, why: `${percentOf(1 - part)} are ${what}` };
  };
  if (PHONES.has(attribute)) return forPhone(attribute, column, phoneCountry);
  switch (attribute) {
    case "countryCode":
      return lacks("country", "country-code", "no codes of two letters");
    case "locale":
      return lacks("locale", "locale", "no locales such as de_DE");
    case "preferredLanguage":
      return (column.shapes.get("locale") ?? 0) >= NEARLY_ALL
        ? undefined
        : lacks("language", "language", "no codes of languages");
    case "timezone":
      return lacks("timezone", "timezone", "no names of time zones such as Europe/Berlin");
    default:
      return forDate(attribute, column, firstRecords);
  }
}

function forPhone(
  attribute: string,
  { plusPart }: ColumnFacts,
  country = NO_COUNTRY,
): CleaningSuggestion | undefined {
  if (plusPart >= NEARLY_ALL) return undefined;
  const unknown = country === NO_COUNTRY ? ": put their country in the place of XX" : "";
  const why = `${percentOf(1 - plusPart)} name no country${unknown}`;
  return { attribute, rules: `{phone: ${country}}`, why };
}

/** Dates of the first records, where all are written one way and it is not ISO 8601. */
function forDate(
  attribute: string,
  column: ColumnFacts,
  records: readonly SourceRecord[],
): CleaningSuggestion | undefined {
  if ((column.shapes.get("date") ?? 0) < NEARLY_ALL) return undefined;
  const texts = records.flatMap((record) => {
    const value = readColumnPath(record, column);
    return typeof value === "string" && value.trim() !== "" ? [value.trim()] : [];
  });
  const format = dateFormatOf(texts);
  if (format === undefined) return undefined;
  return { attribute, rules: `{date: ${format}}`, why: "dates in another form than 2026-01-31" };
}

/** The format that all texts have; of two that fit all, none. */
export function dateFormatOf(texts: readonly string[]): string | undefined {
  const fitting = DATE_FORMATS.filter(
    ({ shape, isSound }) =>
      texts.length > 0 &&
      texts.every((text) => {
        const found = shape.exec(text);
        return found !== null && isSound(Number(found[1]), Number(found[2]));
      }),
  );
  return fitting.length === 1 ? fitting[0]?.format : undefined;
}

const isDayFirst = (first: number, second: number): boolean => first <= 31 && second <= 12;
const isMonthFirst = (first: number, second: number): boolean => first <= 12 && second <= 31;
const DATE_FORMATS = [
  { format: "DD.MM.YYYY", shape: /^(\d{1,2})\.(\d{1,2})\.\d{4}/, isSound: isDayFirst },
  { format: "DD/MM/YYYY", shape: /^(\d{1,2})\/(\d{1,2})\/\d{4}/, isSound: isDayFirst },
  { format: "MM/DD/YYYY", shape: /^(\d{1,2})\/(\d{1,2})\/\d{4}/, isSound: isMonthFirst },
  { format: "DD-MM-YYYY", shape: /^(\d{1,2})-(\d{1,2})-\d{4}/, isSound: isDayFirst },
  { format: "MM-DD-YYYY", shape: /^(\d{1,2})-(\d{1,2})-\d{4}/, isSound: isMonthFirst },
  { format: "YYYY/MM/DD", shape: /^\d{4}\/(\d{1,2})\/(\d{1,2})/, isSound: isMonthFirst },
  { format: "YYYYMMDD", shape: /^\d{4}(\d{2})(\d{2})$/, isSound: isMonthFirst },
];

/** A country, and whether nearly all records say it. */
export interface LikelyCountry {
  readonly code: string | undefined;
  readonly isSure: boolean;
}

/** The country that most records name, from the column that is the country. */
export function likelyCountry(guesses: readonly AttributeGuess[]): LikelyCountry {
  const column = guesses.find(({ attribute }) => attribute === "countryCode")?.source.column;
  const [most] = column?.choices ?? [];
  if (column === undefined || most === undefined) return { code: undefined, isSure: false };
  const [text, count] = most;
  const code = countryCodeOf(text);
  return { code, isSure: code !== undefined && count / column.filled >= 0.95 };
}

/** Whether telephone numbers need to be told their country. */
export function lackCountry(guesses: readonly AttributeGuess[]): boolean {
  return guesses.some(
    ({ attribute, source: { column } }) =>
      PHONES.has(attribute) && column.filled > 0 && column.plusPart < NEARLY_ALL,
  );
}
