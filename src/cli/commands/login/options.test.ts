import { describe, expect, it } from "vitest";
import { missingScopes } from "../../../okta/index.ts";
import { readLoginOptions } from "./options.ts";
import { browserScopes, missedScopes, wantedScopes } from "./wanted-scopes.ts";

const ALL = { scopes: undefined, programme: false };
const ALL_WITH_HOOK = { scopes: undefined, programme: true };

describe("the flags of login", () => {
  it("ask for a code and for all that commands can use, unless they say otherwise", () => {
    expect(readLoginOptions({})).toEqual({
      clientId: undefined,
      browser: false,
      port: 0,
      scopes: undefined,
      programme: false,
      json: false,
    });
    const { required, optional } = wantedScopes(ALL);
    expect(required).toEqual([]);
    expect(optional.map(({ scope }) => scope)).toEqual(
      expect.arrayContaining([
        "okta.users.manage",
        "okta.groups.manage",
        "okta.inlineHooks.read",
        "okta.roles.read",
      ]),
    );
  });

  it("ask to manage nothing but users and groups", () => {
    const scopes = wantedScopes(ALL).optional.map(({ scope }) => scope);
    expect(scopes.filter((scope) => !scope.endsWith(".read"))).toEqual([
      "okta.users.manage",
      "okta.groups.manage",
    ]);
  });

  it("ask for what the hook's programme needs where they say so", () => {
    expect(readLoginOptions({ hook: true })).toMatchObject(ALL_WITH_HOOK);
    const asked = wantedScopes(ALL_WITH_HOOK).optional.map(({ scope }) => scope);
    expect(asked).toEqual(expect.arrayContaining(["okta.inlineHooks.manage", "okta.logs.read"]));
    expect(missingScopes(missedScopes(ALL_WITH_HOOK), []).list).toContain("okta.logs.read");
    const [all, commands, least] = browserScopes(ALL_WITH_HOOK);
    expect(all).toContain("okta.logs.read");
    expect(commands).toContain("okta.inlineHooks.manage");
    expect(least).toEqual(browserScopes(ALL)[2]);
  });

  it("tell of no scope that doctor alone would read", () => {
    const { list = "" } = missingScopes(missedScopes(ALL), []);
    expect(list).toContain("okta.groups.manage");
    expect(list).not.toContain("okta.roles.read");
  });

  it("ask in a browser for ever fewer, and for what --scopes says or nothing", () => {
    const [all, commands, least, ...more] = browserScopes(ALL);
    expect(all).toContain("okta.roles.read");
    expect(commands).toContain("okta.groups.manage");
    expect(commands).not.toContain("okta.roles.read");
    expect(least).toEqual(["okta.users.manage", "okta.users.read", "okta.schemas.read"]);
    expect(more).toEqual([]);
    expect(browserScopes({ ...ALL, scopes: ["okta.users.read"] })).toEqual([["okta.users.read"]]);
  });

  it("can ask for less", () => {
    const { scopes } = readLoginOptions({ scopes: "okta.users.read, okta.schemas.read" });
    expect(wantedScopes({ ...ALL, scopes })).toEqual({
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
    [{ scopes: "okta.users.read", hook: true }, "--hook"],
  ])("%o are refused", (flags, at) => {
    expect(() => readLoginOptions(flags)).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", at }),
    );
  });
});
