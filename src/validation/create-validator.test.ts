import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttributeSchema, DirectorySchema, Profile, UserDraft } from "../core/index.ts";
import { builtInSchema } from "./built-in-schema.ts";
import { createValidator } from "./create-validator.ts";

const GOOD: Profile = {
  login: "isaac.brock@example.com",
  email: "isaac.brock@example.com",
  firstName: "Isaac",
  lastName: "Brock",
};

function aDraft(profile: Profile): UserDraft {
  return { seq: 1, line: 2, login: "", profile, password: { kind: "none" } };
}

function anOrg(
  attributes: readonly (Partial<AttributeSchema> & { readonly name: string })[],
  loginPattern: string | null = null,
): DirectorySchema {
  const all = new Map(builtInSchema().attributes);
  for (const attribute of attributes) {
    all.set(attribute.name, { type: "string", required: false, custom: true, ...attribute });
  }
  return { origin: "org", attributes: all, loginPattern };
}

function findIssues(profile: Profile, schema: DirectorySchema = builtInSchema()) {
  return createValidator(schema)(aDraft(profile)).map(
    ({ code, field }) => `${code} ${field ?? ""}`,
  );
}

function findCustomIssues(attribute: Partial<AttributeSchema>, value: Profile[string]) {
  return findIssues({ ...GOOD, extra: value }, anOrg([{ name: "extra", ...attribute }]));
}

describe("a draft against Okta's built-in attributes", () => {
  it("has no issue when it is complete", () => {
    expect(findIssues(GOOD)).toEqual([]);
  });

  it("has 31 attributes to be judged by", () => {
    expect(builtInSchema().attributes.size).toBe(31);
  });

  it("lacks each of the four required attributes at once", () => {
    expect(findIssues({})).toEqual([
      "REQUIRED_MISSING login",
      "REQUIRED_MISSING email",
      "REQUIRED_MISSING firstName",
      "REQUIRED_MISSING lastName",
    ]);
  });

  it("takes a required value of spaces for a missing one", () => {
    expect(findIssues({ ...GOOD, lastName: "  " })).toEqual(["REQUIRED_MISSING lastName"]);
  });

  it("shows all that is wrong at once", () => {
    const profile = { ...GOOD, email: "isaac", firstName: "I".repeat(51), countryCode: "DEU" };
    expect(findIssues(profile)).toEqual([
      "EMAIL_INVALID email",
      "TOO_LONG firstName",
      "TOO_LONG countryCode",
      "FORMAT_INVALID countryCode",
    ]);
  });

  it.each([
    ["firstName", 50],
    ["lastName", 50],
    ["mobilePhone", 100],
    ["city", 128],
    ["streetAddress", 1024],
    ["postalAddress", 4096],
    ["zipCode", 50],
  ])("takes %s of %d characters and no more, accents counted once", (name, limit) => {
    expect(findIssues({ ...GOOD, [name]: "é".repeat(limit) })).toEqual([]);
    expect(findIssues({ ...GOOD, [name]: "é".repeat(limit + 1) })).toEqual([`TOO_LONG ${name}`]);
  });

  it("passes attributes that only an org can know", () => {
    expect(findIssues({ ...GOOD, legacyId: 4711 })).toEqual([]);
  });

  it("does not miss an optional attribute that is empty", () => {
    expect(findIssues({ ...GOOD, secondEmail: "", countryCode: "" })).toEqual([]);
  });

  it("leaves locales, time zones, languages and URLs to the org", () => {
    const loose = { locale: "x", timezone: "y", preferredLanguage: "z", profileUrl: "/isaac" };
    expect(findIssues({ ...GOOD, ...loose })).toEqual([]);
  });

  it("names the limit and what was found, and not a long value", () => {
    const secretLooking = "x".repeat(63);
    const [issue] = createValidator(builtInSchema())(aDraft({ ...GOOD, firstName: secretLooking }));
    expect(issue?.reason).toBe("firstName has 63 characters, and at most 50 are allowed.");
    expect(JSON.stringify(issue)).not.toContain(secretLooking);
  });
});

