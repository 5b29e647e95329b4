import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type AttributeSchema, ConfigError, type DirectorySchema } from "../core/index.ts";
import { builtInSchema, createValidator } from "../validation/index.ts";
import { isCanary, planCanaryProfiles } from "./canary-profile.ts";

function schemaWith(
  attributes: readonly Partial<AttributeSchema>[],
  loginPattern: string | null = null,
): DirectorySchema {
  const base = builtInSchema();
  const own = attributes.map((attribute, index) => {
    const name = `custom${index}`;
    return [name, { name, type: "string", required: true, custom: true, ...attribute }] as const;
  });
  return { origin: "org", attributes: new Map([...base.attributes, ...own]), loginPattern };
}

describe("the profile of a throw-away user", () => {
  it("says what it is, and mail to it reaches nobody", () => {
    const profile = planCanaryProfiles(builtInSchema(), { randomBytes })();
    expect(profile).toMatchObject({ firstName: "okta-migrate", lastName: "canary (throw-away)" });
    expect(profile["login"]).toMatch(/^okta-migrate-canary-[a-z2-7]{16}@example\.com$/);
    expect(profile["email"]).toBe(profile["login"]);
  });

  it("is another one each time", () => {
    const newProfile = planCanaryProfiles(builtInSchema(), { randomBytes });
    expect(newProfile()["login"]).not.toBe(newProfile()["login"]);
  });

  it.each<[string, Partial<AttributeSchema>]>([
    ["text", {}],
    ["long text", { minLength: 40 }],
    ["short text", { maxLength: 3 }],
    ["a choice", { enum: ["blue", "red"] }],
    ["a choice of numbers", { type: "integer", enum: [7, 8] }],
    ["yes or no", { type: "boolean" }],
    ["a number", { type: "number" }],
    ["a list", { type: "array", itemType: "string" }],
    ["a list of numbers", { type: "array", itemType: "integer" }],
    ["a list of choices", { type: "array", itemType: "string", enum: ["a", "b"] }],
    ["an address", { format: "email" }],
    ["a URL", { format: "uri" }],
    ["a country", { format: "country-code", maxLength: 2 }],
    ["a moment", { format: "date-time" }],
    ["six digits", { pattern: "[0-9]{6}" }],
    ["capital letters and digits", { pattern: "[A-Z0-9]+" }],
  ])("has a fitting value for an attribute that must be given: %s", (_what, attribute) => {
    const schema = schemaWith([attribute]);
    const profile = planCanaryProfiles(schema, { randomBytes })();
    const draft = { seq: 1, line: 1, login: "", profile, password: { kind: "none" } as const };
    expect(profile).toHaveProperty("custom0");
    expect(createValidator(schema)(draft)).toEqual([]);
  });

  it("leaves out what need not or can't be given", () => {
    const schema = schemaWith([{ required: false }, { readOnly: true }]);
    const profile = planCanaryProfiles(schema, { randomBytes })();
    expect(Object.keys(profile)).toEqual(["login", "email", "firstName", "lastName"]);
  });

  it.each([
    [".+", /^okta-migrate-canary-/],
    ["[a-z0-9]+", /^oktamigratecanary[a-z2-7]{16}$/],
    ["[-a-z0-9]+", /^okta-migrate-canary-[a-z2-7]{16}$/],
  ])("has a login that the org's pattern %s takes", (pattern, login) => {
    const profile = planCanaryProfiles(schemaWith([], pattern), { randomBytes })();
    expect(profile["login"]).toMatch(login);
  });

  it("needs a domain where the pattern asks for one, and mail still reaches nobody", () => {
    const schema = schemaWith([], ".+@acme\\.com");
    const plan = (): unknown => planCanaryProfiles(schema, { randomBytes });
    expect(plan).toThrow(ConfigError);
    const profile = planCanaryProfiles(schema, { randomBytes, loginDomain: "acme.com" })();
    expect(profile["login"]).toMatch(/@acme\.com$/);
    expect(profile["email"]).toMatch(/@example\.com$/);
  });

  it("is known again by login and marks together", () => {
    const profile = planCanaryProfiles(builtInSchema(), { randomBytes })();
    const login = String(profile["login"]);
    const user = { oktaId: "00u1", login, status: "ACTIVE", createdAtMs: 0, profile };
    expect(isCanary(user, login.toUpperCase())).toBe(true);
    expect(isCanary({ ...user, login: "ada@example.com" }, login)).toBe(false);
    expect(isCanary({ ...user, profile: { ...profile, firstName: "Ada" } }, login)).toBe(false);
  });
});
