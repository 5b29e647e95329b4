import { createHash } from "node:crypto";
import { type Emulator, NATIVE_APP } from "../../src/emulator/index.ts";
import { startHookServer, VERIFIED } from "../support/hook-server.ts";
import { at, newUser, send } from "./emulator-caller.ts";
import { sendForm } from "./emulator-oauth-caller.ts";

/** The service app of the org that the cases are played in. */
export const SERVICE_APP = "0oaservice0000000001";

/** What the org does of its own accord. */
export const AUTOMATION = {
  groupRules: [{ name: "Sales to CRM", active: true }],
  everyoneApps: [{ label: "CRM", provisions: true }],
};

/** Plays what a route does: once well at least, and its refusals where they are its own. */
type Case = (org: Emulator) => Promise<unknown>;

const HASH = {
  algorithm: "BCRYPT",
  workFactor: 10,
  salt: "abcdefghijklmnopqrstuu",
  value: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcde",
};
const QUESTION = { recovery_question: { question: "Where was it?", answer: "far away" } };
const USERS = "/api/v1/users";
const GROUPS = "/api/v1/groups";
const RULES = `${GROUPS}/rules`;
const REALMS = "/api/v1/realms";
const TYPES = "/api/v1/meta/types/user";
const HOOKS = "/api/v1/inlineHooks";
const PASSWORD_IMPORT = "com.okta.user.credential.password.import";
const SCHEMA = "/api/v1/meta/schemas/user/default";
const PRINCIPALS = `/api/v1/principal-rate-limits?filter=${encodeURIComponent('principalType eq "OAUTH_CLIENT"')}`;
const ABSENT = "00u00000000000000000";
const { clientId: client_id } = NATIVE_APP;
const SCOPE = "openid offline_access okta.users.read";
const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
const REDIRECT = "http://127.0.0.1:9/callback";
const VERIFIER = "a-verifier-that-is-long-enough-for-everybody-0123456789";

/**
 * For every route of the emulator what is asked of it. What it answers is held against Okta's
 * description: a new route needs a case here.
 */
