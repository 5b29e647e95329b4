import { describe, expect, it } from "vitest";
import { compileOrgPattern } from "./org-pattern.ts";

describe("a pattern of the org", () => {
  it.each([
    ["^[A-Z]{2}\\d{4}$", "AB1234", "A1"],
    ["^\\+?[0-9 ()-]{6,20}$", "+49 30 123456", "none"],
    ["^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$", "a.b@example.com", "a.b"],
    ["^(red|green|blue)$", "green", "yellow"],
    ["^(\\d{1,3}\\.){3}\\d{1,3}$", "192.0.2.1", "192.0.2"],
    ["^(?:\\d{3}-)?\\d{4}$", "030-1234", "030_1234x"],
    ["^\\p{Lu}\\p{L}+$", "Ökonom", "ökonom"],
    ["^(?=.*\\d)(?=.*[a-z]).{4,}$", "abc1", "abcd"],
    ["^(?<code>\\x41\\u0042)$", "AB", "BA"],
    ["E\\d+", "costs E12 more", "costs more"],
    ["^a{$", "a{", "a"],
    ["^x{2,}?y$", "xxy", "xy"],
    ["^[\\d\\]\\-&]+$", "1-]&", "a"],
  ])("%s is tested", (pattern, right, wrong) => {
    const compiled = compileOrgPattern(pattern);
    expect(compiled.kind).toBe("checked");
    if (compiled.kind === "unchecked") return;
    expect(compiled.mayMatch(right)).toBe(true);
    expect(compiled.mayMatch(wrong)).toBe(false);
  });

  it.each([
    ["exponential loops", "^(a+)+$"],
    ["exponential loops over choices", "^(a|a)*$"],
    ["exponential loops over an option", "^(a?)*$"],
    ["many loops", ".*.*.*.*.*.*x"],
    ["many options", `^${"a?".repeat(40)}$`],
    ["huge counted loops", "^(a{1,99}){9}$"],
    ["back references", "^(a)\\1$"],
    ["inline flags", "(?i)abc"],
    ["atomic groups", "(?>a+)b"],
    ["possessive loops", "a++b"],
    ["quotations", "\\Qa.b\\E"],
    ["anchors of Java", "\\Aabc\\z"],
    ["named classes", "^[[:alpha:]]+$"],
    ["class intersections", "^[a-z&&[^b]]+$"],
    ["Java's property names", "^\\p{Alpha}+$"],
    ["Java's property names in a set", "^[\\p{Alpha}\\d]+$"],
    ["a property and an odd escape", "^\\p{L}\\-$"],
    ["an open group", "(abc"],
    ["an open set", "[abc"],
    ["a stray )", "abc)"],
    ["groups without end", `${"(".repeat(100_000)}a${")".repeat(100_000)}`],
    ["a stray loop", "*abc"],
    ["nothing readable", "a{2,1}"],
  ])("with %s is left to the org", (_what, pattern) => {
    const compiled = compileOrgPattern(pattern);
    expect(compiled.kind === "unchecked" && compiled.why).toMatch(/^its? |^a loop in it/);
  });

  it("is not tested on a text so long that it could take seconds", () => {
    const compiled = compileOrgPattern("^[a-z]*[a-z]*[a-z]*!$");
    expect(compiled.kind === "checked" && compiled.mayMatch("a".repeat(50_000))).toBe(true);
    expect(compiled.kind === "checked" && compiled.mayMatch("a".repeat(50))).toBe(false);
  });
});
