import { describe, expect, it } from "vitest";
import { FakeClock, settle } from "../../test/support/fake-clock.ts";
import { NO_AUTOMATION } from "./org/automation.ts";
import { Gateway, type GatewayParts, type Reaction } from "./gateway.ts";
import type { Answer } from "./routes/call.ts";
import { DEFAULT_SETTINGS, type EmulatorSettings } from "./traffic/settings.ts";
import { NO_TIMETABLE } from "./traffic/timetable.ts";

const HEADERS = {
  host: "127.0.0.1",
  authorization: "SSWS emulator-token",
  "content-type": "application/json",
  "content-length": "1",
};

function gatewayWith(
  clock: FakeClock,
  settings: Partial<EmulatorSettings> = {},
  parts: Partial<GatewayParts> = {},
): Gateway {
  return new Gateway({
    automation: NO_AUTOMATION,
    clock,
    seed: 1,
    windowMs: 60_000,
    plan: undefined,
    token: "emulator-token",
    apps: [],
    keptCalls: 0,
    timetable: NO_TIMETABLE,
    ...parts,
    hookCa: undefined,
    keptLogEvents: 100,
    settings: { ...DEFAULT_SETTINGS, ...settings },
  });
}

/** Sends a create and is done with it, whatever comes of it. */
async function create(gateway: Gateway, login: string): Promise<Reaction> {
  const reaction = await sent(gateway, login);
  gateway.leave();
  return reaction;
}

function sent(gateway: Gateway, login: string): Reaction | Promise<Reaction> {
  const profile = { login, email: login, firstName: "A", lastName: "B" };
  return gateway.react({
    method: "POST",
    path: "/api/v1/users",
    queryText: "activate=false",
    headers: HEADERS,
    body: JSON.stringify({ profile }),
    origin: "http://127.0.0.1",
    requestId: "a-request",
    ipAddress: "127.0.0.1",
  });
}

function answerOf(reaction: Reaction): Answer {
  if (reaction.kind !== "answer") throw new Error(`no answer but ${reaction.kind}`);
  return reaction.answer;
}

async function statusesOf(gateway: Gateway, logins: readonly string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const login of logins) statuses.push(answerOf(await create(gateway, login)).status);
  return statuses;
}

describe("limits of the emulated org", () => {
  it("without a limit there are no rate headers", async () => {
    const { headers } = answerOf(await create(gatewayWith(new FakeClock()), "a1@example.com"));
    expect(headers).toEqual([]);
  });

  it("a full window answers 429 with Remaining 0, and each bucket has its own", async () => {
    const gateway = gatewayWith(new FakeClock(), { limit: 2 });
    const logins = ["a1@example.com", "a2@example.com", "a3@example.com"];
    expect(await statusesOf(gateway, logins)).toEqual([200, 200, 429]);
    const refused = answerOf(await create(gateway, "a4@example.com"));
    expect(refused.headers.slice(0, 4)).toEqual([
      "X-Rate-Limit-Limit",
      "2",
      "X-Rate-Limit-Remaining",
      "0",
    ]);
    expect(JSON.parse(refused.body)).toMatchObject({ errorCode: "E0000047", errorCauses: [] });
    const read = await gateway.react({
      method: "GET",
      path: "/api/v1/users/a1%40example.com",
      queryText: "",
      headers: HEADERS,
      body: "",
      origin: "http://127.0.0.1",
      requestId: "a-request",
      ipAddress: "127.0.0.1",
    });
    expect(answerOf(read)).toMatchObject({ status: 200 });
    expect(answerOf(read).headers).toContain("1");
    expect(gateway.ledger.rateLimited.window).toBe(2);
  });

  it("rate headers can be missing or come twice", async () => {
    const missing = gatewayWith(new FakeClock(), { limit: 2, rateHeaders: "missing" });
    expect(answerOf(await create(missing, "a1@example.com")).headers).toEqual([]);
    const twice = gatewayWith(new FakeClock(), { limit: 2, rateHeaders: "twice" });
    const { headers } = answerOf(await create(twice, "a1@example.com"));
    expect(headers.filter((line) => line === "X-Rate-Limit-Reset")).toHaveLength(2);
  });

  it("too many at once get 429 with a limit of 0, and are not counted against the window", async () => {
    const clock = new FakeClock();
    const gateway = gatewayWith(clock, { limit: 10, concurrency: 1, latencyMs: 100 });
    const slow = sent(gateway, "a1@example.com");
    const refused = answerOf(await create(gateway, "a2@example.com"));
    expect(refused.status).toBe(429);
    expect(refused.headers.slice(0, 4)).toEqual([
      "X-Rate-Limit-Limit",
      "0",
      "X-Rate-Limit-Remaining",
      "0",
    ]);
    await clock.run();
    expect(answerOf(await slow).headers).toContain("9");
    expect(gateway.ledger.rateLimited.concurrency).toBe(1);
    expect(gateway.ledger.maxInFlight).toBe(2);
  });

  it("a schedule changes the limit in mid-run", async () => {
    const clock = new FakeClock();
    const limits = [
      { atMs: 0, limit: 3 },
      { atMs: 500, limit: 1 },
    ];
    const timetable = { ...NO_TIMETABLE, limits };
    const gateway = gatewayWith(clock, {}, { timetable });
    expect(answerOf(await create(gateway, "a1@example.com")).headers).toContain("3");
    await clock.run({ untilMs: 500 });
    expect(answerOf(await create(gateway, "a2@example.com")).status).toBe(429);
  });

  it("down and read-only spans answer 503 and pass", async () => {
    const clock = new FakeClock();
    const timetable = {
      limits: [],
      down: [{ fromMs: 100, toMs: 200 }],
      readOnly: [{ fromMs: 200, toMs: 300 }],
    };
    const gateway = gatewayWith(clock, {}, { timetable });
    const codes: unknown[] = [];
    for (const untilMs of [0, 100, 200, 300]) {
      await clock.run({ untilMs });
      const { status, body } = answerOf(await create(gateway, `at${untilMs}@example.com`));
      codes.push(status === 200 ? 200 : (JSON.parse(body) as { errorCode: unknown }).errorCode);
    }
    expect(codes).toEqual([200, "E0000181", "E0000010", 200]);
  });

  it("a wrong token is refused and counts against no window", async () => {
    const gateway = gatewayWith(new FakeClock(), { limit: 1 }, { token: "another" });
    expect(await statusesOf(gateway, ["a1@example.com", "a2@example.com"])).toEqual([401, 401]);
    expect(gateway.windows.counts()).toEqual({});
  });
});

