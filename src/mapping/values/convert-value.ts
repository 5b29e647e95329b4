import type { AttributeSchema, IssueCode, ProfileValue, SourceValue } from "../../core/index.ts";
import { isAbsent } from "../../passwords/formats/index.ts";
import { isList } from "./is-list.ts";

/** A value as the source or an expression gives it. */
export type FoundValue = SourceValue | bigint | undefined;

/** Why a value can't become what its attribute holds. */
export class ValueFault {
  readonly code: IssueCode & ("TYPE_WRONG" | "NUMBER_IMPRECISE");
  /** Completes "login must be …, and … was found". */
  readonly wanted: string;
  readonly found: string;

  constructor(code: ValueFault["code"], wanted: string, found: string) {
    this.code = code;
    this.wanted = wanted;
    this.found = found;
  }
}

type Scalar = string | number | boolean;
type ScalarType = NonNullable<AttributeSchema["itemType"]>;

/** Turns found values into what one attribute holds; undefined when there is no value. */
export type ValueConverter = (found: FoundValue) => ProfileValue | undefined | ValueFault;

const WANTED: Readonly<Record<ScalarType, string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
};
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER = /^(?:0|-?[1-9]\d*)$/;
const IMPRECISE = new ValueFault("NUMBER_IMPRECISE", "exact", "a number too large to be exact");

/**
 * The converter for an attribute of the schema; without a schema values stay as they are.
 *
 * A string attribute takes numbers and truth values as their text; the others take text that is
 * strictly one of theirs. A list takes a list, JSON text of one, or text divided by `;`. Nothing
 * there, `null`, white space only and an empty list are no value.
 */
export function converterFor(attribute: AttributeSchema | undefined): ValueConverter {
  if (attribute === undefined) return keepAsFound;
  if (attribute.type !== "array") {
    const { type } = attribute;
    return (found) => (isNothing(found) ? undefined : toScalar(found, type));
  }
  const itemType = attribute.itemType ?? "string";
  return (found) => (isNothing(found) ? undefined : toList(found, itemType));
}

function isNothing(found: FoundValue): found is undefined | null | "" {
  if (typeof found === "bigint") return false;
  return isAbsent(found) || (Array.isArray(found) && found.length === 0);
}

function toScalar(found: FoundValue, type: ScalarType): Scalar | ValueFault {
  if (typeof found === "number" && !isExact(found)) return IMPRECISE;
  switch (type) {
    case "string":
      return toText(found);
    case "number":
      return toNumber(found, NUMBER, WANTED.number);
    case "integer":
      return toNumber(found, INTEGER, WANTED.integer);
    case "boolean":
      return toBoolean(found);
  }
}

function toText(found: FoundValue): string | ValueFault {
  if (typeof found === "string") return found;
  if (typeof found === "object" || found === undefined) return wrong(WANTED.string, found);
  return String(found);
}

function toNumber(found: FoundValue, shape: RegExp, wanted: string): number | ValueFault {
  if (typeof found !== "string" && typeof found !== "number" && typeof found !== "bigint") {
    return wrong(wanted, found);
  }
  const text = typeof found === "string" ? found.trim() : String(found);
  if (!(typeof found === "number" && shape === NUMBER) && !shape.test(text)) {
    return wrong(wanted, found);
  }
  const value = Number(text);
  if (!Number.isFinite(value)) return wrong(wanted, found);
  return isExact(value) ? value : IMPRECISE;
}

function toBoolean(found: FoundValue): boolean | ValueFault {
  if (typeof found === "boolean") return found;
  switch (typeof found === "object" ? "" : String(found).trim().toLowerCase()) {
    case "true":
    case "1":
      return true;
    case "false":
    case "0":
      return false;
    default:
      return wrong(WANTED.boolean, found);
  }
}

function toList(found: FoundValue, itemType: ScalarType): ProfileValue | undefined | ValueFault {
  const items = typeof found === "string" ? splitText(found) : isList(found) ? found : [found];
  const list: Scalar[] = [];
  for (const item of items) {
    if (isNothing(item)) continue;
    const value = toScalar(item, itemType);
    if (value instanceof ValueFault) return value;
    list.push(value);
  }
  return list.length === 0 ? undefined : list;
}

function splitText(text: string): readonly SourceValue[] {
  if (text.trimStart().startsWith("[")) {
    try {
      const value = JSON.parse(text) as SourceValue;
      if (isList(value)) return value;
    } catch {
      // It only looks like JSON.
    }
  }
  return text.split(";").map((item) => item.trim());
}

function keepAsFound(found: FoundValue): ProfileValue | undefined | ValueFault {
  if (isNothing(found)) return undefined;
  if (isList(found)) {
    const list: Scalar[] = [];
    for (const item of found) {
      const kept = keepScalar(item);
      if (kept instanceof ValueFault) return kept;
      list.push(kept);
    }
    return list;
  }
  return keepScalar(found);
}

function keepScalar(found: FoundValue): Scalar | ValueFault {
  if (typeof found === "bigint") return isExact(Number(found)) ? Number(found) : IMPRECISE;
  if (typeof found === "number") return isExact(found) ? found : IMPRECISE;
  if (typeof found === "string" || typeof found === "boolean") return found;
  return wrong("text, a number, true, false or a list of those", found);
}

function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function wrong(wanted: string, found: FoundValue): ValueFault {
  return new ValueFault("TYPE_WRONG", wanted, nameType(found));
}

function nameType(found: FoundValue): string {
  if (isList(found)) return "a list";
  if (found === null || found === undefined) return "nothing";
  if (typeof found === "object") return "an object";
  if (typeof found === "boolean") return "true or false";
  return typeof found === "string" ? "other text" : "a number";
}
