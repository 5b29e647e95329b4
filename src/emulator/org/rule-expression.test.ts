import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRuleExpression } from "./rule-expression.ts";

const PROFILE = { department: "Sales", title: "Head of Sales", level: 3, isAdmin: false };

describe("reading the expression of a group rule", () => {
  it.each([
    ['user.department=="Sales"', true],
    ["user.department == 'Legal'", false],
    ['user.department != "Legal"', true],
    ["user.level == 3 and user.isAdmin == false", true],
    ["user.costCenter == null", true],
    ['String.startsWith(user.title, "Head")', true],
    ['String.stringContains(user.title, "of Legal")', false],
    ['String.startsWith(user.costCenter, "")', false],
    ['user.department == "Legal" OR user.level == 3 AND user.isAdmin == true', false],
    ['(user.department == "Legal" || user.level == 3) && !(user.isAdmin == true)', true],
    [String.raw`user.title == "a \"b\""`, false],
  ])("%s", (text, isMet) => {
    expect(readRuleExpression(text)?.(PROFILE)).toBe(isMet);
  });

  it.each([
    "",
    "user.department",
    'user.department = "Sales"',
    'user.department == "Sales',
    'isMemberOfGroupName("Sales")',
    "user.level > 2",
    'user.department == "Sales" user.level == 3',
    '(user.department == "Sales"',
    `${"!".repeat(80)}(user.level == 3)`,
  ])("%j is more than is understood", (text) => {
    expect(readRuleExpression(text)).toBeUndefined();
  });

  it("whatever is typed, it is understood or not, and never breaks", () => {
    const words = fc.constantFrom(
      ...'( ) ! && or user.a == "x" , String.startsWith null 1'.split(" "),
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(words).map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(typed, (text) => {
        expect(["boolean", "undefined"]).toContain(typeof readRuleExpression(text)?.(PROFILE));
      }),
    );
  });
});
