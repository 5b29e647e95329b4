import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../../../test/support/fake-clock.ts";
import type { MigrationEvent } from "../../core/index.ts";
import { ServerClock } from "../server-clock.ts";
import { createGovernor, type RateFacts } from "./index.ts";

interface Org {
  readonly windowMs: number;
  /** How far into its window the org is at the start. */
  readonly phaseMs: number;
  readonly limit: (atMs: number) => number | undefined;
  readonly latencyMs: number;
  readonly skewMs?: number;
  readonly rounding?: "ceil" | "floor" | "round";
  /** Requests of others in a window, spread evenly. */
  readonly others?: number;
  /** What the token really may, whatever the headers promise. */
  readonly cap?: number;
  readonly concurrency?: number;
  readonly bare?: (request: number) => boolean;
  /** Seconds by which the reset header of an answer is off. */
  readonly jitterS?: (request: number) => number;
}

interface Result {
  readonly windows: readonly { ours: number; limit: number }[];
  readonly rateLimited: number;
  readonly lowestRemaining: number;
  readonly highestInFlight: number;
  readonly sentAtMs: readonly number[];
  readonly events: readonly MigrationEvent[];
  readonly finishedAtMs: number;
}

const ORG_START_MS = 1_750_000_000_000;

/** Sends `requests` through a governor to a pretend org in pretend time. */
async function send(
  org: Org,
  {
    requests,
    share = 0.9,
    maxConcurrency = 50,
  }: { requests: number; share?: number; maxConcurrency?: number },
): Promise<Result> {
  const clock = new FakeClock();
  const serverClock = new ServerClock(clock);
  const events: MigrationEvent[] = [];
  const governor = createGovernor({
    rateShare: share,
    maxConcurrency,
    serverClock,
    clock,
    random: () => 0.5,
    events: { emit: (event) => events.push(event) },
  });
  const windows = new Map<number, { ours: number; limit: number; used: number; capUsed: number }>();
  let rateLimited = 0;
  let lowestRemaining = Infinity;
  let inFlight = 0;
  let highestInFlight = 0;
  let served = 0;
  const sentAtMs: number[] = [];

  const serve = async (): Promise<RateFacts> => {
    served += 1;
    const request = served;
    inFlight += 1;
    highestInFlight = Math.max(highestInFlight, inFlight);
    const over = org.concurrency !== undefined && inFlight > org.concurrency;
    const atMs = clock.now();
    const index = Math.floor((atMs + org.phaseMs) / org.windowMs);
    const endMs = (index + 1) * org.windowMs - org.phaseMs;
    const limit = org.limit(atMs);
    const window = windows.get(index) ?? { ours: 0, limit: limit ?? Infinity, used: 0, capUsed: 0 };
    windows.set(index, window);
    const othersNow = Math.floor(
      ((org.others ?? 0) * (org.windowMs - (endMs - atMs))) / org.windowMs,
    );
    const bare = org.bare?.(request) === true;
    let status = 200;
    let remaining = limit === undefined ? undefined : Math.max(0, limit - window.used - othersNow);
    if (over) inFlight -= 1;
    if (over || bare) status = 429;
    else if (remaining === 0 || (org.cap !== undefined && window.capUsed >= org.cap)) status = 429;
    else {
      window.ours += 1;
      window.used += 1;
      window.capUsed += 1;
      if (remaining !== undefined) remaining -= 1;
    }
    const dateMs = Math.floor((ORG_START_MS + atMs + (org.skewMs ?? 0)) / 1000) * 1000;
    await clock.sleep(org.latencyMs);
    if (!over) inFlight -= 1;
    if (status === 429) rateLimited += 1;
    if (remaining !== undefined) lowestRemaining = Math.min(lowestRemaining, remaining);
    if (over) return { status, dateMs, limit: 0, remaining: 0, resetAtMs: dateMs + 1000 };
    if (bare || limit === undefined || remaining === undefined) return { status, dateMs };
    const resetAtMs =
      Math[org.rounding ?? "ceil"]((ORG_START_MS + endMs + (org.skewMs ?? 0)) / 1000) * 1000;
    const jitterMs = (org.jitterS?.(request) ?? 0) * 1000;
    return { status, dateMs, limit, remaining, resetAtMs: resetAtMs + jitterMs };
  };

  let done = 0;
  const one = async (): Promise<void> => {
    for (let again = false; ; again = true) {
      const ticket = await governor.admit("POST /api/v1/users", { again });
      await ticket.slot();
      sentAtMs.push(clock.now());
      const facts = await serve();
      const { retryAfterMs } = ticket.answered(facts);
      if (facts.status !== 429) break;
      await clock.sleep(retryAfterMs);
    }
    done += 1;
  };
  for (let index = 0; index < requests; index += 1) void one();
  await clock.run({ done: () => done === requests, untilMs: 4 * 3_600_000 });
  expect(done).toBe(requests);
  const indices = [...windows.keys()].sort((a, b) => a - b);
  return {
    windows: indices.map((index) => windows.get(index) ?? { ours: 0, limit: 0 }),
    rateLimited,
    lowestRemaining,
    highestInFlight,
    sentAtMs,
    events,
    finishedAtMs: clock.now(),
  };
}

