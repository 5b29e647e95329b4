import { describe, expect, it } from "vitest";
import { readTokenClaims } from "./token-claims.ts";

function jwt(payload: string): string {
  return `e30.${Buffer.from(payload).toString("base64url")}.c2ln`;
}

describe("what an access token says of itself", () => {
  it("is its end, its scopes and its app", () => {
    const claims = { exp: 1_800_000_000, scp: ["okta.users.read"], cid: "0oa1" };
    expect(readTokenClaims(jwt(JSON.stringify(claims)))).toEqual({
      scheme: "Bearer",
      endsAtMs: 1_800_000_000_000,
      scopes: ["okta.users.read"],
      clientId: "0oa1",
    });
  });

  it.each([
    ["person", { cid: "0oa1", uid: "00u1", sub: "ines@example.com" }],
    ["app", { cid: "0oa1", sub: "0oa1" }],
    [undefined, { cid: "0oa1", sub: "ines@example.com" }],
    [undefined, { sub: "0oa1" }],
  ])("is whose it is, a person's or an app's own: %s", (isOf, claims) => {
    expect(readTokenClaims(jwt(JSON.stringify(claims))).isOf).toBe(isOf);
  });

  it("is also that it is bound to a key", () => {
    expect(readTokenClaims(jwt('{"cnf":{"jkt":"x"}}')).scheme).toBe("DPoP");
  });

  it.each([
    ["no JWT", "opaque-token"],
    ["no JSON", jwt("nonsense")],
    ["no object", jwt("7")],
    ["null", jwt("null")],
    ["other types", jwt('{"exp":"soon","scp":"a b","cid":["x"]}')],
  ])("is nothing where it is of another form: %s", (_what, token) => {
    expect(readTokenClaims(token)).toEqual({ scheme: "Bearer" });
  });
});
