import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import {
  type HookAnswer,
  type HookServer,
  SILENT,
  startHookServer,
  UNVERIFIED,
  VERIFIED,
} from "../support/hook-server.ts";
import { makeCertificate } from "../support/private-ca.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { at, type Got, newUser, send } from "./emulator-caller.ts";

const TYPE = "com.okta.user.credential.password.import";
const SECRET = "an-invented-secret";
const USER = "/api/v1/users/ines.moreau%40example.com";
const PASSWORD = "Old password 1";

let clock: FakeClock;
let emulator: Emulator;

async function restart(options: Partial<EmulatorOptions> = {}): Promise<void> {
  await emulator?.close();
  clock = new FakeClock();
  emulator = await startEmulator({ clock, ...options });
  const credentials = { password: { hook: { type: "default" } } };
  await post("/api/v1/users?activate=true", newUser("ines.moreau@example.com", credentials));
}

beforeEach(() => restart());
afterEach(() => emulator.close());

const post = (path: string, body?: unknown): Promise<Got> =>
  send(emulator, { method: "POST", path, body });
const get = (path: string): Promise<Got> => send(emulator, { method: "GET", path });
const signIn = (password = PASSWORD, username = "ines.moreau@example.com"): Promise<Got> =>
  post("/api/v1/authn", { username, password });
const codeOf = (got: Got): unknown => at(got.body, "errorCode");

