import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Emulator,
  type EmulatorOptions,
  LIMIT_PLANS,
  startEmulator,
} from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { startHookServer, UNVERIFIED, VERIFIED } from "../support/hook-server.ts";
import { at, type Got, newUser, send } from "./emulator-caller.ts";

type LogEvent = Readonly<Record<string, unknown>>;

let clock: FakeClock;
let emulator: Emulator;

async function restart(options: Partial<EmulatorOptions> = {}): Promise<void> {
  await emulator?.close();
  clock = new FakeClock();
  emulator = await startEmulator({ clock, ...options });
}

beforeEach(() => restart());
afterEach(() => emulator.close());

const call = (method: string, path: string, body?: unknown): Promise<Got> =>
  send(emulator, { method, path, body });
const logs = (query: Readonly<Record<string, string>> = {}): Promise<Got> =>
  call("GET", `/api/v1/logs?${new URLSearchParams(query).toString()}`);
const eventsOf = (got: Got): readonly LogEvent[] => got.body as readonly LogEvent[];
const typesOf = (got: Got): unknown[] => eventsOf(got).map(({ eventType }) => eventType);

async function created(login: string, credentials?: unknown): Promise<string> {
  return String(at((await call("POST", "/api/v1/users", newUser(login, credentials))).body, "id"));
}

function never(): never {
  throw new Error("there is such a plan");
}

/** The path of the next page, without which there is none. */
function nextOf(got: Got): string | undefined {
  const lines = [got.headers["link"] ?? []].flat().join(", ");
  return /<https?:\/\/[^/]+([^>]+)>; rel="next"/.exec(lines)?.[1];
}

