import fc from "fast-check";
import { expect, it } from "vitest";
import { safeProse } from "./safe-prose.ts";

it("whatever the org writes is safe to print and short", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 800 }), (text) => {
      const safe = safeProse(text, []);
      expect(safe.length).toBeLessThanOrEqual(300);
      expect(safe).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    }),
  );
});

it("password material that the org quotes is masked, before anything is cut off", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), (before) => {
      const safe = safeProse(`${"x ".repeat(before)}value TOPSECRETHASH is bad`, ["TOPSECRETHASH"]);
      expect(safe).not.toContain("TOPSE");
    }),
  );
});

it("words of people are kept as they are", () => {
  expect(safeProse("login: Müller’s name\r\nis   taken", [])).toBe("login: Müller’s name is taken");
});
