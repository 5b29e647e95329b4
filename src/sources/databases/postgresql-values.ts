import type { SourceValue } from "../../core/index.ts";
import { bytesValue, floatValue, jsonValue, timestampValue } from "./plain-values.ts";

/** Makes a value of the text that the server sends. */
export type ReadText = (text: string) => SourceValue;

/** Reads the text of an array, element by element. */
export type ReadArray = (text: string, element: ReadText) => readonly SourceValue[];

const asText: ReadText = (text) => text;
const asNumber: ReadText = (text) => Number(text);

/** Types by their permanent numbers; every other one is taken as its text. */
const READERS: ReadonlyMap<number, ReadText> = new Map([
  [16, (text) => text === "t"],
  [17, (text) => (text.startsWith("\\x") ? bytesValue(Buffer.from(text.slice(2), "hex")) : text)],
  [21, asNumber],
  [23, asNumber],
  [26, asNumber],
  [114, jsonValue],
  [700, floatValue],
  [701, floatValue],
  // `char(n)`: what fills it up to its length is no part of the value.
  [1042, (text) => text.replace(/ +$/, "")],
  [1114, (text) => timestampValue(text, "")],
  // The session is in UTC: every such value ends in +00.
  [1184, (text) => timestampValue(text.replace(/\+00$/, ""), text.endsWith("+00") ? "Z" : "")],
  [3802, jsonValue],
]);

/** Arrays by their numbers, with those of their elements. */
const ELEMENTS: ReadonlyMap<number, number> = new Map([
  [199, 114],
  [1000, 16],
  [1001, 17],
  [1002, 18],
  [1003, 19],
  [1005, 21],
  [1007, 23],
  [1009, 25],
  [1014, 1042],
  [1015, 1043],
  [1016, 20],
  [1021, 700],
  [1022, 701],
  [1028, 26],
  [1041, 869],
  [1115, 1114],
  [1182, 1082],
  [1185, 1184],
  [1231, 1700],
  [2951, 2950],
  [3807, 3802],
]);

/**
 * How values of a type are read: integers of 64 bits, numerics and dates as their text, so that
 * nothing of them is lost; times in ISO 8601.
 *
 * @param type the number that PostgreSQL gives the type
 * @param elements further array types, such as those of enumerations, with those of their elements
 */
export function postgresqlReader(
  type: number,
  elements: ReadonlyMap<number, number>,
  readArray: ReadArray,
): ReadText {
  const element = ELEMENTS.get(type) ?? elements.get(type);
  if (element === undefined) return READERS.get(type) ?? asText;
  const read = READERS.get(element) ?? asText;
  return (text) => readArray(text, read);
}
