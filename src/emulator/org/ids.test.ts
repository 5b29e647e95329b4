import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../traffic/seeded-random.ts";
import { IdMaker } from "./ids.ts";

describe("ids of the emulated org", () => {
  it("look like Okta's: kind and 17 letters or digits", () => {
    expect(new IdMaker(seededRandom(1)).idOf("00u", 0)).toMatch(/^00u[0-9A-Za-z]{17}$/);
  });

  it("any ordinal is found again from its id, and from no other kind or org", () => {
    const ids = new IdMaker(seededRandom(1));
    const others = new IdMaker(seededRandom(2));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 29 - 1 }), (ordinal) => {
        const id = ids.idOf("00u", ordinal);
        expect(ids.ordinalOf("00u", id)).toBe(ordinal);
        expect(ids.ordinalOf("00g", id)).toBe(-1);
        expect(others.ordinalOf("00u", id)).toBe(-1);
      }),
    );
  });

  it("no two users share one", () => {
    const ids = new IdMaker(seededRandom(3));
    const seen = new Set(Array.from({ length: 20_000 }, (_, ordinal) => ids.idOf("00u", ordinal)));
    expect(seen.size).toBe(20_000);
  });

  it("text that is no id has no ordinal", () => {
    const ids = new IdMaker(seededRandom(1));
    fc.assert(fc.property(fc.string(), (text) => ids.ordinalOf("00u", text) === -1));
  });
});
