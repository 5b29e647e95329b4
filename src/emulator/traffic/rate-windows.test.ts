import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../../../test/support/fake-clock.ts";
import { RateWindows } from "./rate-windows.ts";
import { seededRandom } from "./seeded-random.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";

const BUCKET = "POST /api/v1/users";

function windowsOf(clock: FakeClock, windowMs: number, seed = 1): RateWindows {
  const random = seededRandom(seed);
  return new RateWindows({ clock, windowMs, random, bucketNames: [BUCKET] });
}

describe("fixed windows", () => {
  it("no window takes more than its limit, and a fresh one takes again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
        async (limit, pauses) => {
          const clock = new FakeClock();
          const windows = windowsOf(clock, 1000);
          for (const pauseMs of pauses) {
            await clock.run({ untilMs: clock.now() + pauseMs });
            windows.take(BUCKET, limit, DEFAULT_SETTINGS);
          }
          const counts = windows.counts()[BUCKET] ?? [];
          const seen = counts.reduce((sum, { accepted, refused }) => sum + accepted + refused, 0);
          expect(seen).toBe(pauses.length);
          for (const { accepted, refused } of counts) {
            expect(accepted).toBe(Math.min(limit, accepted + refused));
          }
        },
      ),
    );
  });

  it("run from the start on, aligned to no clock", () => {
    const clock = new FakeClock();
    const windows = windowsOf(clock, 60_000);
    windows.take(BUCKET, 1, DEFAULT_SETTINGS);
    const startedAtMs = windows.counts()[BUCKET]?.[0]?.startedAtMs ?? 0;
    expect(startedAtMs).toBeLessThan(0);
    expect(startedAtMs).toBeGreaterThan(-60_000);
  });

  it("tell their end in whole seconds of the org's clock, rounded up", async () => {
    const clock = new FakeClock({ wallStartMs: 1_800_000_000_250 });
    const windows = windowsOf(clock, 300);
    const settings = { ...DEFAULT_SETTINGS, clockSkewMs: 7000 };
    const first = windows.take(BUCKET, 1, settings);
    const endMs = 300 + (windows.counts()[BUCKET]?.[0]?.startedAtMs ?? 0);
    expect(first.resetAtSeconds).toBe(Math.ceil((1_800_000_007_250 + endMs) / 1000));
    expect(windows.take(BUCKET, 1, settings).isAccepted).toBe(false);
    await clock.run({ untilMs: Math.ceil(endMs) });
    expect(windows.take(BUCKET, 1, settings)).toMatchObject({ isAccepted: true, remaining: 0 });
  });

  it("others take their part evenly", async () => {
    const clock = new FakeClock();
    const windows = windowsOf(clock, 1000);
    const settings = { ...DEFAULT_SETTINGS, otherTraffic: 100 };
    windows.take(BUCKET, 100, settings);
    const startedAtMs = windows.counts()[BUCKET]?.[0]?.startedAtMs ?? 0;
    await clock.run({ untilMs: Math.ceil(startedAtMs + 1500) });
    const { remaining } = windows.take(BUCKET, 100, settings);
    expect(remaining).toBeGreaterThanOrEqual(48);
    expect(remaining).toBeLessThanOrEqual(50);
  });

  it("a token's own cap refuses although the headers promise room", () => {
    const windows = windowsOf(new FakeClock(), 60_000);
    const settings = { ...DEFAULT_SETTINGS, tokenCap: 2 };
    windows.take(BUCKET, 10, settings);
    windows.take(BUCKET, 10, settings);
    expect(windows.take(BUCKET, 10, settings)).toMatchObject({
      isAccepted: false,
      isCapped: true,
      limit: 10,
      remaining: 8,
    });
  });
});
