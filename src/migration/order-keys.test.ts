import { expect, it } from "vitest";
import type { SourceValue } from "../core/index.ts";
import { OrderKeys, readOrderKey } from "./order-keys.ts";

/** The key of each value, kept as those of records in that order. */
function keysOf(...values: readonly SourceValue[]): readonly number[] {
  const keys = new OrderKeys();
  values.forEach((value, at) => keys.set(at, readOrderKey(value)));
  return values.map((_, at) => keys.get(at));
}

it("numbers are later than smaller ones, and dates and times than earlier ones", () => {
  expect(keysOf(7, " 8.5 ", "-1")).toEqual([7, 8.5, -1]);
  const [day = 0, time = 0, offset = 0] = keysOf(
    "2024-01-01",
    "2024-01-01 00:00:01 UTC",
    "2024-01-01T00:00:00-05",
  );
  expect(time - day).toBe(1000);
  expect(offset - day).toBe(5 * 3_600_000);
});

it("what is neither says nothing, and neither does a number among dates, nor a date among numbers", () => {
  expect(keysOf(5, "1.2.2024", null, "2024-01-01", 6)).toEqual([5, NaN, NaN, NaN, 6]);
  expect(keysOf(undefined as never, "1970-01-01", 2024)).toEqual([NaN, 0, NaN]);
});

it("there may be more of them than there was room for", () => {
  const keys = new OrderKeys();
  keys.set(10_000, readOrderKey(1));
  expect([keys.get(9_999), keys.get(10_000), keys.get(20_000)]).toEqual([NaN, 1, NaN]);
});