describe("the System Log", () => {
  it("tells what a migration did, by whom, to whom, and with which request", async () => {
    const group = await call("POST", "/api/v1/groups", { profile: { name: "Migrated" } });
    const body = {
      ...newUser("ines@example.com", { password: { value: "Invented-7-pass" } }),
      groupIds: [at(group.body, "id")],
    };
    const sent = { method: "POST", path: "/api/v1/users?activate=true", body };
    const got = await send(emulator, { ...sent, headers: { "user-agent": "a-migration/1" } });
    const listed = await logs();
    expect(typesOf(listed)).toEqual([
      "user.lifecycle.create",
      "user.lifecycle.activate",
      "group.user_membership.add",
    ]);
    const requestId = got.headers["x-okta-request-id"];
    expect(eventsOf(listed)[2]).toMatchObject({
      actor: { type: "User", alternateId: "administrator@example.com" },
      client: { ipAddress: "127.0.0.1", userAgent: { rawUserAgent: "a-migration/1" } },
      debugContext: { debugData: { requestId, requestUri: "/api/v1/users" } },
      displayMessage: "Add user to group membership",
      outcome: { result: "SUCCESS" },
      published: "2027-01-15T08:00:00.000Z",
      severity: "INFO",
      target: [
        {
          id: at(got.body, "id"),
          type: "User",
          alternateId: "ines@example.com",
          displayName: "Ines Moreau",
        },
        { id: at(group.body, "id"), type: "UserGroup", displayName: "Migrated" },
      ],
      transaction: { type: "WEB", id: requestId },
    });
    expect(new Set(eventsOf(listed).map(({ uuid }) => uuid)).size).toBe(3);
    expect(JSON.stringify(listed.body)).not.toMatch(/Invented-7-pass|emulator-token/);
  });

  it("tells of every change of a user", async () => {
    const id = await created("ines@example.com", { password: { value: "Invented-7-pass" } });
    const user = `/api/v1/users/${id}`;
    const group = await call("POST", "/api/v1/groups", { profile: { name: "Migrated" } });
    const member = `/api/v1/groups/${String(at(group.body, "id"))}/users/${id}`;
    await call("PUT", member);
    await call("PUT", member);
    await call("DELETE", member);
    await call("POST", user, { profile: { title: "Dr" } });
    await call("POST", user, { credentials: { password: { value: "Another-7-pass" } } });
    for (const operation of ["suspend", "unsuspend", "expire_password", "suspend"]) {
      await call("POST", `${user}/lifecycle/${operation}`);
    }
    await call("POST", `${user}/lifecycle/reset_password?sendEmail=false`);
    await call("POST", `${user}/lifecycle/reactivate`);
    await call("POST", `${user}/lifecycle/deactivate`);
    await call("DELETE", user);
    expect(typesOf(await logs()).slice(2)).toEqual([
      "group.user_membership.add",
      "group.user_membership.remove",
      "user.account.update_profile",
      "user.account.update_password",
      "user.lifecycle.suspend",
      "user.lifecycle.unsuspend",
      "user.account.expire_password",
      "user.account.reset_password",
      "user.lifecycle.reactivate",
      "user.lifecycle.deactivate",
      "user.lifecycle.delete.initiated",
      "user.lifecycle.delete.completed",
    ]);
  });

  it("tells of sign-ins, and of what a hook said", async () => {
    const debugContext = { node: "b" };
    const verified = JSON.stringify({ ...(JSON.parse(VERIFIED) as object), debugContext });
    const hook = await startHookServer([[200, UNVERIFIED], [404], [200, verified]]);
    const type = "com.okta.user.credential.password.import";
    const channel = { type: "HTTP", config: { uri: hook.uri } };
    await call("POST", "/api/v1/inlineHooks", { name: "Old", type, channel });
    const id = await created("ines@example.com", { password: { hook: { type: "default" } } });
    const typed = { username: "ines@example.com", password: "Old password 1" };
    for (const round of [401, 502, 200, 200]) {
      expect((await call("POST", "/api/v1/authn", typed)).status).toBe(round);
    }
    await call("POST", "/api/v1/authn", { ...typed, username: "nobody" });
    const listed = eventsOf(await logs()).slice(2);
    const told = listed.map(({ eventType, outcome }) => [eventType, at(outcome, "result")]);
    expect(told).toEqual([
      ["inline_hook.executed", "SUCCESS"],
      ["inline_hook.response.processed", "SUCCESS"],
      ["user.import.password", "FAILURE"],
      ["user.session.start", "FAILURE"],
      ["inline_hook.executed", "FAILURE"],
      ["user.import.password", "FAILURE"],
      ["user.session.start", "FAILURE"],
      ["inline_hook.executed", "SUCCESS"],
      ["inline_hook.response.processed", "SUCCESS"],
      ["user.import.password", "SUCCESS"],
      ["user.session.start", "SUCCESS"],
      ["user.session.start", "SUCCESS"],
      ["user.session.start", "FAILURE"],
    ]);
    expect(listed[4]).toMatchObject({ outcome: { reason: "it answered 404" } });
    expect(listed[8]).toMatchObject({ debugContext: { debugData: debugContext } });
    expect(listed[9]).toMatchObject({ actor: { id }, target: [{ id }] });
    expect(listed[12]).toMatchObject({
      actor: { id: "unknown" },
      outcome: { reason: "INVALID_CREDENTIALS" },
      target: [],
    });
    expect(JSON.stringify(listed)).not.toContain("Old password");
  });

  it("tells which rule put a user into a group, and took it out again", async () => {
    const group = await call("POST", "/api/v1/groups", { profile: { name: "Engineers" } });
    const rule = await call("POST", "/api/v1/groups/rules", {
      type: "group_rule",
      name: "Engineers",
      conditions: {
        expression: { value: 'user.title=="Dr"', type: "urn:okta:expression:1.0" },
      },
      actions: { assignUserToGroups: { groupIds: [at(group.body, "id")] } },
    });
    const path = `/api/v1/groups/rules/${String(at(rule.body, "id"))}`;
    const titled = (login: string): object => {
      const profile = { ...(at(newUser(login), "profile") as object), title: "Dr" };
      return { profile, credentials: { password: { value: "Invented-7-pass" } } };
    };
    await call("POST", "/api/v1/users", titled("ann@example.com"));
    await call("POST", `${path}/lifecycle/activate`);
    await call("POST", "/api/v1/users", titled("bob@example.com"));
    await call("POST", "/api/v1/users/ann@example.com", { profile: { title: "Ms" } });
    await call("DELETE", `${path}?removeUsers=true`);
    const listed = eventsOf(await logs({ filter: 'eventType sw "group."' }));
    expect(
      listed.map(({ eventType, target }) => [eventType, at(target, 0, "alternateId")]),
    ).toEqual([
      ["group.user_membership.add", "ann@example.com"],
      ["group.user_membership.add", "bob@example.com"],
      ["group.user_membership.remove", "ann@example.com"],
      ["group.user_membership.remove", "bob@example.com"],
    ]);
    for (const event of listed) {
      expect(event).toMatchObject({
        actor: { type: "SystemPrincipal", alternateId: "system@okta.com" },
        debugContext: { debugData: { triggeredByGroupRuleId: at(rule.body, "id") } },
        outcome: { result: "SUCCESS" },
        target: [{ type: "User" }, { type: "UserGroup", displayName: "Engineers" }],
      });
    }
  });

  it("tells that a user was locked out, and of those who try nevertheless", async () => {
    await restart({ lockOutAfter: 2 });
    const id = await created("ines@example.com", { password: { value: "Invented-7-pass" } });
    const typed = { username: "ines@example.com", password: "wrong" };
    for (let round = 0; round < 2; round += 1) await call("POST", "/api/v1/authn", typed);
    await call("POST", "/api/v1/authn", { ...typed, password: "Invented-7-pass" });
    const listed = eventsOf(await logs()).slice(2);
    expect(listed.map(({ eventType, outcome }) => [eventType, at(outcome, "reason")])).toEqual([
      ["user.session.start", "INVALID_CREDENTIALS"],
      ["user.account.lock", "LOCKED_OUT"],
      ["user.session.start", "INVALID_CREDENTIALS"],
      ["user.session.start", "LOCKED_OUT"],
    ]);
    expect(listed[1]).toMatchObject({
      actor: { id, type: "User" },
      displayMessage: "Max sign in attempts exceeded",
      outcome: { result: "FAILURE" },
      severity: "DEBUG",
      target: [{ id }],
    });
  });

  it("tells once of a window that was exceeded, and who did it", async () => {
    await restart({ limit: 1 });
    for (const login of ["a1", "a2", "a3"]) await created(`${login}@example.com`);
    const filter = 'eventType eq "system.org.rate_limit.violation"';
    expect(eventsOf(await logs({ filter }))).toMatchObject([
      { severity: "WARN", outcome: { result: "DENY" }, target: [] },
    ]);
  });

  it("has the bucket of its own that Okta's plans give it", async () => {
    await restart({ plan: LIMIT_PLANS["integrator-free"] ?? never() });
    expect((await logs()).headers["x-rate-limit-limit"]).toBe("20");
    const users = await call("GET", "/api/v1/users");
    expect(users.headers["x-rate-limit-limit"]).toBe("100");
  });
});