export const CASES: Readonly<Record<string, Case>> = {
  "POST /api/v1/users": async (org) => {
    const login = newLogin();
    await post(org, `${USERS}?activate=true`, newUser(login, { password: { hash: HASH } }));
    await post(org, `${USERS}?activate=true`, newUser(login));
    await post(
      org,
      `${USERS}?activate=true`,
      newUser(newLogin(), { password: { hook: { type: "default" } } }),
    );
    await post(org, `${USERS}?activate=false`, newUser(newLogin(), QUESTION));
    await post(org, `${USERS}?activate=true`, newUser(newLogin()));
    await post(
      org,
      `${USERS}?activate=true&nextLogin=changePassword`,
      newUser(newLogin(), { password: { value: "Invented-7-pass" } }),
    );
    await post(org, USERS, {
      ...newUser(newLogin()),
      groupIds: Array.from({ length: 21 }, () => "00g1"),
    });
    org.change({ activationMs: 60_000 });
    await post(org, USERS, newUser(newLogin(), { password: { hash: HASH } }));
    org.change({ activationMs: 0 });
  },
  "GET /api/v1/users": async (org) => {
    await makeUser(org);
    await makeUser(org);
    await get(org, `${USERS}?limit=1`);
    await get(org, `${USERS}?search=${encodeURIComponent('status eq "STAGED"')}&limit=2`);
    await get(org, `${USERS}?filter=${encodeURIComponent('profile.login eq "nobody"')}`);
    await get(org, `${USERS}?q=ines`);
    await get(org, `${USERS}?search=nonsense`);
  },
  "GET /api/v1/users/me": (org) => get(org, `${USERS}/me`),
  "GET /api/v1/users/{userId}/roles": async (org) => {
    const { id } = (await get(org, `${USERS}/me`)) as { readonly id: string };
    await get(org, `${USERS}/${id}/roles?expand=targets%2Fgroups`);
    org.change({ tokenRole: "CUSTOM" });
    await get(org, `${USERS}/${id}/roles`);
    org.change({ tokenRole: "SUPER_ADMIN" });
    await get(org, `${USERS}/${await makeUser(org)}/roles`);
    await get(org, `${USERS}/${ABSENT}/roles`);
  },
  "GET /api/v1/iam/roles/{roleIdOrLabel}/permissions": async (org) => {
    await get(org, "/api/v1/iam/roles/cr0emulatedrole00001/permissions");
    await get(org, "/api/v1/iam/roles/absent/permissions");
  },
  "GET /api/v1/users/{id}": async (org) => {
    await get(org, `${USERS}/${await makeUser(org)}`);
    await get(org, `${USERS}/${ABSENT}`);
  },
  "POST /api/v1/users/{id}": async (org) => {
    const user = `${USERS}/${await makeUser(org)}`;
    await post(org, user, { profile: { title: "Dr" } });
    await post(org, user, { credentials: { password: { hash: HASH } } });
    await post(org, user, { profile: { shoeSize: "42" } });
  },
  "PUT /api/v1/users/{id}": async (org) => {
    const user = `${USERS}/${await makeUser(org)}`;
    await send(org, { method: "PUT", path: user, body: newUser(newLogin()) });
  },
  "DELETE /api/v1/users/{id}": async (org) => {
    const user = `${USERS}/${await makeUser(org)}?sendEmail=false`;
    for (let round = 0; round < 3; round += 1) await send(org, { method: "DELETE", path: user });
  },
  "POST /api/v1/users/{id}/lifecycle/{operation}": async (org) => {
    const user = `${USERS}/${await makeUser(org)}/lifecycle`;
    await post(org, `${user}/suspend`);
    for (const call of [
      "activate?sendEmail=false",
      "reactivate?sendEmail=false",
      "deactivate?sendEmail=false",
      "activate?sendEmail=true",
      "reactivate?sendEmail=true",
    ]) {
      await post(org, `${user}/${call}`);
    }
    const other = `${USERS}/${await makeUser(org, { password: { hash: HASH } })}/lifecycle`;
    for (const call of [
      "activate?sendEmail=false",
      "activate?sendEmail=false",
      "suspend",
      "unsuspend",
      "expire_password",
      "expire_password_with_temp_password?revokeSessions=true",
      "reset_password?sendEmail=false",
      "reset_password?sendEmail=true",
      "reset_password",
    ]) {
      await post(org, `${other}/${call}`);
    }
  },
  "GET /api/v1/users/{id}/groups": async (org) =>
    get(org, `${USERS}/${await makeUser(org)}/groups`),
  "GET /api/v1/groups": async (org) => {
    await makeGroup(org);
    await get(org, `${GROUPS}?limit=1`);
    await get(org, `${GROUPS}?q=Mig&expand=stats`);
    await get(org, `${GROUPS}?search=${encodeURIComponent('type eq "OKTA_GROUP"')}`);
  },
  "POST /api/v1/groups": async (org) => {
    const profile = { name: `Migrated ${newLogin()}`, description: "From the old system" };
    await post(org, GROUPS, { profile });
    await post(org, GROUPS, { profile });
  },
  "GET /api/v1/groups/{groupId}": async (org) => get(org, `${GROUPS}/${await makeGroup(org)}`),
  "GET /api/v1/groups/{groupId}/apps": async (org) => {
    const everyone = at(await get(org, `${GROUPS}?q=Everyone`), 0, "id");
    await get(org, `${GROUPS}/${String(everyone)}/apps?limit=200`);
    await get(org, `${GROUPS}/${await makeGroup(org)}/apps`);
  },
  "PUT /api/v1/groups/{groupId}": async (org) => {
    const path = `${GROUPS}/${await makeGroup(org)}`;
    const body = { profile: { name: `Renamed ${newLogin()}`, description: "Done" } };
    await send(org, { method: "PUT", path, body });
  },
  "DELETE /api/v1/groups/{groupId}": async (org) => {
    const path = `${GROUPS}/${await makeGroup(org)}`;
    for (let round = 0; round < 2; round += 1) await send(org, { method: "DELETE", path });
  },
  "GET /api/v1/groups/{groupId}/users": async (org) => {
    const group = `${GROUPS}/${await makeGroup(org)}/users`;
    await send(org, { method: "PUT", path: `${group}/${await makeUser(org)}` });
    await get(org, `${group}?limit=1`);
  },
  "PUT /api/v1/groups/{groupId}/users/{userId}": async (org) => {
    const group = `${GROUPS}/${await makeGroup(org)}/users`;
    await send(org, { method: "PUT", path: `${group}/${await makeUser(org)}` });
    await send(org, { method: "PUT", path: `${group}/${ABSENT}` });
  },
  "DELETE /api/v1/groups/{groupId}/users/{userId}": async (org) => {
    const group = `${GROUPS}/${await makeGroup(org)}/users`;
    await send(org, { method: "DELETE", path: `${group}/${await makeUser(org)}` });
  },
  "GET /api/v1/meta/schemas/user/{schemaId}": (org) => get(org, SCHEMA),
  "POST /api/v1/meta/schemas/user/{schemaId}": (org) => {
    const attribute = { title: "Old id", type: "string", maxLength: 40, required: false };
    const custom = { id: "#custom", type: "object", properties: { legacyId: attribute } };
    return post(org, SCHEMA, { definitions: { custom } });
  },
  "GET /api/v1/meta/types/user": (org) => get(org, TYPES),
  "POST /api/v1/meta/types/user": async (org) => {
    await makeType(org);
    await post(org, TYPES, { name: "no name", displayName: "No name" });
  },
  "GET /api/v1/meta/types/user/{typeId}": async (org) => {
    await get(org, `${TYPES}/default`);
    await get(org, `${TYPES}/absent`);
  },
  "POST /api/v1/meta/types/user/{typeId}": async (org) =>
    post(org, `${TYPES}/${await makeType(org)}`, { displayName: "Another", description: "" }),
  "PUT /api/v1/meta/types/user/{typeId}": async (org) => {
    const { id, name } = (await get(org, `${TYPES}/${await makeType(org)}`)) as {
      readonly id: string;
      readonly name: string;
    };
    const body = { name, displayName: "Another", description: "" };
    await send(org, { method: "PUT", path: `${TYPES}/${id}`, body });
  },
  "DELETE /api/v1/meta/types/user/{typeId}": async (org) => {
    await send(org, { method: "DELETE", path: `${TYPES}/${await makeType(org)}` });
    await send(org, { method: "DELETE", path: `${TYPES}/default` });
  },
  "GET /api/v1/inlineHooks": async (org) => {
    await makeHook(org);
    await get(org, HOOKS);
    await get(org, `${HOOKS}?type=${PASSWORD_IMPORT}`);
  },
  "POST /api/v1/inlineHooks": async (org) => {
    await makeHook(org);
    const authScheme = { type: "HEADER", key: "Authorization", value: "an invented secret" };
    const config = { uri: "https://hook.example.com/", method: "POST", authScheme, headers: [] };
    const channel = { type: "HTTP", version: "1.0.0", config };
    const type = PASSWORD_IMPORT;
    for (let round = 0; round < 2; round += 1) {
      await post(org, HOOKS, { name: "Old passwords", type, version: "1.0.0", channel });
    }
  },
  "GET /api/v1/inlineHooks/{id}": async (org) => {
    await get(org, `${HOOKS}/${await makeHook(org)}`);
    await get(org, `${HOOKS}/absent`);
  },
  "POST /api/v1/inlineHooks/{id}": async (org) => {
    const hook = `${HOOKS}/${await makeHook(org)}`;
    await post(org, hook, { name: "Another name" });
  },
  "PUT /api/v1/inlineHooks/{id}": async (org) => {
    const path = `${HOOKS}/${await makeHook(org)}`;
    const config = { uri: "https://hook.example.com/other" };
    const channel = { type: "HTTP", version: "1.0.0", config };
    const body = { name: "Another name", version: "1.0.0", channel };
    await send(org, { method: "PUT", path, body });
  },
  "POST /api/v1/inlineHooks/{id}/execute": async (org) => {
    const hook = await startHookServer([[200, VERIFIED], [500]]);
    const config = { uri: hook.uri };
    const channel = { type: "HTTP", version: "1.0.0", config };
    const [old] = (await get(org, `${HOOKS}?type=${PASSWORD_IMPORT}`)) as readonly unknown[];
    await post(org, `${HOOKS}/${idOf(old)}`, { channel });
    const credential = { username: "ines@example.com", password: "Invented-7-pass" };
    const asked = {
      eventId: "an-event",
      eventTime: "2026-11-24T10:00:00.000Z",
      eventType: PASSWORD_IMPORT,
      eventTypeVersion: "1.0",
      contentType: "application/json",
      cloudEventVersion: "0.1",
      source: org.url,
      data: { action: { credential: "UNVERIFIED" }, context: { credential } },
    };
    for (let round = 0; round < 2; round += 1) {
      await post(org, `${HOOKS}/${idOf(old)}/execute`, asked);
    }
  },
  "GET /api/v1/logs": async (org) => {
    const login = newLogin();
    await post(org, USERS, newUser(login, { password: { value: "Invented-7-pass" } }));
    await post(org, "/api/v1/authn", { username: login, password: "Invented-7-pass" });
    await post(org, "/api/v1/authn", { username: login, password: "Invented-7-wrong" });
    await get(org, "/api/v1/logs?limit=5&sortOrder=DESCENDING");
    await get(org, `/api/v1/logs?filter=${encodeURIComponent('eventType sw "user."')}&q=ines`);
    await get(org, "/api/v1/logs?filter=nonsense");
  },
  "DELETE /api/v1/inlineHooks/{id}": async (org) => {
    const hook = `${HOOKS}/${await makeHook(org)}`;
    await send(org, { method: "DELETE", path: hook });
    await post(org, `${hook}/lifecycle/deactivate`);
    await send(org, { method: "DELETE", path: hook });
  },
  "POST /api/v1/inlineHooks/{id}/lifecycle/activate": async (org) =>
    post(org, `${HOOKS}/${await makeHook(org)}/lifecycle/activate`),
  "POST /api/v1/inlineHooks/{id}/lifecycle/deactivate": async (org) =>
    post(org, `${HOOKS}/${await makeHook(org)}/lifecycle/deactivate`),
  "GET /api/v1/org": (org) => get(org, "/api/v1/org"),
  "GET /api/v1/groups/rules": async (org) => {
    await makeRule(org);
    await get(org, `${RULES}?limit=1`);
  },
  "POST /api/v1/groups/rules": async (org) => {
    await makeRule(org);
    await post(org, RULES, { type: "group_rule", name: "Without groups" });
  },
  "GET /api/v1/groups/rules/{groupRuleId}": async (org) => {
    await get(org, `${RULES}/${idOf(await makeRule(org))}`);
    await get(org, `${RULES}/absent`);
  },
  "PUT /api/v1/groups/rules/{groupRuleId}": async (org) => {
    const { id, ...rule } = (await makeRule(org)) as Readonly<Record<string, unknown>>;
    const { type, name, conditions, actions } = rule;
    const body = { type, name, conditions, actions };
    await send(org, { method: "PUT", path: `${RULES}/${String(id)}`, body });
  },
  "DELETE /api/v1/groups/rules/{groupRuleId}": async (org) => {
    const path = `${RULES}/${idOf(await makeRule(org))}?removeUsers=true`;
    await send(org, { method: "DELETE", path });
  },
  "POST /api/v1/groups/rules/{groupRuleId}/lifecycle/activate": async (org) =>
    post(org, `${RULES}/${idOf(await makeRule(org))}/lifecycle/activate`),
  "POST /api/v1/groups/rules/{groupRuleId}/lifecycle/deactivate": async (org) => {
    const rule = `${RULES}/${idOf(await makeRule(org))}/lifecycle`;
    await post(org, `${rule}/activate`);
    await post(org, `${rule}/deactivate`);
  },
  "GET /api/v1/realms": async (org) => {
    await makeRealm(org);
    await get(org, `${REALMS}?limit=1`);
  },
  "POST /api/v1/realms": async (org) => {
    await makeRealm(org);
    await post(org, REALMS, { profile: { name: "" } });
  },
  "GET /api/v1/realms/{realmId}": async (org) => {
    await get(org, `${REALMS}/${await makeRealm(org)}`);
    await get(org, `${REALMS}/absent`);
  },
  "GET /api/v1/apps/{appId}/grants": (org) => get(org, `/api/v1/apps/${SERVICE_APP}/grants`),
  "GET /api/v1/principal-rate-limits": (org) => get(org, PRINCIPALS),
  "GET /oauth2/v1/clients/{clientId}/roles": (org) =>
    get(org, `/oauth2/v1/clients/${SERVICE_APP}/roles`),
  "GET /.well-known/okta-organization": (org) => get(org, "/.well-known/okta-organization"),
  "POST /api/v1/authn": (org) =>
    post(org, "/api/v1/authn", { username: "nobody", password: "Invented-7-wrong" }),
  "GET /.well-known/openid-configuration": (org) => get(org, "/.well-known/openid-configuration"),
  "GET /.well-known/oauth-authorization-server": (org) =>
    get(org, "/.well-known/oauth-authorization-server"),
  "GET /oauth2/v1/keys": (org) => get(org, "/oauth2/v1/keys"),
  "GET /oauth2/v1/authorize": authorize,
  "GET /activate": (org) => get(org, "/activate"),
  "POST /oauth2/v1/token": async (org) => {
    const refresh_token = at(await signInOnDevice(org), "refresh_token");
    const form = { client_id, grant_type: "refresh_token", refresh_token: String(refresh_token) };
    await sendForm(`${org.url}/oauth2/v1/token`, { ...form, scope: SCOPE });
    await sendForm(`${org.url}/oauth2/v1/token`, {
      client_id,
      grant_type: "authorization_code",
      code: await authorize(org),
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
    });
    await sendForm(`${org.url}/oauth2/v1/token`, {
      client_id,
      grant_type: DEVICE_GRANT,
      device_code: "spent",
    });
  },
  "POST /oauth2/v1/device/authorize": async (org) => {
    await sendForm(`${org.url}/oauth2/v1/device/authorize`, { client_id, scope: SCOPE });
    await sendForm(`${org.url}/oauth2/v1/device/authorize`, { client_id: "nobody", scope: SCOPE });
  },
  "POST /oauth2/v1/revoke": async (org) => {
    const token = String(at(await signInOnDevice(org), "access_token"));
    await sendForm(`${org.url}/oauth2/v1/revoke`, { client_id, token });
  },
  "POST /oauth2/v1/introspect": async (org) => {
    const token = String(at(await signInOnDevice(org), "access_token"));
    await sendForm(`${org.url}/oauth2/v1/introspect`, { client_id, token });
    await sendForm(`${org.url}/oauth2/v1/introspect`, { client_id, token: "unknown" });
  },
};

