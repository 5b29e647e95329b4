import { describe, expect, it } from "vitest";
import { readLoginOptions } from "./options.ts";
import { wantedScopes } from "./wanted-scopes.ts";

describe("the flags of login", () => {
  it("ask for a code and for all that commands can use, unless they say otherwise", () => {
    expect(readLoginOptions({})).toEqual({
      clientId: undefined,
      browser: false,
      port: 0,
      scopes: undefined,
      json: false,
    });
    const { required, optional } = wantedScopes(undefined);
    expect(required).toEqual([]);
    expect(optional.map(({ scope }) => scope)).toEqual(
      expect.arrayContaining(["okta.users.manage", "okta.groups.manage", "okta.inlineHooks.read"]),
    );
  });

  it("can ask for less", () => {
    const { scopes } = readLoginOptions({ scopes: "okta.users.read, okta.schemas.read" });
    expect(wantedScopes(scopes)).toEqual({
      required: ["okta.users.read", "okta.schemas.read"],
      optional: [],
    });
  });

  it.each([
    [{ port: "8976" }, "--port"],
    [{ browser: true, port: "70000" }, "--port"],
    [{ browser: true, port: "-1" }, "--port"],
    [{ scopes: "" }, "--scopes"],
    [{ scopes: "openid" }, "--scopes"],
  ])("%o are refused", (flags, at) => {
    expect(() => readLoginOptions(flags)).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", at }),
    );
  });
});
