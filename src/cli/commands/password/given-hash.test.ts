import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GivenLine, readGivenLine } from "./given-hash.ts";

const BCRYPT = "$2b$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZABCDE";
const given = (text: string): GivenLine => readGivenLine({ line: 7, text });

describe("a line that gives a hash", () => {
  it.each([
    ["as it is", BCRYPT, BCRYPT],
    ["between spaces", `  ${BCRYPT}\t`, BCRYPT],
    ["as a JSON text", JSON.stringify(BCRYPT), BCRYPT],
    ["with an LDAP scheme", "{SSHA}c2FsdHlzYWx0", "{SSHA}c2FsdHlzYWx0"],
    ["with Spring's scheme", `{bcrypt}${BCRYPT}`, `{bcrypt}${BCRYPT}`],
    ["as Okta's object", '{"algorithm":"MD5","value":"x"}', { algorithm: "MD5", value: "x" }],
    [
      "as Okta's object in its wrapper",
      '{"password":{"hash":{"algorithm":"MD5","value":"x"}}}',
      { password: { hash: { algorithm: "MD5", value: "x" } } },
    ],
    ["as Keycloak's object", '{"value":"x","salt":"y"}', { value: "x", salt: "y" }],
  ])("%s", (_, text, hash) => {
    expect(given(text)).toEqual({ line: 7, hash, beside: {}, password: undefined });
  });

  it("has what stands beside it, and its password as bytes", () => {
    const line = given(
      JSON.stringify({
        hash: "ab",
        salt: "s",
        saltOrder: "PREFIX",
        saltEncoding: "hex",
        rounds: 3,
        params: { signerKey: "k" },
        password: "päss",
        somethingElse: 1,
      }),
    );
    expect(line).toEqual({
      line: 7,
      hash: "ab",
      beside: {
        salt: "s",
        saltOrder: "prefix",
        saltEncoding: "hex",
        rounds: 3,
        params: { signerKey: "k" },
      },
      password: Buffer.from("päss"),
    });
  });

  it("may have an empty password, and null is none", () => {
    expect(given('{"hash":"x","password":""}')).toMatchObject({ password: Buffer.alloc(0) });
    expect(given('{"hash":"x","password":null,"salt":null}')).toMatchObject({
      password: undefined,
      beside: {},
    });
  });
});

describe("a line that gives none", () => {
  it.each([
    ["broken JSON", '{"hash": "x"', "UNREADABLE_JSON"],
    ["a key without quotes", "{hash: 1}", "UNREADABLE_JSON"],
    ["a text that is not closed", '"$2b$10$', "UNREADABLE_JSON"],
    ["a password that is a number", '{"hash":"x","password":42}', "TYPE_WRONG"],
    ["params that are none", '{"hash":"x","params":"k"}', "TYPE_WRONG"],
    ["a salt order that there is not", '{"hash":"x","saltOrder":"middle"}', "TYPE_WRONG"],
  ])("%s: is told with its line", (_, text, code) => {
    const line = given(text);
    expect(line).toMatchObject({ line: 7, issue: { code } });
    expect("issue" in line ? line.issue.reason : "").toMatch(/line 7/i);
  });

  it("whatever it holds, it is never an exception, and never quoted", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const line = given(`{"CANARY-4711": ${text}`);
        expect(JSON.stringify("issue" in line ? line.issue : "")).not.toContain("CANARY");
      }),
    );
  });
});
