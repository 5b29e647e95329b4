import { afterEach, describe, expect, it } from "vitest";
import {
  countInRedis,
  countWrongPasswords,
  loadRedis,
  parseThrottleAddress,
  type WrongPasswords,
} from "../../src/hook/index.ts";
import { systemClock } from "../../src/platform/index.ts";
import { findRedis } from "../support/redis-server.ts";

const found = await findRedis();
const because = "missing" in found ? ` (skipped: ${found.missing})` : "";
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function aReplica(): Promise<WrongPasswords> {
  const address = parseThrottleAddress("server" in found ? found.server.url() : "", "");
  const count = await countInRedis({ address, password: undefined, at: "" }, await loadRedis());
  closing.push(() => count.close());
  return count;
}

async function livesMs(pair: string, what: "wrong" | "held"): Promise<number> {
  if (!("server" in found)) return NaN;
  const keys = await found.server.keys();
  return found.server.livesMs(keys.find((key) => key.endsWith(`{${pair}}:${what}`)) ?? "");
}

const noteAtOnce = (counts: readonly WrongPasswords[], pair: string, times: number) =>
  Promise.all(counts.flatMap((one) => Array.from({ length: times }, () => one.noteWrong(pair))));

describe.skipIf("missing" in found)(`wrong passwords counted in Redis${because}`, () => {
  it("are all counted, however many come at once, and hold the pair at the tenth", async () => {
    const replicas = [await aReplica(), await aReplica(), await aReplica()];
    const [one, other] = replicas as [WrongPasswords, WrongPasswords];
    await noteAtOnce(replicas, "p1", 3);
    expect(await one.isHeld("p1")).toBe(false);
    await other.noteWrong("p1");
    expect(await one.isHeld("p1")).toBe(true);
    expect(await one.isHeld("p2")).toBe(false);
    await one.noteRight("p1");
    expect(await other.isHeld("p1")).toBe(false);
  });

  it("hold by the same rule as in memory: twice as long each time, and forgotten by the server", async () => {
    const shared = await aReplica();
    const own = countWrongPasswords(systemClock);
    const both = [shared, own];
    for (let times = 1; times <= 12; times += 1) {
      for (const count of both) await count.noteWrong("p3");
      expect(await shared.isHeld("p3"), String(times)).toBe(await own.isHeld("p3"));
    }
    const heldMs = await livesMs("p3", "held");
    expect(heldMs).toBeGreaterThan(110_000);
    expect(heldMs).toBeLessThanOrEqual(120_000);
    const keptMs = await livesMs("p3", "wrong");
    expect(keptMs).toBeGreaterThan(1_010_000);
    expect(keptMs).toBeLessThanOrEqual(1_020_000);
    await noteAtOnce([shared], "p3", 30);
    const longestMs = await livesMs("p3", "held");
    expect(longestMs).toBeGreaterThan(890_000);
    expect(longestMs).toBeLessThanOrEqual(900_000);
  });
});
