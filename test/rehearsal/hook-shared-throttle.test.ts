import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  countInRedis,
  countWrongPasswords,
  loadRedis,
  parseThrottleAddress,
  type SharedCount,
  type WrongPasswords,
} from "../../src/hook/index.ts";
import { systemClock } from "../../src/platform/index.ts";
import { HAS_OPENSSL, makeCertificate } from "../support/private-ca.ts";
import { findRedis } from "../support/redis-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { layWire } from "../support/wire.ts";

const found = await findRedis();
const because = "missing" in found ? ` (skipped: ${found.missing})` : "";
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function aReplica(port?: number): Promise<SharedCount> {
  const address = parseThrottleAddress("server" in found ? found.server.url(port) : "", "");
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
    const [one, other] = replicas as [SharedCount, SharedCount];
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

  it("go on over another connection where one breaks without a word", async () => {
    const wire = await layWire("server" in found ? found.server.port : 0);
    const count = await aReplica(wire.port);
    await noteAtOnce([count], "p4", 9);
    wire.strand();
    let isBack = false;
    // What is written all the while keeps the socket's own time-out from running out.
    await vi.waitFor(
      () => {
        void count.probe().then(
          () => (isBack = true),
          () => undefined,
        );
        expect(isBack).toBe(true);
      },
      { timeout: 15_000 },
    );
    await count.noteWrong("p4");
    expect(await count.isHeld("p4")).toBe(true);
  });
});

describe.skipIf(!HAS_OPENSSL)("a Redis over TLS", () => {
  it("is asked by its name, and ends the command where its certificate can't be trusted", async () => {
    const asked: string[] = [];
    const made = makeCertificate(makeTempFolder(), "localhost");
    const server = createServer({
      cert: made?.cert,
      key: made?.key,
      SNICallback: (name, done) => {
        asked.push(name);
        done(null);
      },
    }).on("tlsClientError", () => undefined);
    server.listen(0, "127.0.0.1");
    closing.push(() => server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const address = parseThrottleAddress(`rediss://localhost:${port}`, "--throttle");
    const counting = countInRedis(
      { address, password: undefined, at: "--throttle" },
      await loadRedis(),
    );
    await expect(counting).rejects.toMatchObject({
      code: "OPTION_INVALID",
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS") as string,
    });
    expect(asked).toEqual(["localhost"]);
  });
});
