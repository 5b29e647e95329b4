import { expect, it } from "vitest";
import { type CellValue, toSourceValue } from "./cell-value.ts";

it.each<[CellValue, unknown]>([
  [new Date("2026-03-01T00:00:00Z"), "2026-03-01"],
  [new Date("2026-03-01T09:30:00Z"), "2026-03-01T09:30:00"],
  [new Date("1900-01-01T00:00:00Z"), "1900-01-01"],
  [new Date("1899-12-31T09:30:00Z"), "09:30:00"],
  [new Date("1899-12-31T00:00:00Z"), null],
  [new Date("1899-12-30T00:00:00Z"), null],
  [new Date(Number.NaN), null],
  ["#N/A", null],
  ["#REF!", null],
  ["#NAME?", null],
  ["#1 in sales", "#1 in sales"],
  ["007", "007"],
  [7, 7],
  [false, false],
])("a cell with %o is read as %o", (cell, value) => {
  expect(toSourceValue(cell)).toBe(value);
});