describe("asking the System Log", () => {
  async function fiveUsers(): Promise<void> {
    for (const index of [1, 2, 3, 4, 5]) {
      const path = "/api/v1/users?activate=false";
      await call("POST", path, newUser(`user${index}@example.com`));
      await clock.run({ untilMs: index * 1000 });
    }
  }
  const loginsOf = (got: Got): unknown[] =>
    eventsOf(got).map(({ target }) => String(at(target, 0, "alternateId")).split("@")[0]);

  it.each([
    ['target.alternateId eq "user2@example.com" or target.alternateId sw "user3"', "user2 user3"],
    ['eventType eq "user.lifecycle.create" and target.alternate_id co "r4"', "user4"],
    [
      'event_type EW "create" AND NOT (target.alternateId lt "user4" OR outcome.reason pr)',
      "user4 user5",
    ],
    ['eventType ne "user.lifecycle.create"', ""],
    ['actor.type eq "User" and outcome.result eq "SUCCESS"', "user1 user2 user3 user4 user5"],
  ])("by a filter: %s", async (filter, logins) => {
    await fiveUsers();
    expect(loginsOf(await logs({ filter })).join(" ")).toBe(logins);
  });

  it("by keywords, all of which must be there", async () => {
    await fiveUsers();
    expect(loginsOf(await logs({ q: "USER3 Create" }))).toEqual(["user3"]);
    expect(loginsOf(await logs({ q: "user3 user4" }))).toEqual([]);
  });

  it("by a span of time, without its end, in either order", async () => {
    await fiveUsers();
    const span = { since: "2027-01-15T08:00:01.000Z", until: "2027-01-15T08:00:04Z" };
    expect(loginsOf(await logs(span))).toEqual(["user2", "user3", "user4"]);
    const backwards = await logs({ ...span, sortOrder: "DESCENDING" });
    expect(loginsOf(backwards)).toEqual(["user4", "user3", "user2"]);
  });

  it.each(["ASCENDING", "DESCENDING"])("page by page to the end, %s", async (sortOrder) => {
    await fiveUsers();
    const span = { since: "2027-01-15T08:00:00Z", until: "2027-01-15T08:00:04Z" };
    let page = await logs({ ...span, sortOrder, limit: "3" });
    const seen = loginsOf(page);
    for (let next = nextOf(page); next !== undefined; next = nextOf(page)) {
      page = await call("GET", next);
      seen.push(...loginsOf(page));
    }
    if (sortOrder === "DESCENDING") seen.reverse();
    expect(seen).toEqual(["user1", "user2", "user3", "user4"]);
  });

  it("without an end there is always a next page, and news come on it", async () => {
    await fiveUsers();
    const all = await logs();
    expect(loginsOf(all)).toHaveLength(5);
    const empty = await call("GET", nextOf(all) ?? "");
    expect(empty.body).toEqual([]);
    await created("user6@example.com");
    expect(loginsOf(await call("GET", nextOf(empty) ?? ""))).toEqual(["user6", "user6"]);
  });

  it("what is older than seven days is only told when it is asked for", async () => {
    await fiveUsers();
    await clock.run({ untilMs: 8 * 86_400_000 });
    expect((await logs()).body).toEqual([]);
    expect(loginsOf(await logs({ since: "2027-01-01T00:00:00Z" }))).toHaveLength(5);
  });

  it("only the newest are kept, and a page that was lost begins with the oldest", async () => {
    await restart({ keptLogEvents: 3 });
    await fiveUsers();
    expect(loginsOf(await logs())).toEqual(["user3", "user4", "user5"]);
    expect(loginsOf(await logs({ after: "0" }))).toEqual(["user3", "user4", "user5"]);
    await restart({ keptLogEvents: 0 });
    await fiveUsers();
    expect((await logs()).body).toEqual([]);
  });

  it("a reset forgets it", async () => {
    await fiveUsers();
    emulator.reset();
    expect((await logs()).body).toEqual([]);
  });

  it.each([
    [{ since: "yesterday" }, "E0000001"],
    [{ until: "soon" }, "E0000001"],
    [{ limit: "1001" }, "E0000001"],
    [{ limit: "-1" }, "E0000001"],
    [{ sortOrder: "UP" }, "E0000001"],
    [{ after: "<script>" }, "E0000001"],
    [{ q: "x".repeat(41) }, "E0000001"],
    [{ filter: "eventType" }, "E0000053"],
    [{ filter: 'eventType eqq "a"' }, "E0000053"],
    [{ filter: "eventType eq user" }, "E0000053"],
    [{ filter: '(eventType eq "a"' }, "E0000053"],
    [{ filter: 'eventType eq "a" eventType eq "b"' }, "E0000053"],
    [{ filter: 'published gt "2027"' }, "E0000053"],
    [{ filter: 'colour eq "red"' }, "E0000053"],
  ])("%o is refused", async (query, code) => {
    const got = await logs(query);
    expect([got.status, at(got.body, "errorCode")]).toEqual([400, code]);
  });
});
