import type { SourceValue } from "../../core/index.ts";
import { FURTHER_REGIONS } from "../people/further-regions.ts";
import { LATIN_REGIONS } from "../people/latin-regions.ts";
import type { PseudoRandom } from "../pseudo-random.ts";
import { drawDate } from "./date-shape.ts";
import type { ForbiddenValues } from "./forbidden-values.ts";
import { fillMask, type Mask, maskOf, numberInto } from "./mask.ts";
import type { ValueShape } from "./value-shape.ts";

/** What values are invented with. */
export interface ValueContext {
  readonly random: PseudoRandom;
  readonly forbidden: ForbiddenValues;
  readonly years: { readonly from: number; readonly until: number };
  /** Written into the value where it must differ from all others; else undefined. */
  readonly ordinal: number | undefined;
}

/** Shapes of one text. */
export type TextShape = Exclude<
  ValueShape,
  { readonly kind: "boolean" | "hash" | "list" | "object" }
>;

const TRIES = 40;
/** From here on what is drawn may leave the pattern. */
const STRICT_TRIES = 20;

/** Reserved for examples by RFC 2606: mail to them reaches no one. */
const DOMAINS: readonly [string, ...string[]] = ["example.com", "example.net", "example.org"];

/** Tags that a language and a country make. */
const REGIONS = [...LATIN_REGIONS, ...FURTHER_REGIONS];
const ZONES = Intl.supportedValuesOf("timeZone");

/**
 * A value of a shape: never one that the source holds, nor one that has such a value as a word of its
 * own. Where nothing else can be found, as when a source has every number of four digits, the value
 * grows longer; a number stays one.
 */
export function inventText(shape: TextShape, context: ValueContext): string {
  const { forbidden, random } = context;
  for (let trial = 0; trial < TRIES; trial += 1) {
    const drawn = draw(shape, context, trial);
    if (!forbidden.has(drawn) && !forbidden.hasPartOf(comparable(shape, drawn))) return drawn;
  }
  let text = "";
  do text += `${1 + random.below(9)}${String(random.below(10_000)).padStart(4, "0")}`;
  while (forbidden.hasPartOf(text) && text.length < 60);
  return forbidden.hasPartOf(text) ? "" : text;
}

/** A value of any shape but a hash. */
export function inventValue(
  shape: Exclude<ValueShape, { readonly kind: "hash" }>,
  context: ValueContext,
): SourceValue {
  switch (shape.kind) {
    case "boolean":
      return shape.value;
    case "list":
      return shape.elements.map((element) => inventInner(element, context));
    case "object":
      return Object.fromEntries(
        shape.entries.map(([key, inner]) => [key, inventInner(inner, context)]),
      );
    case "text":
      return shape.isNumber ? inventNumber(shape, context) : inventText(shape, context);
    case "date":
    case "hex":
    case "locale":
    case "mail":
    case "phone":
    case "url":
    case "zone":
      return inventText(shape, context);
  }
}

/** Within lists and objects there are no known passwords: a hash becomes any text. */
function inventInner(shape: ValueShape, context: ValueContext): SourceValue {
  return inventValue(shape.kind === "hash" ? PLAIN : shape, context);
}

const PLAIN: ValueShape & { readonly kind: "text" } = {
  kind: "text",
  mask: maskOf("invented"),
  isNumber: false,
};

/** As a number its text can be another one: 12.50 becomes 12.5. */
function inventNumber(shape: TextShape, context: ValueContext): number | null {
  for (let trial = 0; trial < TRIES; trial += 1) {
    const number = numberOf(inventText(shape, context));
    if (!context.forbidden.has(String(number))) return number;
  }
  return null;
}

/** A number's text, such as `-12.5` or `1e21`, whose digits were drawn anew. */
function numberOf(text: string): number {
  const number = Number(text);
  return Number.isFinite(number) ? number : Number(text.replace(/\D/g, "").slice(0, 15));
}

