import { describe, expect, it } from "vitest";
import { parseExpression } from "./match-expression.ts";

describe("reading a search expression", () => {
  it("conditions are joined by and, in any case", () => {
    expect(
      parseExpression('profile.login eq "a \\"b\\" and c" AND status EQ "ACTIVE" and created pr'),
    ).toEqual([
      { attribute: "profile.login", operator: "eq", value: 'a "b" and c' },
      { attribute: "status", operator: "eq", value: "ACTIVE" },
      { attribute: "created", operator: "pr", value: "" },
    ]);
  });

  it("a number or a truth value needs no quotes", () => {
    expect(parseExpression("profile.level ge 12")).toEqual([
      { attribute: "profile.level", operator: "ge", value: "12" },
    ]);
  });

  it.each([
    "",
    "status",
    'status ne "ACTIVE"',
    'a eq "b" or c eq "d"',
    '(a eq "b")',
    'a eq "b" and',
  ])("%j is refused", (text) =>
    expect(() => parseExpression(text)).toThrow("Invalid search criteria."),
  );
});
