import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldTypedLogin, shortNameOf } from "./typed-login.ts";

describe("a login as people type it", () => {
  it.each([
    ["case", "ADA@Example.COM"],
    ["space around it", "  ada@example.com\t"],
    ["a diacritic", "àda@example.com"],
    ["a diacritic in two characters", "a\u0300da@example.com"],
    ["a non-breaking space", "\u00a0ada@example.com"],
  ])("is found whatever its %s", (_what, typed) => {
    expect(foldTypedLogin(typed)).toBe("ada@example.com");
  });

  it("is folded once and for all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const folded = foldTypedLogin(text);
        return foldTypedLogin(folded) === folded;
      }),
      { numRuns: 2000 },
    );
  });

  it("is the same composed and decomposed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const [composed, decomposed] = [text.normalize("NFC"), text.normalize("NFD")];
        return foldTypedLogin(composed) === foldTypedLogin(decomposed);
      }),
    );
  });

  it("has the part before the at sign as its short name, if there is one", () => {
    expect(shortNameOf("ada@example.com")).toBe("ada");
    expect(shortNameOf("ada")).toBeUndefined();
    expect(shortNameOf("@example.com")).toBeUndefined();
  });
});