describe("faults of the emulated org", () => {
  it.each([
    ["error-before", 0, 500],
    ["error-after", 1, 500],
    ["bare-429", 0, 429],
  ] as const)("%s leaves %i users and answers %i", async (kind, users, status) => {
    const gateway = gatewayWith(new FakeClock(), { faults: { [kind]: { times: 1 } }, limit: 9 });
    expect(answerOf(await create(gateway, "a1@example.com")).status).toBe(status);
    expect(gateway.org.users.size).toBe(users);
    expect(await statusesOf(gateway, ["a1@example.com"])).toEqual([users === 1 ? 400 : 200]);
    expect(gateway.org.loginCollisions).toBe(users);
  });

  it("a bare 429 carries no rate headers although the bucket has a limit", async () => {
    const gateway = gatewayWith(new FakeClock(), { faults: { "bare-429": 1 }, limit: 9 });
    expect(answerOf(await create(gateway, "a1@example.com")).headers).toEqual([]);
  });

  it.each([
    ["reset-before", "drop", 0],
    ["reset-after", "drop", 1],
    ["cut-body", "cut", 1],
  ] as const)("%s: the connection ends by %s, %i users", async (kind, reaction, users) => {
    const gateway = gatewayWith(new FakeClock(), { faults: { [kind]: 1 } });
    expect((await create(gateway, "a1@example.com")).kind).toBe(reaction);
    expect(gateway.org.users.size).toBe(users);
  });

  it("a late commit comes after its connection died", async () => {
    const clock = new FakeClock();
    const faults = { "late-commit": { times: 1 } };
    const gateway = gatewayWith(clock, { faults, lateCommitMs: 700 });
    expect((await create(gateway, "a1@example.com")).kind).toBe("drop");
    await clock.run({ untilMs: 699 });
    expect(gateway.org.users.size).toBe(0);
    await clock.run({ untilMs: 700 });
    expect(gateway.org.users.size).toBe(1);
  });

  it("a late commit does not happen once the emulator is closed", async () => {
    const clock = new FakeClock();
    const gateway = gatewayWith(clock, { faults: { "late-commit": 1 } });
    await create(gateway, "a1@example.com");
    gateway.close();
    await settle();
    expect(gateway.org.users.size).toBe(0);
  });

  it("a hang and a gateway's page hide whether the user was created", async () => {
    for (const kind of ["hang", "html"] as const) {
      const gateway = gatewayWith(new FakeClock(), { faults: { [kind]: 1 } });
      for (let index = 0; index < 40; index += 1) await create(gateway, `a${index}@example.com`);
      expect(gateway.org.users.size).toBeGreaterThan(5);
      expect(gateway.org.users.size).toBeLessThan(35);
    }
  });

  it("two late commits and a retry make one user", async () => {
    const clock = new FakeClock();
    const gateway = gatewayWith(clock, { faults: { "late-commit": { times: 2 } } });
    await create(gateway, "a1@example.com");
    await create(gateway, "A1@example.com");
    expect(await statusesOf(gateway, ["a1@EXAMPLE.com"])).toEqual([200]);
    await clock.run();
    expect(gateway.org.users.size).toBe(1);
    expect(gateway.org.loginCollisions).toBe(2);
  });

  it("faults can be changed while it runs", async () => {
    const gateway = gatewayWith(new FakeClock());
    expect(await statusesOf(gateway, ["a1@example.com"])).toEqual([200]);
    gateway.change({ faults: { "error-before": 1 } });
    expect(await statusesOf(gateway, ["a2@example.com"])).toEqual([500]);
    gateway.change({ faults: {} });
    expect(await statusesOf(gateway, ["a2@example.com"])).toEqual([200]);
  });
});