let logins = 0;

function newLogin(): string {
  logins += 1;
  return `user${logins}@example.com`;
}

async function get(org: Emulator, path: string): Promise<unknown> {
  return (await send(org, { method: "GET", path })).body;
}

async function post(org: Emulator, path: string, body?: unknown): Promise<unknown> {
  return (await send(org, { method: "POST", path, body })).body;
}

/** A staged user. */
async function makeUser(org: Emulator, credentials?: object): Promise<string> {
  return idOf(await post(org, `${USERS}?activate=false`, newUser(newLogin(), credentials)));
}

async function makeGroup(org: Emulator): Promise<string> {
  return idOf(await post(org, GROUPS, { profile: { name: `Migrated ${newLogin()}` } }));
}

/** A group rule, inactive. */
async function makeRule(org: Emulator): Promise<unknown> {
  const value = 'user.title=="Engineer"';
  return post(org, RULES, {
    type: "group_rule",
    name: `Engineers ${newLogin()}`,
    conditions: { expression: { value, type: "urn:okta:expression:1.0" } },
    actions: { assignUserToGroups: { groupIds: [await makeGroup(org)] } },
  });
}

async function makeRealm(org: Emulator): Promise<string> {
  return idOf(await post(org, REALMS, { profile: { name: `Cars ${newLogin()}` } }));
}