describe("a draft against an org's own schema", () => {
  it("is told of an attribute that the org does not have, and of one that differs in case", () => {
    const validate = createValidator(anOrg([]));
    const issues = validate(aDraft({ ...GOOD, FirstName: "I", legacyId: "7" }));
    expect(issues.map((issue) => issue.code)).toEqual(["ATTRIBUTE_UNKNOWN", "ATTRIBUTE_UNKNOWN"]);
    expect(issues[0]?.hint).toContain("firstName");
    expect(issues[1]?.hint).toContain("Add the attribute");
  });

  it("can't write a read-only attribute, and need not give it", () => {
    const attribute = { name: "extra", readOnly: true, required: true };
    expect(findIssues(GOOD, anOrg([attribute]))).toEqual([]);
    expect(findIssues({ ...GOOD, extra: "x" }, anOrg([attribute]))).toEqual([
      "ATTRIBUTE_READ_ONLY extra",
    ]);
  });

  it.each<[AttributeSchema["type"], Profile[string], boolean]>([
    ["string", "7", true],
    ["string", 7, false],
    ["string", true, false],
    ["string", ["7"], false],
    ["boolean", false, true],
    ["boolean", "false", false],
    ["number", 1.5, true],
    ["number", "1.5", false],
    ["number", Number.NaN, false],
    ["integer", 7, true],
    ["integer", 7.5, false],
    ["integer", "7", false],
    ["array", ["a", "b"], true],
    ["array", [], true],
    ["array", "a", false],
    ["array", ["a", 7], false],
  ])("wants %s: %j is right: %s", (type, value, isRight) => {
    expect(findCustomIssues({ type }, value)).toEqual(isRight ? [] : ["TYPE_WRONG extra"]);
  });

  it("judges the elements of a list, and tells the first that is wrong", () => {
    const roles = { type: "array", enum: ["admin", "guest"] } as const;
    expect(findCustomIssues(roles, ["admin", "guest"])).toEqual([]);
    expect(findCustomIssues(roles, ["root", "toor"])).toEqual(["NOT_IN_ENUM extra"]);
    expect(findCustomIssues({ type: "array", itemType: "integer" }, [1, 2])).toEqual([]);
    expect(findCustomIssues({ type: "array", required: true }, [])).toEqual([
      "REQUIRED_MISSING extra",
    ]);
  });

  it("refuses a whole number whose last digits are lost", () => {
    expect(findCustomIssues({ type: "integer" }, 2 ** 53)).toEqual(["NUMBER_IMPRECISE extra"]);
    expect(findCustomIssues({ type: "integer" }, 2 ** 53 - 1)).toEqual([]);
  });

  it("takes the choices of the org, numbers too, and quotes a short wrong one", () => {
    expect(findCustomIssues({ enum: ["S", "M"] }, "M")).toEqual([]);
    expect(findCustomIssues({ enum: ["S", "M"] }, "m")).toEqual(["NOT_IN_ENUM extra"]);
    expect(findCustomIssues({ enum: [1, 2] }, "2")).toEqual([]);
    expect(findCustomIssues({ type: "integer", enum: [1, 2] }, 2)).toEqual([]);
    expect(findCustomIssues({ type: "integer", enum: [1, 2] }, 3)).toEqual(["NOT_IN_ENUM extra"]);
    expect(findCustomIssues({ type: "number", enum: [1.5] }, 1.5)).toEqual([]);
    expect(findCustomIssues({ type: "number", enum: [1.5] }, 2.5)).toEqual(["NOT_IN_ENUM extra"]);
    const choices = ["a", "b", "c", "d", "e", "f"];
    const [issue] = createValidator(anOrg([{ name: "size", enum: choices }]))(
      aDraft({ ...GOOD, size: "X\u001bL" }),
    );
    expect(issue?.reason).toContain('"X\\u{1b}L"');
    expect(issue?.hint).toContain('"e", … (6 in all)');
  });

  it("wants minimum lengths only of values that are there", () => {
    expect(findCustomIssues({ minLength: 3 }, "ab")).toEqual(["TOO_SHORT extra"]);
    expect(findCustomIssues({ minLength: 3 }, "")).toEqual([]);
  });

  it("takes dates and dates with times, and no other writing of them", () => {
    const date = { format: "date-time" };
    expect(findCustomIssues(date, "2026-01-31T12:00:00.000Z")).toEqual([]);
    expect(findCustomIssues(date, "2026-01-31")).toEqual([]);
    expect(findCustomIssues(date, "31.01.2026")).toEqual(["FORMAT_INVALID extra"]);
  });

  it("tests the org's pattern, and says when it leaves it to the org", () => {
    expect(findCustomIssues({ pattern: "^[A-Z]{2}\\d+$" }, "AB12")).toEqual([]);
    expect(findCustomIssues({ pattern: "^[A-Z]{2}\\d+$" }, "12")).toEqual([
      "PATTERN_MISMATCH extra",
    ]);
    expect(findCustomIssues({ pattern: "([" }, "anything")).toEqual([]);
    expect(createValidator(anOrg([{ name: "extra", pattern: "([" }])).notes).toHaveLength(1);
    expect(createValidator(anOrg([], "(?i)corp.*")).notes).toHaveLength(1);
    expect(createValidator(anOrg([])).notes).toEqual([]);
  });
});

describe("characters that Okta can't store", () => {
  it.each([
    ["an emoji", "Zoë 😀", "U+1F600"],
    ["half of one", "Zoë \ud83d", "U+D83D"],
    ["NUL", "Zo\0", "U+0000"],
  ])("%s is an issue that names the code point", (_what, firstName, codePoint) => {
    const issues = createValidator(builtInSchema())(aDraft({ ...GOOD, firstName }));
    expect(issues.map((issue) => issue.code)).toEqual(["CHARACTER_UNSUPPORTED"]);
    expect(issues[0]?.reason).toContain(codePoint);
    expect(issues[0]?.reason).not.toContain("Zo");
  });

  it("a line break is one in a login and none in an address", () => {
    expect(findIssues({ ...GOOD, postalAddress: "1 High Street\r\nYork" })).toEqual([]);
    expect(findIssues({ ...GOOD, login: "isaac\n@example.com" })).toEqual([
      "CHARACTER_UNSUPPORTED login",
    ]);
  });

  it("an invisible joiner is none, since names are written with it", () => {
    expect(findIssues({ ...GOOD, lastName: "می\u200cخواهم" })).toEqual([]);
  });
});

describe("any profile at all", () => {
  it("gets issues that are one line, bounded and safe to print", () => {
    const validate = createValidator(anOrg([{ name: "extra", enum: ["a"] }], "[-a-z@.]+"));
    const anyText = fc.string({ unit: "binary" });
    const anyValue = fc.oneof(anyText, fc.double(), fc.boolean(), fc.array(anyText));
    fc.assert(
      fc.property(fc.dictionary(anyText, anyValue), anyText, anyText, (rest, login, extra) => {
        for (const issue of validate(aDraft({ ...rest, login, extra }))) {
          const text = `${issue.reason} ${issue.hint} ${issue.field ?? ""}`;
          expect(text).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
          expect(issue.reason.length).toBeLessThan(400);
        }
      }),
    );
  });
});
