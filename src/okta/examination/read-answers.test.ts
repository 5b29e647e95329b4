import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Answer } from "../answer.ts";
import {
  nextCursor,
  readActingUser,
  readEveryone,
  readGroupApps,
  readHooks,
  readIdentity,
  readPermissions,
  readRoles,
} from "./read-answers.ts";

function answerOf(body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return new Answer(200, headers, [Buffer.from(JSON.stringify(body))]);
}

function published(name: string): unknown {
  const path = `../../../fixtures/org-facts/${name}.json`;
  const text = readFileSync(new URL(path, import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly answer: { readonly body: unknown } }).answer.body;
}

describe("answers about an org", () => {
  it("tell an org of Classic Engine under its own address", () => {
    const identity = readIdentity(answerOf(published("metadata-classic")), "acme.okta.com");
    expect(identity).toEqual({ id: "00o5rb5mt2H3d1TJd0h7", engine: "classic", ownHost: undefined });
  });

  it("tell a custom role by its label", () => {
    expect(readRoles(published("roles-custom"))).toEqual([
      { type: "CUSTOM", label: "view_minimal", groups: 0, roleId: "cr04cxy6yzSCtNciD0g7" },
    ]);
  });

  it("tell to how many groups a role is limited", () => {
    const targets = { groups: [{ id: "00g1" }, { id: "00g2" }] };
    const role = { type: "USER_ADMIN", label: "Group Administrator", _embedded: { targets } };
    expect(readRoles([role])).toMatchObject([{ type: "USER_ADMIN", groups: 2 }]);
  });

  it("tell what a custom role holds", () => {
    expect(readPermissions(published("role-permissions"))).toContain("okta.users.create");
  });

  it("tell who acts, and show no login that could harm a terminal", () => {
    expect(readActingUser(published("acting-user"))).toEqual({
      id: "00ub0oNGTSWTBKOLGLNR",
      login: "ines.brock@example.com",
    });
    const odd = { id: "00u1", profile: { login: "a\u001b[2Jb@example.com" } };
    expect(readActingUser(odd)).toEqual({ id: "00u1", login: undefined });
    expect(readActingUser({ id: "00u1/../x" })).toBeUndefined();
  });

  it("without roles that are not in force", () => {
    expect(readRoles([{ type: "SUPER_ADMIN", status: "INACTIVE" }])).toEqual([]);
  });

  it("of hooks leave out those of other types, and addresses that are none", () => {
    const type = "com.okta.user.credential.password.import";
    const hooks = readHooks([
      { type: "com.okta.oauth2.tokens.transform", name: "other" },
      { type, id: "cal1", status: "INACTIVE", channel: { config: { uri: "no address" } } },
    ]);
    expect(hooks).toEqual([{ name: "cal1", isActive: false, address: undefined }]);
  });

  it("of applications name five, and count all", () => {
    const apps = Array.from({ length: 7 }, (_, at) => ({ label: `App ${at}`, status: "ACTIVE" }));
    expect(readGroupApps(answerOf(apps))).toMatchObject({
      count: 7,
      names: ["App 0", "App 1", "App 2", "App 3", "App 4"],
      provisioning: 0,
    });
  });

  it("take no other built-in group for everybody's", () => {
    const group = (name: string) => ({ id: `00g-${name}`, type: "BUILT_IN", profile: { name } });
    expect(readEveryone([group("Okta Administrators"), group("Everyone")])).toBe("00g-Everyone");
    expect(readEveryone([group("Okta Administrators")])).toBeUndefined();
  });

  it.each([
    ["one link", '<https://x/api?after=abc%3D&limit=2>; rel="next"', "abc%3D"],
    [
      "two links",
      '<https://x/api?limit=2>; rel="self", <https://x/api?a=1&after=q>; rel="next"',
      "q",
    ],
    ["none that goes on", '<https://x/api?after=abc>; rel="self"', undefined],
  ])("name the next page: %s", (_what, link, cursor) => {
    expect(nextCursor(answerOf([], { link }))).toBe(cursor);
  });

  it.each([[null], ["text"], [7], [{}], [{ errorCode: "E0000009" }]])(
    "of another form are none: %j",
    (body) => {
      expect([readRoles(body), readHooks(body), readEveryone(body)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect(readGroupApps(answerOf(body))).toBeUndefined();
      expect([readActingUser(body), readPermissions(body)]).toEqual([undefined, undefined]);
      expect(readIdentity(answerOf(body), "x").id).toBeUndefined();
    },
  );
});
