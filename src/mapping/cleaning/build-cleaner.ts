import type { CleanableValue, SourceValue, ValueChange } from "../../core/index.ts";
import { holdsPasswordMaterial } from "../../passwords/formats/index.ts";
import type { FoundValue } from "../values/convert-value.ts";
import { booleanStep } from "./boolean-words.ts";
import { type CleanRule, type CleanStep, Lossy, UNREAD, WORKING_ORDER } from "./clean-rule.ts";
import { countryStep } from "./countries.ts";
import { dateStep } from "./dates.ts";
import { emptyStep } from "./empty-markers.ts";
import { languageStep, localeStep } from "./locales.ts";
import { phoneStep } from "./phones.ts";
import { cutTo, lower, nfc, title, trim, upper, whitespace } from "./text-steps.ts";
import { timeZoneStep } from "./time-zones.ts";

/** A value that the config wants rejected when a rule can't read it. */
export class UnreadValue {
  /** What the rule reads, such as `a country`. */
  readonly wanted: string;

  constructor(wanted: string) {
    this.wanted = wanted;
  }
}

/** All rules of one attribute, ready for every record. */
export interface Cleaner {
  readonly attribute: string;
  /** In the order in which they work. */
  readonly rules: readonly string[];
  /** Those of them that can take from a value what can't be had back. */
  readonly lossyRules: readonly string[];
  /** All that the rules are, to tell one set of rules from another. */
  readonly description: string;
  /**
   * Cleans what was found, and adds what was changed to `changes`. Never throws; given what it gave,
   * it gives the same and changes nothing.
   */
  clean(found: FoundValue, changes: ValueChange[]): FoundValue | UnreadValue;
}

interface NamedStep {
  readonly rule: string;
  readonly work: CleanStep;
  /** What it reads, where a value that it can't read rejects the record. */
  readonly wanted: string | undefined;
}

/**
 * Puts the rules of one attribute together.
 *
 * @param isShowable whether examples of its values may be shown
 */
export function buildCleaner(
  attribute: string,
  rules: readonly CleanRule[],
  isShowable: boolean,
): Cleaner {
  const steps = rules
    .toSorted((one, other) => WORKING_ORDER.indexOf(one.kind) - WORKING_ORDER.indexOf(other.kind))
    .map((rule) => planStep(attribute, rule, rules));
  const cleanOne = (value: CleanableValue, changes: ValueChange[]): Cleaned =>
    runSteps(value, steps, (change) => {
      const isShown = isShowable && !mayBeHash(change.before);
      changes.push({ attribute, isShowable: isShown, ...change });
    });
  return {
    attribute,
    rules: steps.map(({ rule }) => rule),
    lossyRules: rules.filter(({ kind }) => LOSSY.has(kind)).map(nameOf),
    description: JSON.stringify(rules.map(describeRule).toSorted()),
    clean: (found, changes) => {
      if (isCleanable(found)) return cleanOne(found, changes);
      if (!isList(found)) return found;
      const kept: CleanableValue[] = [];
      for (const item of found) {
        if (!isCleanable(item)) return found;
        const cleaned = cleanOne(item, changes);
        if (cleaned instanceof UnreadValue) return cleaned;
        if (cleaned !== undefined) kept.push(cleaned);
      }
      return kept;
    },
  };
}

const LOSSY: ReadonlySet<CleanRule["kind"]> = new Set([
  "lower",
  "upper",
  "title",
  "phone",
  "date",
  "cut",
]);

const NOT_BLANK = /\S/;

type Cleaned = CleanableValue | undefined | UnreadValue;
type Change = Pick<ValueChange, "rule" | "kind" | "before" | "after">;

function runSteps(
  value: CleanableValue,
  steps: readonly NamedStep[],
  note: (change: Change) => void,
): Cleaned {
  // White space only is no value: there is nothing to clean.
  if (typeof value === "string" && !NOT_BLANK.test(value)) return value;
  let current = value;
  for (const { rule, work, wanted } of steps) {
    const given = work(current);
    if (given === current) continue;
    if (given === UNREAD) {
      note({ rule, kind: "unread", before: current, after: undefined });
      if (wanted !== undefined) return new UnreadValue(wanted);
    } else if (given instanceof Lossy) {
      note({ rule, kind: "lossy", before: current, after: given.value });
      current = given.value;
    } else {
      note({ rule, kind: "changed", before: current, after: given });
      if (given === undefined) return undefined;
      current = given;
    }
  }
  return current;
}

/** Shorter texts are no stored hash, and looking for one takes its time. */
const SHORTEST_HASH = 16;

function mayBeHash(value: CleanableValue): boolean {
  return typeof value === "string" && value.length >= SHORTEST_HASH && holdsPasswordMaterial(value);
}

function isList(found: FoundValue): found is readonly SourceValue[] {
  return Array.isArray(found);
}

function isCleanable(value: unknown): value is CleanableValue {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function planStep(attribute: string, rule: CleanRule, all: readonly CleanRule[]): NamedStep {
  const wanted = "unread" in rule && rule.unread === "reject" ? WANTED[rule.kind] : undefined;
  return { rule: nameOf(rule), work: workOf(attribute, rule, all), wanted };
}

/** A rule as messages and reports name it. */
export function nameOf(rule: CleanRule): string {
  if (rule.kind === "phone") return `phone ${rule.country}`;
  if (rule.kind === "date") return `date ${rule.format}`;
  return rule.kind === "cut" ? `cut ${rule.length}` : rule.kind;
}

/** All that a rule is, the same for the same rule. */
function describeRule(rule: CleanRule): string {
  const markers = "markers" in rule ? rule.markers : undefined;
  return JSON.stringify([nameOf(rule), "unread" in rule ? rule.unread : undefined, markers]);
}

function workOf(attribute: string, rule: CleanRule, all: readonly CleanRule[]): CleanStep {
  if (rule.kind === "empty") {
    const readAs = all.find(({ kind }) => kind === "boolean" || kind === "country")?.kind;
    return emptyStep(attribute, rule.markers, readAs);
  }
  if (rule.kind === "cut") {
    const empty = all.find(({ kind }) => kind === "empty");
    return cutTo(rule.length, empty && workOf(attribute, empty, all));
  }
  if (rule.kind === "phone") return phoneStep(rule.country);
  return rule.kind === "date" ? dateStep(rule.format) : STEPS[rule.kind];
}

const STEPS: Readonly<
  Record<Exclude<CleanRule["kind"], "empty" | "cut" | "phone" | "date">, CleanStep>
> = {
  trim,
  whitespace,
  nfc,
  lower,
  upper,
  title,
  boolean: booleanStep,
  country: countryStep,
  locale: localeStep,
  language: languageStep,
  timezone: timeZoneStep,
};

const WANTED: Readonly<Record<Extract<CleanRule, { unread: unknown }>["kind"], string>> = {
  boolean: "yes or no in any of the known words",
  country: "a country, by name or code",
  locale: "a locale",
  language: "a language",
  timezone: "a time zone",
  phone: "a phone number",
  date: "a date of the format",
};
