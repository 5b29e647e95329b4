import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Expression, parseExpression } from "./search-expression.ts";

/** Writes an expression as a caller would; brackets wherever they may be needed. */
function printed(expression: Expression): string {
  if ("attribute" in expression) {
    const { attribute, operator, value } = expression;
    return operator === "pr"
      ? `${attribute} pr`
      : `${attribute} ${operator} ${JSON.stringify(value)}`;
  }
  const terms = expression.terms.map((term) =>
    "attribute" in term ? printed(term) : `(${printed(term)})`,
  );
  return terms.join(` ${expression.joint} `);
}

const condition = fc.oneof(
  fc.record({
    attribute: fc.constantFrom("id", "profile.login", "profile.last_Name", "created", "or1"),
    operator: fc.constantFrom("eq", "sw", "co", "gt", "ge", "lt", "le"),
    value: fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.boolean()),
  }),
  fc.record({
    attribute: fc.constant("profile.title"),
    operator: fc.constant("pr"),
    value: fc.constant(""),
  }),
);
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5 },
    condition as fc.Arbitrary<Expression>,
    fc.record({
      joint: fc.constantFrom("and", "or"),
      terms: fc.array(tie("expression"), { minLength: 2, maxLength: 4 }),
    }) as fc.Arbitrary<Expression>,
  ),
}));

describe("reading a search expression", () => {
  it("any expression, written down, is read back as it was", () => {
    fc.assert(
      fc.property(expression, (tree) => {
        expect(parseExpression(printed(tree))).toEqual(tree);
      }),
    );
  });

  it("nothing that anyone types breaks it: it is read, or refused in Okta's words", () => {
    const words = fc.constantFrom(...'( ) and or not eq pr id "a" "\\x" 1 true'.split(" "));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((all) => all.join(" ")),
        ),
        (text) => {
          try {
            parseExpression(text);
          } catch (error) {
            expect(error).toMatchObject({ code: "E0000031", status: 400 });
          }
        },
      ),
    );
  });

  it("and binds before or, in any case, and brackets before both", () => {
    const [a, b, c] = ["a", "b", "c"].map((attribute) => ({
      attribute,
      operator: "pr",
      value: "",
    }));
    expect(parseExpression("a pr OR b PR And c pr")).toEqual({
      joint: "or",
      terms: [a, { joint: "and", terms: [b, c] }],
    });
    expect(parseExpression("(a pr or b pr)and c pr")).toEqual({
      joint: "and",
      terms: [{ joint: "or", terms: [a, b] }, c],
    });
  });

  it("text may hold quotation marks, brackets and words of the language", () => {
    expect(parseExpression(String.raw`profile.title eq "a \"b\" (and) c"`)).toEqual({
      attribute: "profile.title",
      operator: "eq",
      value: 'a "b" (and) c',
    });
  });

  it.each([
    "",
    "status",
    'status ne "ACTIVE"',
    'not (status eq "ACTIVE")',
    "status eq ACTIVE",
    'status eq "ACTIVE',
    String.raw`status eq "\q"`,
    'a eq "b" c eq "d"',
    'a eq "b" and',
    '(a eq "b"',
    'a eq "b")',
    "()",
    `${"(".repeat(60)}a pr${")".repeat(60)}`,
  ])("%j is refused", (text) =>
    expect(() => parseExpression(text)).toThrow("Invalid search criteria."),
  );
});
