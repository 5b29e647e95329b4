import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ShownFields, SourceValue } from "../core/index.ts";
import { shownFields } from "./index.ts";
import { isSecretName } from "./secret-names.ts";

const SALT = "yobOT8CyiI3Ls6BM/.MNWu";
const VALUE = ".O6UcaOinlpRnEkPJttZn2dQZ5uZC42";
const HASH = `$2b$10$${SALT}${VALUE}`;

function shown(
  fields: Readonly<Record<string, SourceValue>>,
  ...secretColumns: readonly string[]
): ShownFields {
  const record = { seq: 1, line: 2, fields: new Map(Object.entries(fields)) };
  return shownFields(record, new Set(secretColumns));
}

describe("the name of a column", () => {
  it.each([
    "password",
    "Password",
    "pass_word",
    "user-password",
    "passwordHash",
    "PASSWD",
    "pwd",
    "pw",
    "userPw",
    "userpw",
    "hash",
    "bcrypt_hash",
    "salt",
    "passwordSalt",
    "pepper",
    "secret",
    "client_secret",
    "token",
    "api-token",
    "apiKey",
    "PIN",
    "userPin",
    "pin code",
    "totpSeed",
    "mfa_secret",
    "otp",
    "mfa",
    "recovery answer",
    "security_answer",
    "passphrase",
    "Kennwort",
    "credentials",
    "private_key",
    "digest",
    "2fa",
    "pass",
  ])("%s says that it holds a secret", (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    "email",
    "login",
    "firstName",
    "shipping",
    "opinion",
    "compass",
    "passport_number",
    "id",
    "key",
    "department",
    "question",
    "seedling",
    "spinner",
    "",
    "legacyId",
    "city",
  ])("%s does not", (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe("what may be shown of a record", () => {
  it("is every column that holds no password material", () => {
    const fields = {
      email: "ada@example.com",
      id: 7,
      active: true,
      note: null,
      roles: ["a", "b"],
      address: { city: "London", zip: "W1" },
      uuid: "0f8fad5b-d9cb-469f-a165-70867728950e",
      legacyId: "5f4dcc3b5aa765d61d8327deb882cf99",
    };
    expect(shown(fields)).toEqual(fields);
  });

  it.each<[string, string, SourceValue]>([
    ["a column that is mapped", "x", "Sommer2024!"],
    ["a column called so", "password", "Sommer2024!"],
    ["a column called so, with an object", "credentials", { a: "Sommer2024!" }],
    ["a hash under any name", "comment", HASH],
    ["a hash within a text", "comment", `his hash is ${HASH}, keep it`],
    ["a digest under any name", "comment", "ab".repeat(32)],
    ["a directory's hash", "comment", "{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr"],
    ["JSON text with a password in it", "meta", '{"password":"Sommer2024!"}'],
    ["a name that is a hash itself", HASH, "x"],
    ["a random value where the name hints at it", "auth_key", "5f4dcc3b5aa765d61d8327deb882cf99"],
    ["a random value in base64", "authCode", "c29tZXRoaW5nIHJhbmRvbSBoZXJl"],
  ])("leaves out %s", (_what, column, value) => {
    expect(shown({ email: "ada@example.com", [column]: value }, "x")).toEqual({
      email: "ada@example.com",
    });
  });

  it("keeps a plain value where the name only hints at a secret", () => {
    expect(shown({ key: "A-17", code: "DE" })).toEqual({ key: "A-17", code: "DE" });
  });

  it("leaves out keys inside objects and lists", () => {
    const fields = {
      user: { email: "a@example.com", auth: { pw: "x", site: "s" }, note: HASH },
      list: [{ salt: SALT, n: 1 }, HASH, "kept"],
      inner: { deep: "Sommer2024!" },
    };
    expect(shown(fields, "inner.deep")).toEqual({
      user: { email: "a@example.com", auth: { site: "s" } },
      list: [{ n: 1 }, "kept"],
      inner: {},
    });
  });

  it("leaves out copies of a secret value in other columns", () => {
    const fields = { salt: SALT, hash: VALUE, a: `x ${SALT} y`, b: VALUE, c: "kept", list: [SALT] };
    expect(shown(fields)).toEqual({ c: "kept", list: [] });
    expect(shown({ auth: { pw: [" Sommer2024 "] }, a: "Sommer2024" })).toEqual({ auth: {} });
  });

  it("keeps what a secret column shares with others by chance", () => {
    const fields = {
      mfa: "true",
      active: "true",
      passwordChangedAt: "2024-01-01",
      on: "2024-01-01",
    };
    expect(shown(fields)).toEqual({ active: "true", on: "2024-01-01" });
  });

  it("does not go deeper than anyone looks", () => {
    let value: SourceValue = "deep";
    for (let depth = 0; depth < 10_000; depth += 1) value = [value];
    expect(JSON.stringify(shown({ value, password: value }))).not.toContain("deep");
  });

  it("keeps a column called __proto__ a column", () => {
    const fields = JSON.parse('{"__proto__": "x"}') as Record<string, SourceValue>;
    expect(Object.entries(shown(fields))).toEqual([["__proto__", "x"]]);
  });
});

it("a hash or a salt, wherever it stands in a record, is never shown", () => {
  const canary = fc.constantFrom(HASH, VALUE, SALT);
  const place = fc.oneof(
    fc.constantFrom("email", "x", "note", "salt", "hash", "password", "auth"),
    fc.string(),
  );
  const wrap = fc.constantFrom<(text: string) => SourceValue>(
    (text) => text,
    (text) => ` ${text} `,
    (text) => [text],
    (text) => ({ note: text }),
    (text) => ({ a: [{ b: text }] }),
  );
  const column = fc.tuple(place, canary, wrap);
  fc.assert(
    fc.property(fc.array(column), (columns) => {
      const fields: Record<string, SourceValue> = { pw: VALUE, s: SALT };
      for (const [name, text, wrapped] of columns) fields[name] = wrapped(text);
      fields["pw"] = VALUE;
      fields["s"] = SALT;
      const told = JSON.stringify(shown(fields, "pw", "s"));
      expect(told).not.toContain(SALT);
      expect(told).not.toContain(VALUE);
    }),
  );
});
