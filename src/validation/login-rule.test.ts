import { describe, expect, it } from "vitest";
import { findEmailFault } from "./email-shape.ts";
import { compileLoginRule } from "./login-rule.ts";

function findFault(pattern: string | null, login: string): string | undefined {
  return compileLoginRule(pattern).findFault(login)?.reason;
}

describe("an e-mail address", () => {
  it.each([
    "isaac@example.com",
    "isaac.brock+tag@mail.example.co.uk",
    "o'brien@example.com",
    "jörg@exämple.de",
    "用户@例子.广告",
    "isaac@localhost",
    "a..b@example.com",
    ".isaac@example.com",
    '"isaac brock"@example.com',
    '"a@b"@example.com',
    "isaac@[192.0.2.1]",
    "isaac@my_host.example.com",
    "{}|~!#$%&*=?^`/@example.com",
  ])("%s is one", (text) => {
    expect(findEmailFault(text)).toBeUndefined();
  });

  it.each([
    ["isaac", "no @"],
    ["@example.com", "before the @"],
    ["isaac@", "after the @"],
    ["isaac@brock@example.com", "more than one @"],
    ["isaac brock@example.com", "white space inside"],
    ["isaac(brock)@example.com", "needs quotes"],
    ["isaac@example..com", "empty part"],
    ["isaac@.example.com", "empty part"],
    ["isaac@exam ple.com", "no domain can have"],
    ["isaac@example.com>", "no domain can have"],
    [" isaac@example.com", "begins or ends with white space"],
    ["isaac@example.com\u00a0", "begins or ends with white space"],
  ])("%s is none", (text, fault) => {
    expect(findEmailFault(text)).toContain(fault);
  });

  it("is judged in linear time however long and odd it is", () => {
    const hostile = ["a.".repeat(50_000), `${"a".repeat(50_000)}@${"a-.".repeat(50_000)}`];
    for (const text of hostile) expect(findEmailFault(text)).toBeDefined();
  });
});

describe("a login", () => {
  it("must be an e-mail address where the org has no pattern", () => {
    expect(findFault(null, "isaac")).toContain("only e-mail addresses");
    expect(findFault(null, "isaac@example.com")).toBeUndefined();
  });

  it("may be anything, and short, where the org's pattern is .+", () => {
    expect(findFault(".+", "ib")).toBeUndefined();
    expect(compileLoginRule(".+").enforcesMinLength).toBe(false);
    expect(compileLoginRule(null).enforcesMinLength).toBe(true);
  });

  it.each([null, ".+", "[a-z ]+", "^[a-z]+$"])(
    "has no white space at its ends under %s",
    (pattern) => {
      expect(findFault(pattern, pattern === "[a-z ]+" ? "isaac!" : "isaac ")).toBeDefined();
    },
  );

  it.each([
    ["[a-z13579\\.]+", "isaac.1", "isaac.2"],
    ["[-a-zA-Z0-9]+", "Isaac-Brock", "isaac_brock"],
    ["[a-z\\@\\.\\-]+", "a-b@example.com", "a+b@example.com"],
    ["[\\\\a]+", "a\\", "b"],
    ["[a-zà-ÿ]+", "jörg", "jőrg"],
  ])("has only the characters of %s", (pattern, right, wrong) => {
    expect(findFault(pattern, right)).toBeUndefined();
    expect(findFault(pattern, wrong)).toContain("login pattern excludes");
  });

  it("is tested against another pattern where that has one meaning", () => {
    expect(findFault("^u\\d{4}$", "u1234")).toBeUndefined();
    expect(findFault("^u\\d{4}$", "v1234")).toContain("does not match");
    expect(findFault("[\\d]+", "u1234")).toBeUndefined();
  });

  it.each(["[z-a]+", "[^a]+\\Q", "(a+)+", "[[a]]+"])("is left to the org under %s", (pattern) => {
    const rule = compileLoginRule(pattern);
    expect(rule.note).toContain("left to the org");
    expect(rule.findFault("anything")).toBeUndefined();
  });
});