/** Whose words must not be values of the source: of a mail or a link not what is always the same. */
function comparable(shape: TextShape, text: string): string {
  if (shape.kind === "mail") return text.slice(0, text.indexOf("@"));
  return shape.kind === "url" ? text.slice(text.lastIndexOf("/")) : text;
}

function draw(shape: TextShape, context: ValueContext, trial: number): string {
  const { random, ordinal } = context;
  switch (shape.kind) {
    case "text":
      return drawText(shape.isNumber, looser(shape.mask, trial), context);
    case "mail":
      return drawMail(shape, context);
    case "date":
      return drawDate(shape.date.pattern, widened(context.years, trial), random);
    case "phone":
      return drawPhone(shape.mask, random);
    case "hex":
      return drawHex(shape.groups, shape.isUpper, random);
    case "locale":
      return drawLocale(shape.separator, trial, random);
    case "zone":
      return ZONES[random.below(ZONES.length)] ?? "Etc/UTC";
    case "url": {
      const path = fillMask({ marks: "a", length: Math.max(4, shape.length - 20) }, random);
      return `${shape.scheme}example.com/${ordinal === undefined ? path : numberInto(path, ordinal)}`;
    }
  }
}

function drawText(isNumber: boolean, mask: Mask, { random, ordinal }: ValueContext): string {
  const text = fillMask(mask, random);
  return ordinal === undefined || isNumber ? text : numberInto(text, ordinal);
}

/** One character more of the same kind, where the pattern has no value left. */
function looser(mask: Mask, trial: number): Mask {
  if (trial < STRICT_TRIES) return mask;
  const digitsOnly = /^9+$/.test(mask.marks);
  return { marks: mask.marks + (digitsOnly ? "9" : "a"), length: mask.length + 1 };
}

function widened(
  { from, until }: ValueContext["years"],
  trial: number,
): { readonly from: number; readonly until: number } {
  if (trial < STRICT_TRIES) return { from, until };
  return { from: Math.max(1000, from - trial * 5), until: Math.min(9999, until + trial * 5) };
}

/** The local part has the pattern of one; the whole about the length of one. */
function drawMail(
  shape: ValueShape & { readonly kind: "mail" },
  { random, ordinal }: ValueContext,
): string {
  const domain = random.pick(DOMAINS);
  const number = ordinal === undefined ? "" : String(ordinal);
  const length = Math.max(3, Math.min(64, shape.length - domain.length - 1) - number.length);
  const local = fillMask({ marks: shape.local.marks, length }, random)
    .replace(/[^\p{L}\p{N}]+(?=$|[^\p{L}\p{N}])|^[^\p{L}\p{N}]+/gu, "a")
    .replace(/[^\p{L}\p{N}._+-]/gu, "-");
  return `${local}${number}@${domain}`;
}

/** Where no network is: the country code 999, or a national number of three zeros. */
function drawPhone({ marks, length }: Mask, random: PseudoRandom): string {
  const first = marks.startsWith("+") ? "9" : "0";
  let digits = 0;
  return fillMask({ marks, length }, random).replace(/\d/g, (digit) => {
    digits += 1;
    return digits <= 3 ? first : digit;
  });
}

function drawHex(groups: readonly number[], isUpper: boolean, random: PseudoRandom): string {
  const digits = groups.map((length) =>
    Array.from({ length }, () => random.below(16).toString(16)).join(""),
  );
  const text = digits.join("-");
  return isUpper ? text.toUpperCase() : text;
}

function drawLocale(separator: string, trial: number, random: PseudoRandom): string {
  const drawn = (): string => REGIONS[random.below(REGIONS.length)]?.locale ?? "en_US";
  const [language, country] = [drawn().slice(0, 2), drawn().slice(-2)];
  // Each language in its own country, as long as there is one that the source has not.
  return trial < STRICT_TRIES ? drawn().replace("_", separator) : language + separator + country;
}
