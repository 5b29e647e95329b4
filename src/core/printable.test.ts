import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable } from "./printable.ts";

describe("text that comes from a source or an org", () => {
  it.each([
    ["a colour code", "\u001b[31mred", "\\u{1b}[31mred"],
    ["a line break", "a\r\nb\tc", "a\\r\\nb\\tc"],
    ["a C1 control", "a\u009bb", "a\\u{9b}b"],
    ["a direction override", "exe\u202etxt", "exe\\u{202e}txt"],
    ["an isolate", "\u2066a\u2069", "\\u{2066}a\\u{2069}"],
    ["a zero-width space", "a\u200bb", "a\\u{200b}b"],
    ["a byte order mark", "\ufeffa", "\\u{feff}a"],
    ["a line separator", "a\u2028b", "a\\u{2028}b"],
    ["half a character", "a\ud83d", "a\\u{d83d}"],
    ["a tag character", "a\u{e0041}", "a\\u{e0041}"],
    ["a blank that is called a letter", "a\u3164b", "a\\u{3164}b"],
  ])("shows %s instead of obeying it", (_what, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it("leaves the letters of every script, and emoji", () => {
    const text = "Zoë Müller, 用户, Ελένη, محمد, e\u0301, 😀 'quoted' \\ back";
    expect(printable(text)).toBe(text);
  });

  it("is cut where it is too long, never inside an escape or a letter", () => {
    expect(printable("abcdef", 6)).toBe("abcdef");
    expect(printable("abcdef", 4)).toBe("abc…");
    expect(printable("ab\u202ecd", 6)).toBe("ab…");
    expect(printable("a😀b", 3)).toBe("a…");
  });

  it("is safe and no longer than allowed, whatever it is", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string().map((text) => `${text}\ud800`),
    );
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, maxLength) => {
        const shown = printable(text, maxLength);
        expect(shown.length).toBeLessThanOrEqual(maxLength);
        expect(shown).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