/** A user type; an org has ten at most. */
async function makeType(org: Emulator): Promise<string> {
  const name = `supplier${newLogin().replace(/@.*/, "")}`;
  return idOf(await post(org, TYPES, { name, displayName: "Supplier", description: "" }));
}

/** A hook of a kind of which there may be several. */
async function makeHook(org: Emulator): Promise<string> {
  const config = { uri: "https://hook.example.com/" };
  const channel = { type: "HTTP", version: "1.0.0", config };
  const type = "com.okta.import.transform";
  return idOf(await post(org, HOOKS, { name: newLogin(), type, version: "1.0.0", channel }));
}

function idOf(body: unknown): string {
  return String(at(body, "id"));
}

async function signInOnDevice(org: Emulator): Promise<unknown> {
  const url = `${org.url}/oauth2/v1`;
  const begun = await sendForm(`${url}/device/authorize`, { client_id, scope: SCOPE });
  const device_code = String(at(begun.body, "device_code"));
  return (await sendForm(`${url}/token`, { client_id, grant_type: DEVICE_GRANT, device_code }))
    .body;
}

/** Somebody signs in by a browser: the code that the app gets. */
async function authorize(org: Emulator): Promise<string> {
  const query = new URLSearchParams({
    client_id,
    response_type: "code",
    redirect_uri: REDIRECT,
    scope: SCOPE,
    state: "a-state",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
  });
  const path = `/oauth2/v1/authorize?${query.toString()}`;
  const { headers } = await send(org, { method: "GET", path });
  return new URL(String(headers["location"])).searchParams.get("code") ?? "";
}
