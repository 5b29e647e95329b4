import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { Client, request } from "undici";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { at, newUser, send, type Sent } from "./emulator-caller.ts";

let emulator: Emulator;

async function restart(options: Partial<EmulatorOptions> = {}): Promise<void> {
  await emulator?.close();
  emulator = await startEmulator({ clock: new FakeClock(), ...options });
}

beforeEach(() => restart());
afterEach(() => emulator.close());

const CREATE: Sent = { method: "POST", path: "/api/v1/users", body: newUser("ines@example.com") };

/** Sends bytes as they are and gives back all that comes until the connection ends. */
async function sendRaw(lines: readonly string[]): Promise<string> {
  const socket = connect(Number(new URL(emulator.url).port), "127.0.0.1");
  socket.end(`${lines.join("\r\n")}\r\n\r\n`);
  return text(socket);
}

describe("what a caller meets on the wire", () => {
  it("a connection that dies after the commit: no answer, one user", async () => {
    await restart({ faults: { "reset-after": { times: 1 } } });
    await expect(send(emulator, CREATE)).rejects.toBeInstanceOf(Error);
    expect(emulator.ledger()).toMatchObject({ users: 1, faults: { unspent: {} } });
    expect((await send(emulator, CREATE)).status).toBe(400);
  });

  it("an answer cut in the middle: its head promises more than comes", async () => {
    await restart({ faults: { "cut-body": { times: 1 } } });
    const { body } = CREATE;
    const response = await request(`${emulator.url}/api/v1/users`, {
      method: "POST",
      headers: { authorization: "SSWS emulator-token", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.statusCode).toBe(200);
    await expect(response.body.text()).rejects.toBeInstanceOf(Error);
    expect(emulator.ledger().users).toBe(1);
  });

  it("a request that hangs is in flight until the caller goes", async () => {
    await restart({ faults: { hang: { times: 1 } } });
    const client = new Client(emulator.url);
    const headers = { authorization: "SSWS emulator-token", "content-type": "application/json" };
    const body = JSON.stringify(CREATE.body);
    const outcome = client.request({ method: "POST", path: "/api/v1/users", headers, body }).then(
      () => "answered",
      () => "never answered",
    );
    await vi.waitFor(() => expect(emulator.ledger().inFlight).toBe(1));
    await client.destroy();
    expect(await outcome).toBe("never answered");
    await vi.waitFor(() => expect(emulator.ledger().inFlight).toBe(0));
  });

  it("a gateway's page is HTML with status 502", async () => {
    await restart({ faults: { html: { times: 1 } } });
    const got = await send(emulator, CREATE);
    expect([got.status, got.headers["content-type"]]).toEqual([502, "text/html"]);
    expect(got.body).toMatch(/^<html>/);
  });

  it("a POST without a length is answered 411, one with a length of 0 is not", async () => {
    const head = [
      "POST /api/v1/users/x/lifecycle/activate HTTP/1.1",
      "Host: x",
      "Connection: close",
    ];
    const token = "Authorization: Bearer emulator-token";
    expect(await sendRaw([...head, token])).toMatch(/^HTTP\/1\.1 411 /);
    expect(await sendRaw([...head, token, "Content-Length: 0"])).toMatch(/^HTTP\/1\.1 404 /);
  });

  it("a body that comes in chunks is taken", async () => {
    const got = await sendRaw([
      "POST /api/v1/users HTTP/1.1",
      "Host: x",
      "Connection: close",
      "Authorization: Bearer emulator-token",
      "Content-Type: application/json; charset=utf-8",
      "Transfer-Encoding: chunked",
      "",
      ...[...JSON.stringify(CREATE.body)].flatMap((character) => ["1", character]),
      "0",
      "",
    ]);
    expect(got).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("a body of more than a megabyte is refused", async () => {
    const body = { profile: { title: "x".repeat(1_100_000) } };
    expect((await send(emulator, { ...CREATE, body })).status).toBe(413);
  });

  it("an unknown route is answered 501 and names the known ones; a wrong method 405", async () => {
    const unknown = await send(emulator, { method: "GET", path: "/api/v1/apps" });
    expect(unknown.status).toBe(501);
    expect(at(unknown.body, "errorCauses", 0, "errorSummary")).toContain("POST /api/v1/users");
    const wrong = await send(emulator, { method: "DELETE", path: "/api/v1/users" });
    expect([wrong.status, at(wrong.body, "errorCode")]).toEqual([405, "E0000022"]);
    expect(emulator.ledger().requests["unknown"]?.statuses).toEqual({ "501": 1, "405": 1 });
  });

  it.each([
    ["no token", { authorization: "" }, 401],
    ["another token", { authorization: "Bearer another" }, 401],
    ["another scheme", { authorization: "DPoP emulator-token" }, 401],
    ["a bearer token", { authorization: "Bearer emulator-token" }, 200],
    ["a body that is no JSON by its type", { "content-type": "text/plain" }, 400],
    ["an answer wanted as XML", { accept: "text/xml" }, 406],
    ["any answer wanted", { accept: "*/*" }, 200],
  ])("%s", async (_what, headers, status) => {
    expect((await send(emulator, { ...CREATE, headers })).status).toBe(status);
  });

  it("a clock that is ahead shows in Date, in Reset and in created", async () => {
    const clock = new FakeClock({ wallStartMs: 1_800_000_000_000 });
    await restart({ clock, clockSkewMs: 90_000, limit: 5, windowMs: 1000 });
    const got = await send(emulator, CREATE);
    expect(Date.parse(String(got.headers["date"]))).toBe(1_800_000_090_000);
    const resetAtSeconds = Number(got.headers["x-rate-limit-reset"]);
    expect(resetAtSeconds).toBe(1_800_000_091);
    expect(at(got.body, "created")).toBe(new Date(1_800_000_090_000).toISOString());
  });

  it("closing ends what is open", async () => {
    const client = new Client(emulator.url);
    const path = "/.well-known/okta-organization";
    await (await client.request({ method: "GET", path })).body.dump();
    await emulator.close();
    await expect(client.request({ method: "GET", path })).rejects.toBeInstanceOf(Error);
    await client.destroy();
  });
});

describe("looking into the emulator", () => {
  it("users come as one line of JSON each, without password material", async () => {
    const credentials = { password: { value: "Invented-7-pass" } };
    for (let index = 0; index < 1200; index += 1) {
      const body = newUser(`user${index}@example.com`, index === 0 ? credentials : undefined);
      await send(emulator, { ...CREATE, body });
    }
    const response = await request(`${emulator.url}/__emulator/users`);
    const lines = (await response.body.text()).trimEnd().split("\n");
    const users = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(users).toEqual([...emulator.users()]);
    expect(users).toHaveLength(1200);
    expect(users[0]).toMatchObject({ login: "user0@example.com", password: "value", groups: [] });
    expect(users[1]).toMatchObject({ status: "PROVISIONED", password: "none" });
    expect(lines.join("")).not.toContain("SHA-512");
  });

  it("what happened is counted, by route, and calls are kept when asked for", async () => {
    await restart({ keptCalls: 2 });
    await send(emulator, CREATE);
    await send(emulator, CREATE);
    await send(emulator, { method: "GET", path: "/api/v1/users?limit=1" });
    const state = await send(emulator, { method: "GET", path: "/__emulator/state" });
    expect(state.body).toEqual(JSON.parse(JSON.stringify(emulator.ledger())));
    expect(state.body).toMatchObject({
      users: 1,
      usersCreated: 1,
      loginCollisions: 1,
      inFlight: 0,
      maxInFlight: 1,
      requests: { "POST /api/v1/users": { requests: 2, statuses: { "200": 1, "400": 1 } } },
      internalErrors: 0,
    });
    expect(emulator.calls()).toMatchObject([
      { method: "POST", path: "/api/v1/users", status: 400 },
      { method: "GET", path: "/api/v1/users", query: "limit=1", status: 200 },
    ]);
  });

  it("settings change in mid-run, wrong ones are refused, a reset forgets users", async () => {
    const set = (body: unknown) =>
      send(emulator, { method: "POST", path: "/__emulator/set", body });
    expect((await set({ limit: 1, faults: { "error-before": { times: 1 } } })).status).toBe(200);
    expect((await send(emulator, CREATE)).status).toBe(500);
    expect((await send(emulator, CREATE)).status).toBe(429);
    expect((await set({ limit: 0, readOnly: true })).status).toBe(200);
    expect((await send(emulator, CREATE)).status).toBe(503);
    await set({ readOnly: false, faults: 0 });
    expect((await send(emulator, CREATE)).status).toBe(200);
    for (const wrong of [{ limits: 1 }, { limit: "1" }, { limit: -1 }, { faults: { fire: 1 } }]) {
      expect((await set(wrong)).status).toBe(400);
    }
    await send(emulator, { method: "POST", path: "/__emulator/reset", body: {} });
    expect(emulator.ledger()).toMatchObject({ users: 0, requests: {}, settings: { limit: 0 } });
    expect((await send(emulator, CREATE)).status).toBe(200);
  });
});
