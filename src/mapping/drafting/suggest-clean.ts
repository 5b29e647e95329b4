import type { SourceRecord } from "../../core/index.ts";
import type { CleanRule } from "../cleaning/clean-rule.ts";
import { findCountry } from "../cleaning/countries.ts";
import { readColumnPath } from "../values/column-path.ts";
import { percentOf } from "./describe-column.ts";
import type { CleaningSuggestion } from "./drafted-mapping.ts";
import type { AttributeGuess } from "./guess.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import type { ValueShape } from "./looking/value-shape.ts";
import { type TriedRule, tryRule } from "./try-rule.ts";

/** What cleaning is suggested from. */
export interface CleaningInput {
  readonly guesses: readonly AttributeGuess[];
  readonly firstRecords: readonly SourceRecord[];
  /** Attributes that the draft maps: only for them a rule can be in force. */
  readonly mapped: ReadonlySet<string>;
  /** Country of telephone numbers that name none, as it was answered. */
  readonly phoneCountry: string | undefined;
  /** Whether the source can be read only once, so that a rule that loses something needs an answer. */
  readonly isReadOnce: boolean;
}

const NEARLY_ALL = 0.99;
const MOST = 0.9;
const PHONES: ReadonlySet<string> = new Set(["primaryPhone", "mobilePhone"]);
/** Stands where a country belongs that nobody knows yet. */
const NO_COUNTRY = "XX";

/** Rules for what was seen in the values, each with what it is for and how sure that is. */
export function suggestCleaning(input: CleaningInput): readonly CleaningSuggestion[] {
  const columns = input.guesses.map(({ source }) => source.column);
  return [
    ...forAll(columns, input.mapped),
    ...input.guesses.flatMap((guess) => {
      const suggestion = forAttribute(guess, input);
      if (suggestion === undefined) return [];
      const isInForce = suggestion.isInForce && input.mapped.has(guess.attribute);
      return [{ ...suggestion, isInForce }];
    }),
  ];
}

function forAll(
  columns: readonly ColumnFacts[],
  mapped: ReadonlySet<string>,
): readonly CleaningSuggestion[] {
  const isPadded = columns.some(({ paddedPart }) => paddedPart > 0);
  const isMarked = columns.some(({ markerPart }) => markerPart > 0);
  if (!isPadded && !isMarked) return [];
  const rules = [...(isPadded ? ["trim"] : []), ...(isMarked ? ["empty"] : [])];
  const why = [
    ...(isPadded ? ["some values begin or end in white space"] : []),
    ...(isMarked ? ["some say that there is no value, such as N/A"] : []),
  ];
  return [
    {
      attribute: "*",
      rules: `[${rules.join(", ")}]`,
      certainty: isMarked ? "likely" : "certain",
      why: why.join("; "),
      isInForce: mapped.size > 0,
    },
  ];
}

function forAttribute(guess: AttributeGuess, input: CleaningInput): CleaningSuggestion | undefined {
  const { attribute, source } = guess;
  const { column } = source;
  if (source.kind === "expression" || column.filled === 0) return undefined;
  const lacks = (
    kind: "locale" | "language" | "timezone",
    what: string,
  ): CleaningSuggestion | undefined => {
    const part = column.shapes.get(kind) ?? 0;
    if (part >= NEARLY_ALL) return undefined;
    const tried = tryRule({ kind, unread: "reject" }, column, input.firstRecords);
    return judged({ attribute, rules: kind, why: `${percentOf(1 - part)} are ${what}` }, tried);
  };
  if (PHONES.has(attribute)) return forPhone(attribute, column, input);
  switch (attribute) {
    case "countryCode":
      return suggestCountry(column, input.firstRecords);
    case "locale":
      return lacks("locale", "no locales such as de_DE");
    case "preferredLanguage":
      return partOf(column, "locale") >= NEARLY_ALL
        ? undefined
        : lacks("language", "no codes of languages");
    case "timezone":
      return lacks("timezone", "no names of time zones such as Europe/Berlin");
    default:
      return forDate(attribute, column, input.firstRecords);
  }
}

function partOf({ shapes }: ColumnFacts, shape: ValueShape): number {
  return shapes.get(shape) ?? 0;
}

