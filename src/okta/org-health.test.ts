import { describe, expect, it } from "vitest";
import { FakeClock, settle } from "../../test/support/fake-clock.ts";
import type { MigrationEvent } from "../core/index.ts";
import { type HealthPass, OrgHealth, type RequestKind, type Verdict } from "./org-health.ts";

const DEFINITE: Verdict = { kind: "definite" };
const DOWN: Verdict = { kind: "down" };
const READ_ONLY: Verdict = { kind: "read-only" };
const REFUSED: Verdict = {
  kind: "unreachable",
  trouble: { kind: "refused", code: "ECONNREFUSED" },
  cause: undefined,
};
const BAD_CERTIFICATE: Verdict = {
  kind: "unreachable",
  trouble: { kind: "tls", code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  cause: undefined,
};

function aHealth() {
  const clock = new FakeClock();
  const events: MigrationEvent[] = [];
  const health = new OrgHealth({
    orgUrl: { host: "example.okta.com", variable: "OKTA_ORG_URL" },
    clock,
    random: () => 0.5,
    events: { emit: (event) => events.push(event) },
  });
  return { clock, events, health };
}

async function aSoundOrg() {
  const parts = aHealth();
  parts.health.settle(await parts.health.pass("read"), DEFINITE);
  return parts;
}

async function anOrgDown() {
  const parts = await aSoundOrg();
  for (let downs = 0; downs < 10; downs += 1) {
    parts.health.settle(await parts.health.pass("write"), DOWN);
  }
  return parts;
}

/** Asks for a pass and notes when it came. */
function ask(health: OrgHealth, kind: RequestKind, signal?: AbortSignal) {
  const asked: { pass?: HealthPass; error?: unknown } = {};
  Promise.resolve(health.pass(kind, signal)).then(
    (pass) => {
      asked.pass = pass;
    },
    (error: unknown) => {
      asked.error = error;
    },
  );
  return asked;
}

describe("an org that was never reached", () => {
  it("is asked by one request at a time", async () => {
    const { health } = aHealth();
    const first = ask(health, "write");
    const second = ask(health, "write");
    await settle();
    expect([first.pass?.isProbe, second.pass]).toEqual([true, undefined]);
    health.settle(first.pass as HealthPass, DEFINITE);
    await settle();
    expect(second.pass?.isProbe).toBe(false);
  });

  it("is given up at the third failed connection, and everybody who waits is told", async () => {
    const { health, clock } = aHealth();
    for (let tries = 0; tries < 3; tries += 1) {
      const asked = ask(health, "read");
      await clock.run({ done: () => asked.pass !== undefined });
      const bystander = ask(health, "write");
      health.settle(asked.pass as HealthPass, REFUSED);
      await settle();
      expect(bystander.error === undefined).toBe(tries < 2);
      if (bystander.pass !== undefined) health.giveBack(bystander.pass);
    }
    await expect(health.pass("read")).rejects.toMatchObject({
      code: "ORG_UNREACHABLE",
      hint: expect.stringContaining("nothing listens") as string,
    });
    expect(clock.now()).toBeLessThan(5_000);
  });

  it("is given up at once when its certificate is not accepted", async () => {
    const { health } = aHealth();
    health.settle(await health.pass("read"), BAD_CERTIFICATE);
    await expect(health.pass("read")).rejects.toMatchObject({
      code: "ORG_UNREACHABLE",
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS") as string,
    });
  });

  it("counts as reached when it answers with a server error", async () => {
    const { health } = aHealth();
    health.settle(await health.pass("read"), DOWN);
    expect((await health.pass("write")).isProbe).toBe(false);
  });
});

describe("an org in trouble", () => {
  it("is not paused by nine failures and one answer, again and again", async () => {
    const { health, events } = await aSoundOrg();
    for (let round = 0; round < 5; round += 1) {
      for (let downs = 0; downs < 9; downs += 1) health.settle(await health.pass("write"), DOWN);
      health.settle(await health.pass("write"), DEFINITE);
    }
    expect(events).toEqual([]);
  });

  it("is left alone after ten failures in a row, but for one probe, look-ups first", async () => {
    const { health, clock, events } = await anOrgDown();
    expect(events).toEqual([{ event: "org-paused", reason: "the org is down", nextProbeMs: 1000 }]);
    const create = ask(health, "write");
    const lookUp = ask(health, "read");
    await clock.run({ untilMs: 999 });
    expect([create.pass, lookUp.pass]).toEqual([undefined, undefined]);
    await clock.run({ untilMs: 1000 });
    expect([create.pass, lookUp.pass?.isProbe]).toEqual([undefined, true]);
  });

  it("is asked at growing intervals, half a minute at most, and goes on at its first answer", async () => {
    const { health, clock, events } = await anOrgDown();
    const waits: number[] = [];
    for (let probes = 0; probes < 7; probes += 1) {
      const beforeMs = clock.now();
      const asked = ask(health, "write");
      await clock.run({ done: () => asked.pass !== undefined });
      waits.push(clock.now() - beforeMs);
      health.settle(asked.pass as HealthPass, DOWN);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    const waiting = [ask(health, "read"), ask(health, "write"), ask(health, "write")];
    await clock.run({ done: () => waiting.some(({ pass }) => pass !== undefined) });
    const probe = waiting.find(({ pass }) => pass !== undefined);
    health.settle(probe?.pass as HealthPass, DEFINITE);
    await settle();
    expect(waiting.every(({ pass }) => pass !== undefined)).toBe(true);
    expect(events.at(-1)).toEqual({ event: "org-resumed" });
  });

  it("is given up after half an hour", async () => {
    const { health, clock } = await anOrgDown();
    let asked = ask(health, "write");
    while (asked.error === undefined) {
      await clock.run({ done: () => asked.pass !== undefined || asked.error !== undefined });
      if (asked.pass !== undefined) {
        health.settle(asked.pass, DOWN);
        asked = ask(health, "write");
        await settle();
      }
    }
    expect(asked.error).toMatchObject({ code: "ORG_UNAVAILABLE" });
    expect(clock.now()).toBeGreaterThanOrEqual(30 * 60_000);
    expect(clock.now()).toBeLessThan(31 * 60_000);
  });

  it("hands the probe on when the one who has it does not send", async () => {
    const { health, clock } = await anOrgDown();
    const first = ask(health, "write");
    await clock.run({ done: () => first.pass !== undefined });
    const second = ask(health, "write");
    await settle();
    expect(second.pass).toBeUndefined();
    health.giveBack(first.pass as HealthPass);
    await settle();
    expect(second.pass?.isProbe).toBe(true);
  });

  it("is not judged by requests from before its pause", async () => {
    const { health, clock } = await aSoundOrg();
    const slow = await health.pass("write");
    for (let downs = 0; downs < 10; downs += 1) health.settle(await health.pass("write"), DOWN);
    expect(health.isValid(slow)).toBe(false);
    health.settle(slow, DEFINITE);
    const asked = ask(health, "write");
    await clock.run({ untilMs: 500 });
    expect(asked.pass).toBeUndefined();
  });

  it("leaves no timer behind when nobody waits any more", async () => {
    const { health, clock } = await anOrgDown();
    const stop = new AbortController();
    const asked = ask(health, "write", stop.signal);
    await settle();
    expect(clock.pending).toBe(1);
    stop.abort(new Error("stopped"));
    await settle();
    expect(asked.error).toMatchObject({ message: "stopped" });
    expect(clock.pending).toBe(0);
  });
});

describe("an org in read-only mode", () => {
  it("takes look-ups at once, and one create at a time as a probe", async () => {
    const { health, clock, events } = await aSoundOrg();
    health.settle(await health.pass("write"), READ_ONLY);
    expect(events).toMatchObject([{ event: "org-paused", reason: "the org is read-only" }]);
    expect((await health.pass("read")).isProbe).toBe(false);
    health.settle(await health.pass("read"), DEFINITE);
    const creates = [ask(health, "write"), ask(health, "write")];
    await clock.run({ done: () => creates.some(({ pass }) => pass !== undefined) });
    expect(creates.map(({ pass }) => pass?.isProbe)).toEqual([true, undefined]);
    health.settle(creates[0]?.pass as HealthPass, DEFINITE);
    await settle();
    expect(creates[1]?.pass?.isProbe).toBe(false);
    expect(events.at(-1)).toEqual({ event: "org-resumed" });
  });

  it("is given up as read-only", async () => {
    const { health, clock } = await aSoundOrg();
    health.settle(await health.pass("write"), READ_ONLY);
    const asked = ask(health, "write");
    await clock.run({ done: () => asked.pass !== undefined });
    await clock.run({ untilMs: 31 * 60_000 });
    health.settle(asked.pass as HealthPass, READ_ONLY);
    await expect(health.pass("write")).rejects.toMatchObject({ code: "ORG_READ_ONLY" });
  });
});

describe("an org that takes no writes and does not say so", () => {
  async function anOrgWithoutWrites() {
    const parts = await aSoundOrg();
    for (let downs = 0; downs < 10; downs += 1) {
      parts.health.settle(await parts.health.pass("write"), DOWN);
      parts.health.settle(await parts.health.pass("read"), DEFINITE);
    }
    return parts;
  }

  it("is paused by ten failed writes in a row, whatever look-ups find out in between", async () => {
    const { health, events } = await anOrgWithoutWrites();
    expect(events).toMatchObject([{ event: "org-paused", reason: "the org is down" }]);
    expect((await health.pass("read")).isProbe).toBe(false);
  });

  it("is tried by one create at growing intervals, until it takes one", async () => {
    const { health, clock, events } = await anOrgWithoutWrites();
    const waits: number[] = [];
    for (let probes = 0; probes < 3; probes += 1) {
      const beforeMs = clock.now();
      const asked = ask(health, "write");
      await clock.run({ done: () => asked.pass !== undefined });
      waits.push(clock.now() - beforeMs);
      health.settle(asked.pass as HealthPass, DOWN);
      health.settle(await health.pass("read"), DEFINITE);
    }
    expect(waits).toEqual([1000, 2000, 4000]);
    const asked = ask(health, "write");
    await clock.run({ done: () => asked.pass !== undefined });
    health.settle(asked.pass as HealthPass, DEFINITE);
    expect(events.at(-1)).toEqual({ event: "org-resumed" });
    expect((await health.pass("write")).isProbe).toBe(false);
  });

  it("is left alone altogether once look-ups fail as well", async () => {
    const { health, clock } = await anOrgWithoutWrites();
    for (let downs = 0; downs < 10; downs += 1) {
      health.settle(await health.pass("read"), DOWN);
    }
    const asked = ask(health, "read");
    await settle();
    expect(asked.pass).toBeUndefined();
    await clock.run({ done: () => asked.pass !== undefined });
    health.settle(asked.pass as HealthPass, DEFINITE);
    expect((await health.pass("read")).isProbe).toBe(false);
    const create = ask(health, "write");
    await clock.run({ done: () => create.pass !== undefined });
    expect(create.pass?.isProbe).toBe(true);
  });
});
