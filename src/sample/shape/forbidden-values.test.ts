import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ForbiddenValues } from "./forbidden-values.ts";

describe("the values of a source", () => {
  it("are all remembered, in any case and with any white space around", () => {
    const forbidden = new ForbiddenValues();
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 4 }), (text) => {
        forbidden.add(text);
        expect(forbidden.has(text)).toBe(true);
        expect(forbidden.has(`  ${text.trim()}\t\t`)).toBe(true);
        expect(forbidden.hasPartOf(text)).toBe(true);
      }),
    );
  });

  it("are hardly ever confused with others", () => {
    const forbidden = new ForbiddenValues();
    for (let index = 0; index < 200_000; index += 1) forbidden.add(`person${index}@example.com`);
    let confused = 0;
    for (let index = 0; index < 20_000; index += 1) {
      if (forbidden.has(`people${index}@example.org`)) confused += 1;
    }
    expect(confused).toBeLessThan(200);
  });

  it("are found as words of a text, and are not minded when short", () => {
    const forbidden = new ForbiddenValues();
    for (const text of ["Anna", "Ng", "DE"]) forbidden.add(text);
    expect(forbidden.hasPartOf("Frau anna Müller")).toBe(true);
    expect(forbidden.hasPartOf("Johanna Ng, DE")).toBe(false);
  });
});
