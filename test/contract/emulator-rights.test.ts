import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type AdminRole, type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { at, newUser, send, type Sent } from "./emulator-caller.ts";
import { askToken, makeKey, type OAuthCaller } from "./emulator-oauth-caller.ts";

const CLIENT_ID = "0oaservice0000000001";

let emulator: Emulator;
let caller: OAuthCaller;

beforeAll(async () => {
  const key = await makeKey("ES256");
  const clock = new FakeClock();
  emulator = await startEmulator({ clock, apps: [{ clientId: CLIENT_ID, keys: [key.jwk] }] });
  const now = () => Math.floor(clock.wallNow() / 1000);
  caller = { emulator, clientId: CLIENT_ID, key, proofKey: key, now };
});

afterAll(() => emulator.close());

/** Sends a call with a token of these scopes; the app has a role. */
async function callAs(role: AdminRole, scope: string, sent: Sent) {
  emulator.changeApp(CLIENT_ID, { role });
  const { body } = await askToken(caller, { scope });
  const authorization = `Bearer ${String(at(body, "access_token"))}`;
  const got = await send(emulator, { ...sent, headers: { authorization } });
  return { ...got, said: String(got.headers["www-authenticate"]) };
}

const GET_USERS: Sent = { method: "GET", path: "/api/v1/users" };
const GET_SCHEMA: Sent = { method: "GET", path: "/api/v1/meta/schemas/user/default" };
const GET_HOOKS: Sent = { method: "GET", path: "/api/v1/inlineHooks" };
const GET_LOGS: Sent = { method: "GET", path: "/api/v1/logs" };
const POST_GROUP: Sent = { method: "POST", path: "/api/v1/groups", body: {} };

function create(login: string): Sent {
  return { method: "POST", path: "/api/v1/users", body: newUser(login) };
}

describe("scopes", () => {
  it("a call whose scope is missing: 403 without a body, and the scope in a header", async () => {
    const got = await callAs("SUPER_ADMIN", "okta.users.read", create("a@example.com"));
    expect([got.status, got.body]).toEqual([403, ""]);
    expect(got.said).toBe(
      `Bearer authorization_uri="${emulator.url}/oauth2/v1/authorize", realm="${emulator.url}", ` +
        'scope="okta.users.manage", error="insufficient_scope", ' +
        'error_description="The access token provided does not contain the required scopes.", ' +
        'resource="/api/v1/users"',
    );
    expect(emulator.ledger().users).toBe(0);
  });

  it("what an app did is told under its name", async () => {
    const scope = "okta.users.manage okta.logs.read";
    await callAs("SUPER_ADMIN", scope, create("a@example.com"));
    const { body } = await callAs("SUPER_ADMIN", scope, GET_LOGS);
    expect(at(body, 0)).toMatchObject({
      eventType: "user.lifecycle.create",
      actor: { type: "PublicClientApp", id: at(body, 0, "client", "id") },
    });
    expect(at(body, 0, "client", "id")).toMatch(/^0oa/);
  });

  it.each([
    ["okta.users.read", GET_USERS, 200],
    ["okta.users.manage", GET_USERS, 200],
    ["okta.groups.manage", GET_USERS, 403],
    ["okta.users.manage", GET_SCHEMA, 403],
    ["okta.schemas.read", GET_SCHEMA, 200],
    ["okta.inlineHooks.read", GET_HOOKS, 200],
    ["okta.logs.read", GET_LOGS, 200],
    ["okta.users.manage", GET_LOGS, 403],
    ["okta.groups.read", POST_GROUP, 403],
  ])("%s with %o: %i", async (scope, sent, status) => {
    expect((await callAs("SUPER_ADMIN", scope, sent)).status).toBe(status);
  });
});

