import { holdsPasswordMaterial } from "../../passwords/formats/index.ts";
import { isSecretName } from "../secret-names.ts";
import { printableText } from "../show-name.ts";
import { isStatusName } from "./fit-values.ts";
import type { ColumnFacts } from "./looking/column-look.ts";
import type { ValueShape } from "./looking/value-shape.ts";

const SHAPE_NAMES: Readonly<Record<ValueShape, string>> = {
  mail: "e-mail addresses",
  phone: "telephone numbers",
  "country-code": "country codes",
  "country-name": "names of countries",
  locale: "locales",
  language: "language codes",
  timezone: "time zones",
  date: "dates",
  boolean: "yes or no",
  uuid: "UUIDs",
  url: "web addresses",
  integer: "whole numbers",
  number: "numbers",
  hash: "stored hashes",
};
/** In this order where several fit as well: the more particular one first. */
const SHAPES = Object.keys(SHAPE_NAMES) as readonly ValueShape[];
const MIN_SHAPE = 0.5;
/** Below so many records a value, few values are chance, and may be people's own. */
const MIN_RECORDS_PER_CHOICE = 20;
/** What people are called and where they live is told of nobody, however many share it. */
const TOLD_ATTRIBUTES: ReadonlySet<string> = new Set([
  "countryCode",
  "preferredLanguage",
  "locale",
  "timezone",
  "userType",
  "honorificPrefix",
  "organization",
  "division",
  "department",
  "costCenter",
]);
const MAX_TOLD_CHOICES = 6;

/**
 * What was seen of a column, in phrases that hold no value of a person.
 *
 * @param attribute the one that it is thought to hold
 */
export function describeColumn(facts: ColumnFacts, attribute?: string): readonly string[] {
  if (facts.filled === 0) return ["empty"];
  const mayTell = attribute === undefined || TOLD_ATTRIBUTES.has(attribute);
  return [
    fillOf(facts),
    distinctnessOf(facts),
    lengthOf(facts),
    shapeOf(facts),
    mayTell ? choicesOf(facts) : undefined,
  ].filter((phrase) => phrase !== undefined);
}

/** Share of records that have a value: `100 % filled`, never rounded to all or nothing. */
export function fillOf({ filled, records }: ColumnFacts): string {
  return `${percentOf(filled / Math.max(1, records))} filled`;
}

/** A part as per cent, never rounded to all or nothing. */
export function percentOf(part: number): string {
  if (part === 0 || part === 1) return `${part * 100} %`;
  const percent = Math.round(part * 100);
  return percent === 100 ? "over 99 %" : percent === 0 ? "under 1 %" : `${percent} %`;
}

function distinctnessOf({ distinct, filled }: ColumnFacts): string | undefined {
  const { values, isExact, repeatedPart } = distinct;
  if (values === 0) return undefined;
  if (values === 1) return filled > 1 ? "the same everywhere" : undefined;
  if (repeatedPart === 0) return isExact ? "no value twice" : "no value twice, by a sample";
  if (repeatedPart < 0.05) return `${percentOf(repeatedPart)} of the values stand more than once`;
  return `${isExact ? "" : "about "}${values} different values`;
}

function lengthOf({ shortest, longest }: ColumnFacts): string | undefined {
  if (longest === 0) return undefined;
  if (shortest !== longest) return `${shortest} to ${longest} characters`;
  return longest === 1 ? "1 character" : `${longest} characters`;
}

function shapeOf({ shapes, listPart, objectPart }: ColumnFacts): string | undefined {
  if (listPart >= MIN_SHAPE) return "lists";
  if (objectPart >= MIN_SHAPE) return "objects";
  const best = shapeNamed(shapes);
  if (best === undefined) return undefined;
  const part = shapes.get(best) ?? 0;
  return part === 1 ? SHAPE_NAMES[best] : `${SHAPE_NAMES[best]} ${percentOf(part)}`;
}

function shapeNamed(shapes: ReadonlyMap<ValueShape, number>): ValueShape | undefined {
  const parts = SHAPES.map((shape) => [shape, shapes.get(shape) ?? 0] as const);
  const most = Math.max(...parts.map(([, part]) => part));
  return most < MIN_SHAPE ? undefined : parts.find(([, part]) => part === most)?.[0];
}

function choicesOf(facts: ColumnFacts): string | undefined {
  const { filled } = facts;
  const choices = toldChoices(facts);
  if (choices === undefined) return undefined;
  const told = choices
    .slice(0, MAX_TOLD_CHOICES)
    .map(
      ([value, count]) => `${JSON.stringify(printableText(value))} ${percentOf(count / filled)}`,
    );
  const rest = choices.length - told.length;
  return told.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** The values of a column that are kinds and nobody's own; undefined where they may be more. */
export function toldChoices(facts: ColumnFacts): ColumnFacts["choices"] {
  const { choices, column, keys, shapes, filled } = facts;
  if (choices === undefined || choices.length === 0) return undefined;
  if ([column, ...keys].some((name) => isSecretName(name))) return undefined;
  if (["mail", "phone", "hash", "uuid"].some((shape) => shapes.has(shape as ValueShape))) {
    return undefined;
  }
  const isKind = filled >= choices.length * MIN_RECORDS_PER_CHOICE || isStatusName(facts);
  if (!isKind || choices.some(([value]) => holdsPasswordMaterial(value))) return undefined;
  return choices;
}
