import { describe, expect, it } from "vitest";

import type { AttributeSchema, AttributeType } from "../../core/index.ts";
import { converterFor, type FoundValue, ValueFault } from "./convert-value.ts";

function convert(
  type: AttributeType | undefined,
  found: FoundValue,
  itemType?: NonNullable<AttributeSchema["itemType"]>,
): unknown {
  const items = itemType === undefined ? {} : { itemType };
  const schema =
    type === undefined ? undefined : { name: "x", type, required: false, custom: true, ...items };
  const value = converterFor(schema)(found);
  return value instanceof ValueFault ? value.code : value;
}

describe("a value", () => {
  const types = [undefined, "string", "number", "integer", "boolean", "array"] as const;

  it.each(types)("that is not there is no value of type %s", (type) => {
    for (const found of [undefined, null, "", "  \t", []]) {
      expect(convert(type, found)).toBeUndefined();
    }
  });

  it.each(types)("that is a whole number too large is imprecise as %s", (type) => {
    expect(convert(type, 2 ** 53)).toBe("NUMBER_IMPRECISE");
  });

  it.each(types)("that is an object is wrong as %s", (type) => {
    expect(convert(type, { a: 1 })).toBe("TYPE_WRONG");
  });
});

describe("an attribute", () => {
  it.each<[AttributeType, FoundValue, unknown]>([
    ["string", " kept as it is ", " kept as it is "],
    ["string", 12.5, "12.5"],
    ["string", false, "false"],
    ["string", 9_007_199_254_740_993n, "9007199254740993"],
    ["string", ["a"], "TYPE_WRONG"],
    ["number", 1.5, 1.5],
    ["number", " -1.5e3 ", -1500],
    ["number", "007", "TYPE_WRONG"],
    ["number", "1,5", "TYPE_WRONG"],
    ["number", "0x10", "TYPE_WRONG"],
    ["number", "Infinity", "TYPE_WRONG"],
    ["number", "1e999", "TYPE_WRONG"],
    ["number", "9007199254740993", "NUMBER_IMPRECISE"],
    ["number", 9_007_199_254_740_993n, "NUMBER_IMPRECISE"],
    ["number", true, "TYPE_WRONG"],
    ["number", [1], "TYPE_WRONG"],
    ["integer", "-7", -7],
    ["integer", 7, 7],
    ["integer", 7n, 7],
    ["integer", 7.5, "TYPE_WRONG"],
    ["integer", "7.0", "TYPE_WRONG"],
    ["integer", "seven", "TYPE_WRONG"],
    ["integer", "12345678901234567890", "NUMBER_IMPRECISE"],
    ["boolean", true, true],
    ["boolean", "TRUE", true],
    ["boolean", "1", true],
    ["boolean", 1, true],
    ["boolean", " false ", false],
    ["boolean", "0", false],
    ["boolean", 0n, false],
    ["boolean", "yes", "TYPE_WRONG"],
    ["boolean", 2, "TYPE_WRONG"],
    ["boolean", ["true"], "TYPE_WRONG"],
    ["array", ["a", "b"], ["a", "b"]],
    ["array", "a; b;;c", ["a", "b", "c"]],
    ["array", '["a;b", 2]', ["a;b", "2"]],
    ["array", "[a]", ["[a]"]],
    ["array", "one", ["one"]],
    ["array", 5, ["5"]],
    ["array", ";", undefined],
    ["array", ["a", null, ""], ["a"]],
    ["array", [["a"]], "TYPE_WRONG"],
  ])("of type %s takes %o as %o", (type, found, expected) => {
    expect(convert(type, found)).toEqual(expected);
  });

  it("of numbers takes a list of them", () => {
    expect(convert("array", "1;2", "integer")).toEqual([1, 2]);
    expect(convert("array", ["1", "x"], "integer")).toBe("TYPE_WRONG");
    expect(convert("array", [true, "false"], "boolean")).toEqual([true, false]);
    expect(convert("array", [0.5], "number")).toEqual([0.5]);
  });

  it.each<[FoundValue, unknown]>([
    ["1", "1"],
    [1, 1],
    [true, true],
    [7n, 7],
    [9_007_199_254_740_993n, "NUMBER_IMPRECISE"],
    [
      ["a", 1, false],
      ["a", 1, false],
    ],
    [["a", null], "TYPE_WRONG"],
    [[["a"]], "TYPE_WRONG"],
  ])("that the schema does not know keeps %o as %o", (found, expected) => {
    expect(convert(undefined, found)).toEqual(expected);
  });
});

it("what was found is told by its kind, not by its value", () => {
  const told = (found: FoundValue): unknown =>
    converterFor({ name: "x", type: "integer", required: false, custom: true })(found);
  expect(told("Sommer")).toMatchObject({ wanted: "a whole number", found: "other text" });
  expect(told(true)).toMatchObject({ found: "true or false" });
  expect(told([1])).toMatchObject({ found: "a list" });
  expect(told({})).toMatchObject({ found: "an object" });
  expect(told(1.5)).toMatchObject({ found: "a number" });
  expect(converterFor(undefined)([null])).toMatchObject({ found: "nothing" });
});