/** The same value with the type of each text instead of the text. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return typeof value;
  const members = Object.entries(value).map(([name, member]) => [name, shapeOf(member)] as const);
  return Object.fromEntries(members);
}

function hookBody(uri: string, config: object = {}): object {
  const authScheme = { type: "HEADER", key: "Authorization", value: SECRET };
  const whole = { uri, method: "POST", headers: [], authScheme, ...config };
  const channel = { type: "HTTP", version: "1.0.0", config: whole };
  return { name: "Old passwords", type: TYPE, version: "1.0.0", channel };
}

async function register(uri: string, config: object = {}): Promise<string> {
  const got = await post("/api/v1/inlineHooks", hookBody(uri, config));
  expect([got.status, at(got.body, "status")]).toEqual([200, "ACTIVE"]);
  return `/api/v1/inlineHooks/${String(at(got.body, "id"))}`;
}

async function hookThat(...answers: HookServer["answers"]): Promise<HookServer> {
  const hook = await startHookServer(answers);
  await register(hook.uri);
  return hook;
}

describe("signing in with a password that a hook checks", () => {
  it("the hook is told what Okta tells it, at the address and with the headers it was given", async () => {
    const hook = await startHookServer([[200, VERIFIED]]);
    const path = await register(hook.uri, { headers: [{ key: "X-Tenant", value: "north" }] });
    const got = await signIn(PASSWORD, "INES.moreau");
    expect(got.body).toMatchObject({ status: "SUCCESS" });
    const [request] = hook.received;
    expect(request).toMatchObject({
      method: "POST",
      path: "/okta/password-import",
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        authorization: SECRET,
        "x-tenant": "north",
      },
    });
    expect(JSON.parse(request?.body ?? "")).toEqual({
      eventId: expect.stringMatching(/^\w{22}$/) as unknown,
      eventTime: "2027-01-15T08:00:00.000Z",
      eventType: TYPE,
      eventTypeVersion: "1.0",
      contentType: "application/json",
      cloudEventVersion: "0.1",
      source: `${emulator.url}${path}`,
      data: {
        context: {
          request: {
            id: got.headers["x-okta-request-id"],
            method: "POST",
            url: { value: "/api/v1/authn" },
            ipAddress: "127.0.0.1",
          },
          credential: { username: "INES.moreau", password: PASSWORD },
        },
        action: { credential: "UNVERIFIED" },
      },
    });
  });

  it("what it is told has the shape of Okta's published example, whose answers it may give", async () => {
    const file = new URL("../../fixtures/okta-hooks/password-import.json", import.meta.url);
    const { request, answers } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly request: unknown;
      readonly answers: Readonly<Record<"verified" | "unverified", unknown>>;
    };
    const { unverified, verified } = answers;
    const hook = await hookThat([200, JSON.stringify(unverified)], [200, JSON.stringify(verified)]);
    expect((await signIn()).status).toBe(401);
    expect((await signIn()).status).toBe(200);
    expect(shapeOf(JSON.parse(hook.received[0]?.body ?? ""))).toEqual(shapeOf(request));
  });

  it("a right password is stored, and the hook is asked no more", async () => {
    const hook = await hookThat([200, VERIFIED]);
    const before = await get(USER);
    expect(at(before.body, "credentials", "provider", "type")).toBe("IMPORT");
    await clock.run({ untilMs: 5000 });
    expect((await signIn()).body).toMatchObject({ status: "SUCCESS" });
    const after = await get(USER);
    expect(after.body).toMatchObject({
      credentials: { password: {}, provider: { type: "OKTA" } },
      passwordChanged: "2027-01-15T08:00:05.000Z",
    });
    expect(after.headers["etag"]).not.toBe(before.headers["etag"]);
    expect((await signIn()).body).toMatchObject({ status: "SUCCESS" });
    expect((await signIn("Old password 2")).status).toBe(401);
    expect(hook.received).toHaveLength(1);
    expect([...emulator.users()]).toMatchObject([{ password: "value" }]);
  });

  it.each<[string, readonly [number, string?]]>([
    ["UNVERIFIED", [200, UNVERIFIED]],
    ["204", [204]],
    ["no command", [200, "{}"]],
  ])("a wrong password, told by %s, is refused; nothing is stored", async (_what, answer) => {
    const hook = await hookThat(answer);
    for (const tries of [1, 2]) {
      const got = await signIn();
      expect([got.status, codeOf(got)]).toEqual([401, "E0000004"]);
      expect(hook.received).toHaveLength(tries);
    }
    expect([...emulator.users()]).toMatchObject([{ password: "hook", provider: "IMPORT" }]);
  });

  const elsewhere: HookAnswer = (response) =>
    response.writeHead(302, { location: "/elsewhere" }).end();
  const endless: HookAnswer = (response) => response.writeHead(200).end(" ".repeat(262_144));
  const dropped: HookAnswer = (response) => void response.destroy();
  it.each<[string, HookServer["answers"][number], number, string, number]>([
    ["answers 500", [500], 502, "E0000134", 2],
    ["answers 404", [404], 502, "E0000134", 1],
    ["points elsewhere", elsewhere, 502, "E0000134", 2],
    ["answers no JSON", [200, "VERIFIED"], 502, "E0000134", 1],
    ["answers a word of its own", [200, VERIFIED.replace("VER", "CLAR")], 502, "E0000134", 1],
    ["answers 256 KB", endless, 502, "E0000134", 1],
    ["answers an error", [200, '{"error":{"errorSummary":"busy"}}'], 400, "E0000135", 1],
    ["hangs up", dropped, 504, "E0000137", 2],
  ])("a hook that %s: the sign-in fails", async (_what, answer, status, code, calls) => {
    const hook = await hookThat(answer);
    const got = await signIn();
    expect([got.status, codeOf(got)]).toEqual([status, code]);
    expect(hook.received).toHaveLength(calls);
    expect(new Set(hook.received.map(({ path }) => path)).size).toBe(1);
    hook.received.length = 0;
    hook.answers = [[200, VERIFIED]];
    expect((await signIn()).body).toMatchObject({ status: "SUCCESS" });
  });

  it("a second try saves the day, with the same event", async () => {
    const hook = await hookThat([503], [200, VERIFIED]);
    expect((await signIn()).status).toBe(200);
    const [first, second] = hook.received;
    expect(second?.body).toBe(first?.body);
  });

  it("a hook has three seconds, twice; meanwhile the org serves others", async () => {
    const hook = await hookThat(SILENT);
    const waiting = signIn();
    await vi.waitFor(() => expect(hook.received).toHaveLength(1));
    expect((await get(USER)).status).toBe(200);
    expect(emulator.ledger().inFlight).toBe(1);
    await clock.run({ untilMs: 2999 });
    expect(hook.received).toHaveLength(1);
    await clock.run({ untilMs: 3000 });
    await vi.waitFor(() => expect(hook.received).toHaveLength(2));
    await vi.waitFor(() => expect(clock.pending).toBe(1));
    await clock.run({ untilMs: 6000 });
    const got = await waiting;
    expect([got.status, codeOf(got)]).toEqual([504, "E0000137"]);
  });

  it("the time can be set, and a hook that is not there is told apart from nothing", async () => {
    const hook = await hookThat(SILENT);
    emulator.change({ hookTimeoutMs: 10 });
    const waiting = signIn();
    await vi.waitFor(() => expect(hook.received).toHaveLength(1));
    await clock.run({ untilMs: 10 });
    await vi.waitFor(() => expect(hook.received).toHaveLength(2));
    await vi.waitFor(() => expect(clock.pending).toBe(1));
    await clock.run({ untilMs: 20 });
    expect((await waiting).status).toBe(504);
    await restart();
    await register("http://127.0.0.1:1/");
    expect(codeOf(await signIn())).toBe("E0000137");
  });

  it("without an active hook, or before the user is active, nobody is asked", async () => {
    expect((await signIn()).status).toBe(401);
    const hook = await startHookServer([[200, VERIFIED]]);
    const path = await register(hook.uri);
    await post(`${path}/lifecycle/deactivate`);
    expect((await signIn()).status).toBe(401);
    await post(`${path}/lifecycle/activate`);
    await post(`${USER}/lifecycle/suspend`);
    expect((await signIn()).status).toBe(401);
    expect(hook.received).toEqual([]);
  });

  it("in read-only mode people sign in, and the hook is asked again until it can be stored", async () => {
    const hook = await hookThat([200, VERIFIED]);
    emulator.change({ readOnly: true });
    expect((await post("/api/v1/users", newUser("otto@example.com"))).status).toBe(503);
    for (const calls of [1, 2]) {
      expect((await signIn()).body).toMatchObject({ status: "SUCCESS" });
      expect(hook.received).toHaveLength(calls);
    }
    emulator.change({ readOnly: false });
    await signIn();
    await signIn();
    expect(hook.received).toHaveLength(3);
  });

  it("a password that was set while the hook was asked is not overwritten", async () => {
    const answering: { now?: () => void } = {};
    const hook = await hookThat((response) => {
      answering.now = () => void response.end(VERIFIED);
    });
    const waiting = signIn();
    await vi.waitFor(() => expect(hook.received).toHaveLength(1));
    await post(USER, { credentials: { password: { value: "Another-7-pass" } } });
    answering.now?.();
    expect((await waiting).status).toBe(200);
    expect((await signIn()).status).toBe(401);
    expect((await signIn("Another-7-pass")).status).toBe(200);
  });

  it("over https the certificate must be vouched for", async () => {
    const tls = makeCertificate(makeTempFolder(), "localhost");
    expect(tls, "this test needs openssl").toBeDefined();
    const hook = await startHookServer([[200, VERIFIED]], tls);
    await register(hook.uri);
    expect(codeOf(await signIn())).toBe("E0000137");
    expect(hook.received).toEqual([]);
    await restart({ hookCa: tls?.cert ?? "" });
    await register(hook.uri);
    expect((await signIn()).body).toMatchObject({ status: "SUCCESS" });
  });
});

describe("looking after a hook", () => {
  it("trying it out sends what is given and answers what the hook answered", async () => {
    const hook = await startHookServer([[200, VERIFIED], [204], [500], [500], [200, "no JSON"]]);
    const path = await register(hook.uri);
    const payload = { eventType: TYPE, data: { context: { credential: { username: "a" } } } };
    expect(await post(`${path}/execute`, payload)).toMatchObject({
      status: 200,
      body: JSON.parse(VERIFIED) as unknown,
    });
    expect(hook.received[0]?.body).toBe(JSON.stringify(payload));
    expect((await post(`${path}/execute`, payload)).status).toBe(204);
    for (const why of ["it answered 500", "no JSON object"]) {
      const failed = await post(`${path}/execute`, payload);
      expect([failed.status, codeOf(failed)]).toEqual([400, "E0000001"]);
      expect(at(failed.body, "errorCauses", 0, "errorSummary")).toContain(why);
    }
    expect(hook.received).toHaveLength(5);
    const other = { ...payload, eventType: "com.okta.import.transform" };
    expect((await post(`${path}/execute`, other)).status).toBe(400);
    expect((await post(`${path}/execute`, {})).status).toBe(400);
    await post(`${path}/lifecycle/deactivate`);
    expect((await post(`${path}/execute`, payload)).status).toBe(400);
    expect(hook.received).toHaveLength(5);
  });

  it("its secret is kept and never shown; a change may leave it out, a replacement may not", async () => {
    const hook = await startHookServer([[204]]);
    const path = await register("https://hook.example.com/", { headers: [] });
    const config = { uri: hook.uri, authScheme: { type: "HEADER", key: "authorization" } };
    const channel = { type: "HTTP", config };
    const changed = await post(path, { channel });
    expect(changed.body).toMatchObject({
      name: "Old passwords",
      channel: { config: { uri: hook.uri, authScheme: { type: "HEADER", key: "Authorization" } } },
    });
    await signIn();
    expect(hook.received).toMatchObject([{ headers: { authorization: SECRET } }]);
    const put = (body: object): Promise<Got> => send(emulator, { method: "PUT", path, body });
    expect((await put({ name: "New name", channel })).status).toBe(400);
    const replaced = await put({ name: "New name", channel: { config: { uri: hook.uri } } });
    expect(replaced.body).toMatchObject({
      name: "New name",
      type: TYPE,
      channel: { config: { authScheme: null } },
    });
    const shown = [changed, replaced, await get(path), await get("/api/v1/inlineHooks")];
    expect(JSON.stringify(shown.map(({ body }) => body))).not.toContain(SECRET);
  });

  it("an active one is not deleted; afterwards there may be another one", async () => {
    const path = await register("https://hook.example.com/");
    const remove = (): Promise<Got> => send(emulator, { method: "DELETE", path });
    expect((await remove()).status).toBe(403);
    const inactive = await post(`${path}/lifecycle/deactivate`);
    expect(Object.keys(at(inactive.body, "_links") as object)).toContain("delete");
    expect(codeOf(await post("/api/v1/inlineHooks", hookBody("https://b.example.com/")))).toBe(
      "E0000001",
    );
    expect((await remove()).status).toBe(204);
    await register("https://b.example.com/");
  });

  it.each<[string, object, number]>([
    ["plain http to elsewhere", hookBody("http://hook.example.com/"), 400],
    ["plain http to a name that only begins well", hookBody("http://127.0.0.1.example.com/"), 400],
    ["an address with blanks", hookBody("https://hook.example.com/a b"), 400],
    ["an address too long", hookBody(`https://hook.example.com/${"x".repeat(1000)}`), 400],
    ["a scheme of its own", hookBody("ftp://hook.example.com/"), 400],
    ["no address", { ...hookBody(""), channel: { config: {} } }, 400],
    ["another method", hookBody("https://hook.example.com/", { method: "PUT" }), 400],
    ["a type there is not", { ...hookBody("https://a.example.com/"), type: "com.okta.x" }, 400],
    ["no name", { ...hookBody("https://a.example.com/"), name: "" }, 400],
    [
      "a header that HTTP can't carry",
      hookBody("https://a.example.com/", { headers: [{ key: "x", value: "a\nb" }] }),
      400,
    ],
    [
      "a header that is HTTP's own",
      hookBody("https://a.example.com/", { headers: [{ key: "Host", value: "b" }] }),
      400,
    ],
    [
      "a channel that is not imitated",
      { ...hookBody("https://a.example.com/"), channel: { type: "OAUTH", config: {} } },
      501,
    ],
  ])("%s is refused", async (_what, body, status) => {
    expect((await post("/api/v1/inlineHooks", body)).status).toBe(status);
    expect((await get("/api/v1/inlineHooks")).body).toEqual([]);
  });
});