const budgetOf = (limit: number, share: number): number => Math.max(1, Math.floor(limit * share));

describe("alone in a bucket", () => {
  it("fills its share of each whole window and never meets a 429, whatever the org's clock shows", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          limit: fc.integer({ min: 60, max: 900 }),
          windowS: fc.constantFrom(2, 5, 10, 60),
          phase: fc.double({ min: 0, max: 0.99, noNaN: true }),
          latencyPart: fc.double({ min: 0, max: 0.05, noNaN: true }),
          skewMs: fc.integer({ min: -900_000, max: 900_000 }),
          rounding: fc.constantFrom("ceil", "floor", "round" as const),
          share: fc.constantFrom(0.5, 0.9, 1),
        }),
        async ({ limit, windowS, phase, latencyPart, skewMs, rounding, share }) => {
          const windowMs = windowS * 1000;
          const latencyMs = Math.min(600, Math.floor(windowMs * latencyPart));
          const budget = budgetOf(limit, share);
          const result = await send(
            {
              windowMs,
              phaseMs: Math.floor(phase * windowMs),
              limit: () => limit,
              latencyMs,
              skewMs,
              rounding,
            },
            { requests: budget * 7, share, maxConcurrency: 200 },
          );
          expect(result.rateLimited).toBe(0);
          for (const window of result.windows) expect(window.ours).toBeLessThanOrEqual(budget);
          const whole = result.windows.slice(3, -1);
          const filled =
            whole.reduce((sum, window) => sum + window.ours, 0) / (whole.length * budget);
          expect(filled).toBeGreaterThanOrEqual(0.99);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Sends of each window, relative to the window's start. */
function sendsByWindow(result: Result, org: Org): Map<number, number[]> {
  const byWindow = new Map<number, number[]>();
  for (const atMs of result.sentAtMs) {
    const index = Math.floor((atMs + org.phaseMs) / org.windowMs);
    const inWindow = byWindow.get(index) ?? [];
    inWindow.push(atMs + org.phaseMs - index * org.windowMs);
    byWindow.set(index, inWindow);
  }
  return byWindow;
}

const minute: Org = { windowMs: 60_000, phaseMs: 17_000, limit: () => 600, latencyMs: 250 };
const eventsOf = (result: Result, name: MigrationEvent["event"]): readonly MigrationEvent[] =>
  result.events.filter((event) => event.event === name);

describe("the pace inside a window", () => {
  it("is even: no second of a whole window carries much more than its part", async () => {
    const result = await send(minute, { requests: 540 * 4 });
    const whole = [...sendsByWindow(result, minute).values()].slice(1, -1);
    for (const sends of whole) {
      for (let second = 0; second < 60; second += 1) {
        const inSecond = sends.filter((atMs) => Math.floor(atMs / 1000) === second).length;
        expect(inSecond).toBeLessThanOrEqual(18);
      }
    }
  });

  it("keeps in flight what rate and latency need, not what the ceiling allows", async () => {
    const result = await send(minute, { requests: 540 * 2, maxConcurrency: 50 });
    expect(result.highestInFlight).toBeLessThanOrEqual(9);
  });

  it("works with windows of two seconds, as a rehearsal has them", async () => {
    const org: Org = { windowMs: 2000, phaseMs: 700, limit: () => 100, latencyMs: 5 };
    const result = await send(org, { requests: 90 * 30 });
    expect(result.rateLimited).toBe(0);
    const whole = result.windows.slice(6, -1);
    const filled = whole.reduce((sum, window) => sum + window.ours, 0) / (whole.length * 90);
    expect(filled).toBeGreaterThanOrEqual(0.99);
    for (const window of result.windows) expect(window.ours).toBeLessThanOrEqual(90);
  });
});

describe("a bucket that others use as well", () => {
  it("does not lose its windows, however short they are", async () => {
    for (const windowMs of [2000, 5000, 10_000]) {
      for (const phase of [0, 0.13, 0.37, 0.5, 0.95]) {
        const org: Org = {
          windowMs,
          phaseMs: Math.floor(phase * windowMs),
          limit: () => 200,
          latencyMs: 5,
          others: 100,
        };
        const result = await send(org, { requests: 100 * 9 });
        expect(result.rateLimited).toBe(0);
        const whole = result.windows.slice(2, -1);
        const filled = whole.reduce((sum, window) => sum + window.ours, 0) / (whole.length * 100);
        expect(filled).toBeGreaterThan(0.85);
      }
    }
  });

  it("leaves them their requests and never takes the last one", async () => {
    for (const others of [100, 300, 500]) {
      const result = await send({ ...minute, others }, { requests: (600 - others) * 6 });
      expect(result.rateLimited).toBe(0);
      expect(result.lowestRemaining).toBeGreaterThan(0);
      const whole = result.windows.slice(2, -1);
      const room = Math.min(540, 600 - others);
      const filled = whole.reduce((sum, window) => sum + window.ours, 0) / (whole.length * room);
      expect(filled).toBeGreaterThan(0.85);
    }
  });
});

describe("limits that change or lie", () => {
  it("follows a limit that shrinks and one that grows in mid-run", async () => {
    const change = (toLimit: number): Org => ({
      ...minute,
      limit: (atMs) => (atMs < 100_000 ? 600 : toLimit),
    });
    const shrunk = await send(change(200), { requests: 1500 });
    expect(shrunk.windows.slice(3, -1).every((window) => window.ours <= 180)).toBe(true);
    expect(shrunk.rateLimited).toBeLessThanOrEqual(5);
    const grown = await send(change(1200), { requests: 5000 });
    expect(grown.rateLimited).toBe(0);
    expect(Math.max(...grown.windows.map((window) => window.ours))).toBeGreaterThanOrEqual(1070);
  });

  it("keeps to its share where the reset of one window comes a second apart", async () => {
    for (const every of [2, 13]) {
      const jitterS = (request: number): number => (request % every === 1 ? 1 : 0);
      const result = await send({ ...minute, jitterS }, { requests: 540 * 5 });
      expect(result.rateLimited).toBe(0);
      expect(result.windows.every((window) => window.ours <= 540)).toBe(true);
      expect(result.windows.slice(2, -1).every((window) => window.ours >= 535)).toBe(true);
    }
  });

  it("learns a token's smaller cap from few refusals, and says where to raise it", async () => {
    const result = await send({ ...minute, cap: 300 }, { requests: 1800 });
    expect(eventsOf(result, "rate-cap-learned")).toMatchObject([{ cap: 300 }]);
    expect(JSON.stringify(eventsOf(result, "rate-cap-learned"))).toContain(
      "Application rate limits",
    );
    expect(result.rateLimited).toBeLessThanOrEqual(12);
    expect(result.windows.slice(2, -1).every((window) => window.ours === 270)).toBe(true);
  });

  it("learns it in windows of two seconds, too", async () => {
    const org: Org = { windowMs: 2000, phaseMs: 700, limit: () => 200, latencyMs: 5, cap: 100 };
    const result = await send(org, { requests: 90 * 8 });
    expect(eventsOf(result, "rate-cap-learned")).toMatchObject([{ cap: 100 }]);
    expect(result.rateLimited).toBeLessThanOrEqual(8);
    expect(result.windows.slice(4, -1).every((window) => window.ours >= 88)).toBe(true);
  });

  it("takes a missing limit as none and lets only the ceiling bound the run", async () => {
    const result = await send(
      { ...minute, limit: () => undefined },
      { requests: 2000, maxConcurrency: 30 },
    );
    expect(result.rateLimited).toBe(0);
    expect(result.highestInFlight).toBe(30);
    expect(result.finishedAtMs).toBeLessThan(20_000);
  });

  it("repeats a request that met a bare 429 and goes on at its pace", async () => {
    const result = await send(
      { ...minute, bare: (request) => request % 40 === 7 },
      { requests: 1500 },
    );
    expect(result.rateLimited).toBeGreaterThan(10);
    const whole = result.windows.slice(1, -1);
    for (const window of whole) expect(window.ours).toBeGreaterThan(490);
  });

  it("backs off as a whole when bare 429s do not end, and comes back when they do", async () => {
    const storm: Org = {
      ...minute,
      limit: () => undefined,
      bare: (request) => request > 50 && request < 70,
    };
    const result = await send(storm, { requests: 500 });
    expect(result.rateLimited).toBe(19);
    expect(result.finishedAtMs).toBeLessThan(300_000);
  });
});

describe("a limit on requests at once", () => {
  it("lowers what is in flight and delays only what was refused", async () => {
    const org: Org = { ...minute, limit: () => undefined, latencyMs: 100, concurrency: 20 };
    const result = await send(org, { requests: 4000, maxConcurrency: 50 });
    // Finding the limit overshoots once by what a doubling brings; growing costs one refusal each.
    expect(result.rateLimited).toBeLessThanOrEqual(30);
    expect(eventsOf(result, "concurrency-lowered").length).toBeGreaterThan(0);
    // 4,000 requests, 20 at once, 100 ms each: 20 s at best.
    expect(result.finishedAtMs).toBeLessThan(22_000);
  });
});

describe("two buckets on one wire", () => {
  it("lets a look-up through while creates never cease to wait", async () => {
    const clock = new FakeClock();
    const governor = createGovernor({
      rateShare: 0.9,
      maxConcurrency: 4,
      serverClock: new ServerClock(clock),
      clock,
      random: () => 0.5,
      events: { emit: () => undefined },
    });
    const answered = { "POST /api/v1/users": 0, "GET /api/v1/users/{id}": 0 };
    const one = async (bucket: keyof typeof answered, again: boolean): Promise<void> => {
      const ticket = await governor.admit(bucket, { again });
      await ticket.slot();
      await clock.sleep(100);
      answered[bucket] += 1;
      ticket.answered({ status: 200 });
    };
    void one("GET /api/v1/users/{id}", true);
    void one("POST /api/v1/users", false);
    await clock.run();
    for (let index = 0; index < 400; index += 1) void one("POST /api/v1/users", false);
    for (let index = 0; index < 20; index += 1) void one("GET /api/v1/users/{id}", true);
    await clock.run({ done: () => answered["GET /api/v1/users/{id}"] === 21 });
    expect(answered["POST /api/v1/users"]).toBeLessThan(40);
  });
});

describe("an org that refuses without end", () => {
  const at = (facts: Partial<RateFacts>) => (nowMs: number) => ({
    status: 429,
    dateMs: Math.floor((ORG_START_MS + nowMs) / 1000) * 1000,
    ...facts,
  });
  it.each([
    ["says to come back at once", at({ retryAfterMs: 0 })],
    [
      "names a window that is over long ago",
      at({ limit: 600, remaining: 0, resetAtMs: ORG_START_MS - 5000 }),
    ],
    [
      "names a window that ends now",
      (nowMs: number) =>
        at({ limit: 600, remaining: 0, resetAtMs: at({})(nowMs).dateMs - 1000 })(nowMs),
    ],
    ["names a limit and no window", at({ limit: 600, remaining: 0 })],
    ["promises room all the same", at({ limit: 600, remaining: 500 })],
    ["says that too many are at once", at({ limit: 0, remaining: 0 })],
    ["says nothing", at({})],
  ])("is asked about once a second at most where it %s", async (_, factsAt) => {
    const clock = new FakeClock();
    const governor = createGovernor({
      rateShare: 0.9,
      maxConcurrency: 50,
      serverClock: new ServerClock(clock),
      clock,
      random: () => 0.5,
      events: { emit: () => undefined },
    });
    let refused = 0;
    const one = async (): Promise<void> => {
      for (let again = false; ; again = true) {
        const ticket = await governor.admit("POST /api/v1/users", { again });
        await ticket.slot();
        await clock.sleep(20);
        refused += 1;
        await clock.sleep(ticket.answered(factsAt(clock.now())).retryAfterMs);
      }
    };
    for (let index = 0; index < 5; index += 1) void one();
    await clock.run({ untilMs: 120_000 });
    expect(refused).toBeLessThan(200);
  });
});