describe("roles", () => {
  it.each([
    ["SUPER_ADMIN", 200],
    ["ORG_ADMIN", 200],
    ["USER_ADMIN", 200],
    ["READ_ONLY_ADMIN", 403],
    ["HELP_DESK_ADMIN", 403],
    ["GROUP_MEMBERSHIP_ADMIN", 403],
    ["none", 403],
  ] as const)("a %s who creates a user: %i", async (role, status) => {
    const got = await callAs(
      role,
      "okta.users.manage",
      create(`${role.toLowerCase()}@example.com`),
    );
    expect(got.status).toBe(status);
    if (status === 403) expect(at(got.body, "errorCode")).toBe("E0000006");
  });

  it.each([
    ["READ_ONLY_ADMIN", 200],
    ["HELP_DESK_ADMIN", 200],
    ["none", 403],
  ] as const)("a %s who lists users: %i", async (role, status) => {
    expect((await callAs(role, "okta.users.read", GET_USERS)).status).toBe(status);
  });
});

describe("the administrator behind the static token", () => {
  const me: Sent = { method: "GET", path: "/api/v1/users/me" };
  const rolesOf = async () => {
    const { body } = await send(emulator, me);
    return send(emulator, { method: "GET", path: `/api/v1/users/${String(at(body, "id"))}/roles` });
  };

  it("has the role that settings say, and may do no more", async () => {
    expect((await send(emulator, me)).body).toMatchObject({
      profile: { login: "administrator@example.com" },
    });
    expect((await rolesOf()).body).toMatchObject([{ type: "SUPER_ADMIN", assignmentType: "USER" }]);
    emulator.change({ tokenRole: "READ_ONLY_ADMIN" });
    expect((await rolesOf()).body).toMatchObject([{ type: "READ_ONLY_ADMIN" }]);
    const refused = await send(emulator, create("nobody@example.com"));
    expect([refused.status, at(refused.body, "errorCode")]).toEqual([403, "E0000006"]);
    emulator.change({ tokenRole: "USER_ADMIN" });
    expect((await rolesOf()).status).toBe(403);
    emulator.change({ tokenRole: "SUPER_ADMIN" });
  });

  it("may have the custom role, whose permissions can be read", async () => {
    emulator.change({ tokenRole: "CUSTOM" });
    const { body } = await rolesOf();
    expect(body).toMatchObject([{ type: "CUSTOM", label: "User creator" }]);
    const path = `/api/v1/iam/roles/${String(at(body, 0, "role"))}/permissions`;
    const held = await send(emulator, { method: "GET", path });
    expect(at(held.body, "permissions", 0, "label")).toBe("okta.users.create");
    emulator.change({ tokenRole: "SUPER_ADMIN" });
  });

  it("is nobody to the token of a service app", async () => {
    const got = await callAs("SUPER_ADMIN", "okta.users.read", me);
    expect([got.status, at(got.body, "errorCode")]).toEqual([404, "E0000007"]);
  });
});

describe("what an app may find out about itself", () => {
  it("its role, or none", async () => {
    const path = `/oauth2/v1/clients/${CLIENT_ID}/roles`;
    const roles = await callAs("USER_ADMIN", "okta.roles.read", { method: "GET", path });
    expect(roles.status).toBe(403);
    emulator.changeApp(CLIENT_ID, { role: "USER_ADMIN" });
    const asked = await send(emulator, { method: "GET", path });
    expect(asked.body).toMatchObject([{ type: "USER_ADMIN", assignmentType: "CLIENT" }]);
    emulator.changeApp(CLIENT_ID, { role: "none" });
    expect((await send(emulator, { method: "GET", path })).body).toEqual([]);
  });

  it("the scopes that were granted, and its part of the limits", async () => {
    emulator.changeApp(CLIENT_ID, { scopes: ["okta.users.read"] });
    const path = `/api/v1/apps/${CLIENT_ID}/grants`;
    const grants = await send(emulator, { method: "GET", path });
    expect(grants.body).toMatchObject([{ scopeId: "okta.users.read", clientId: CLIENT_ID }]);
    const filter = encodeURIComponent('principalType eq "OAUTH_CLIENT"');
    const limits = { method: "GET", path: `/api/v1/principal-rate-limits?filter=${filter}` };
    const share = async () => at((await send(emulator, limits)).body, 0, "defaultPercentage");
    expect(await share()).toBe(100);
    emulator.change({ limit: 600, tokenCap: 300 });
    expect(await share()).toBe(50);
    emulator.change({ limit: 0, tokenCap: 0 });
    emulator.changeApp(CLIENT_ID, { scopes: "all" });
    const missing = { method: "GET", path: "/api/v1/apps/0oaunknown/grants" };
    expect((await send(emulator, missing)).status).toBe(404);
  });
});

