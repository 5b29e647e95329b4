import { describe, expect, it } from "vitest";
import { foundByCel } from "./found-by-cel.ts";

describe("an object that an expression gives", () => {
  it.each<object>([{ valueOf: 1 }, { __proto__: null }])(
    "is no value, whatever its keys: %j",
    (given) => {
      expect(foundByCel(given)).toEqual({});
    },
  );
});