/** A rule with how sure it is, by what it could read: what it can't read rejects a record. */
function judged(
  suggestion: Pick<CleaningSuggestion, "attribute" | "rules" | "why">,
  { readPart }: TriedRule,
): CleaningSuggestion {
  const unread =
    readPart === 1 ? "" : `; ${percentOf(1 - readPart)} can't be read, and check will list them`;
  return {
    ...suggestion,
    why: `${suggestion.why}${unread}`,
    certainty: readPart === 1 ? "certain" : readPart >= MOST ? "likely" : "guess",
    isInForce: readPart >= MOST,
  };
}

/** Codes of two letters out of names and other codes; nothing where they are such already. */
export function suggestCountry(
  column: ColumnFacts,
  records: readonly SourceRecord[],
): CleaningSuggestion | undefined {
  const part = partOf(column, "country-code");
  if (part >= NEARLY_ALL) return undefined;
  const tried = tryRule({ kind: "country", unread: "reject" }, column, records);
  const why = `${percentOf(1 - part)} are no codes of two letters`;
  return judged({ attribute: "countryCode", rules: "country", why }, tried);
}

function forPhone(
  attribute: string,
  column: ColumnFacts,
  { guesses, firstRecords, phoneCountry, isReadOnce }: CleaningInput,
): CleaningSuggestion | undefined {
  if (column.plusPart >= NEARLY_ALL) return undefined;
  const likely = likelyCountry(guesses);
  const country = phoneCountry ?? likely.code;
  const why = `${percentOf(1 - column.plusPart)} name no country`;
  const base = { attribute, rules: `{phone: ${country ?? NO_COUNTRY}}` };
  const guess = { ...base, certainty: "guess", isInForce: false } as const;
  if (country === undefined) {
    return { ...guess, why: `${why}: put their country in the place of XX` };
  }
  const rule: CleanRule = { kind: "phone", country, unread: "keep" };
  const { readPart, loses } = tryRule(rule, column, firstRecords);
  if (readPart < MOST) {
    const part = percentOf(1 - readPart);
    return { ...guess, why: `${why}; ${part} can't be read as numbers of ${country}` };
  }
  if (phoneCountry === undefined && !likely.isSure) {
    return { ...guess, why: `${why}, and most but not all records are of ${country}` };
  }
  const lost = loses ? "; extensions are lost, which import asks about" : "";
  if (isReadOnce) {
    return { ...guess, why: `${why}; standard input needs \`lossy: accept\` beside it${lost}` };
  }
  const told = phoneCountry === undefined ? `, and all records are of ${country}` : ", as answered";
  const certainty = phoneCountry === undefined ? "likely" : "certain";
  return { ...base, certainty, isInForce: true, why: `${why}${told}${lost}` };
}

/**
 * Dates of the first records, where all are written one way and it is not ISO 8601. Never in force:
 * Okta takes dates as any text, and what reads them says what it wants.
 */
function forDate(
  attribute: string,
  column: ColumnFacts,
  records: readonly SourceRecord[],
): CleaningSuggestion | undefined {
  if (partOf(column, "date") < NEARLY_ALL) return undefined;
  const texts = records.flatMap((record) => {
    const value = readColumnPath(record, column);
    return typeof value === "string" && value.trim() !== "" ? [value.trim()] : [];
  });
  const format = dateFormatOf(texts);
  if (format === undefined) return undefined;
  return {
    attribute,
    rules: `{date: ${format}}`,
    certainty: "guess",
    why: "dates in another form than 2026-01-31, where that is wanted",
    isInForce: false,
  };
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

/** A country, and whether all records that name one say it. */
export interface LikelyCountry {
  readonly code: string | undefined;
  readonly isSure: boolean;
}

/** The country that most records name, from the column that is the country. */
export function likelyCountry(guesses: readonly AttributeGuess[]): LikelyCountry {
  const column = guesses.find(({ attribute }) => attribute === "countryCode")?.source.column;
  const [most] = column?.choices ?? [];
  if (column === undefined || most === undefined) return { code: undefined, isSure: false };
  const code = findCountry(most[0]);
  const others = column.choices?.filter(([text]) => findCountry(text) !== code) ?? [];
  return { code, isSure: code !== undefined && others.length === 0 };
}

/** Whether telephone numbers need to be told their country. */
export function lackCountry(guesses: readonly AttributeGuess[]): boolean {
  return guesses.some(
    ({ attribute, source: { column } }) =>
      PHONES.has(attribute) && column.filled > 0 && column.plusPart < NEARLY_ALL,
  );
}