describe("commands", () => {
  const post = (name: string, body: object) =>
    send(emulator, { method: "POST", path: `/__emulator/${name}`, body });

  it("an app's scopes, role and DPoP setting change at once; nonsense is refused", async () => {
    const changed = await post("app", { clientId: CLIENT_ID, role: "ORG_ADMIN", dpop: true });
    expect(changed.body).toMatchObject({ role: "ORG_ADMIN", dpop: true });
    const apps = await send(emulator, { method: "GET", path: "/__emulator/apps" });
    expect(apps.body).toMatchObject([{ clientId: "emulator-native" }, { role: "ORG_ADMIN" }]);
    await post("app", { clientId: CLIENT_ID, dpop: false, scopes: "all" });
    for (const wrong of [
      { clientId: "0oaunknown" },
      { clientId: CLIENT_ID, role: "KING" },
      { clientId: CLIENT_ID, scopes: "some" },
      { clientId: CLIENT_ID, dpop: 1 },
      { clientId: CLIENT_ID, keys: [] },
    ]) {
      expect((await post("app", wrong)).status).toBe(400);
    }
    expect((await post("end-tokens", { how: "burned" })).status).toBe(400);
  });

  it("another static token takes the place of the old one, which is then invalid", async () => {
    expect((await post("token", { token: "another-token" })).body).toEqual({ replaced: true });
    const old = await send(emulator, GET_USERS);
    expect([old.status, at(old.body, "errorCode")]).toEqual([401, "E0000011"]);
    const headers = { authorization: "SSWS another-token" };
    expect((await send(emulator, { ...GET_USERS, headers })).status).toBe(200);
    emulator.replaceToken("emulator-token");
    expect((await post("token", { token: "" })).status).toBe(400);
  });
});

const OPENAPI =
  process.env["OKTA_OPENAPI"] ??
  fileURLToPath(new URL("../../../shared/okta/management-2026.06.3.yaml", import.meta.url));

if (existsSync(OPENAPI)) {
  it("every call of the API asks for the scope that Okta's description names", async () => {
    const { paths } = parse(readFileSync(OPENAPI, "utf8")) as { paths: object };
    const known = await send(emulator, { method: "GET", path: "/api/v1/unknown" });
    const names = String(at(known.body, "errorCauses", 0, "errorSummary")).matchAll(
      /\b(GET|POST|PUT|DELETE) (\/(?:api|oauth2\/v1\/clients)\S*?)(?=;|$)/g,
    );
    const wrong: unknown[] = [];
    let checked = 0;
    for (const [, method = "", template = ""] of names) {
      const scope = scopeIn(paths, method.toLowerCase(), template);
      if (scope === undefined) continue;
      checked += 1;
      const other = scope === "okta.realms.read" ? "okta.groups.read" : "okta.realms.read";
      const got = await callAs("SUPER_ADMIN", other, {
        method,
        path: template.replaceAll(/\{\w+\}/g, "x"),
      });
      if (!got.said.includes(`scope="${scope}"`)) wrong.push([method, template, scope, got.said]);
    }
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(20);
  });
}

/** The scope that Okta's description gives an operation; undefined where it gives none. */
function scopeIn(paths: object, method: string, template: string): string | undefined {
  const shape = (path: string) => path.replaceAll(/\{\w+\}|lifecycle\/\w+$/g, "*");
  const found = Object.entries(paths).find(
    ([path, operations]) => shape(path) === shape(template) && at(operations, method) !== undefined,
  );
  const security = at(found?.[1], method, "security");
  const oauth = Array.isArray(security)
    ? security.find((one) => at(one, "oauth2") !== undefined)
    : {};
  return at(oauth, "oauth2", 0) as string | undefined;
}
