import { describe, expect, it } from "vitest";
import { FakeClock } from "../../../test/support/fake-clock.ts";
import { nextTimeMs, openStopSignal } from "./stop-signal.ts";

const at = (hour: number, minute = 0, second = 0): number =>
  new Date(2026, 10, 24, hour, minute, second).getTime();

describe("the next moment at which the clock shows a time", () => {
  it.each([
    ["later today", at(22), { hour: 23, minute: 30 }, at(23, 30)],
    ["tomorrow, where it is past", at(22), { hour: 6, minute: 0 }, at(30)],
    ["tomorrow, where it is this very minute", at(6, 0, 20), { hour: 6, minute: 0 }, at(30)],
    ["tonight at midnight", at(22), { hour: 0, minute: 0 }, at(24)],
  ])("is %s", (_, nowMs, time, wanted) => {
    expect(nextTimeMs(time, nowMs)).toBe(wanted);
  });
});

describe("a run that is to stop at a time", () => {
  it("is asked to when it comes, and not before", async () => {
    const clock = new FakeClock({ wallStartMs: at(22) });
    const reasons: string[] = [];
    const stop = openStopSignal({
      clock,
      stopAt: { hour: 23, minute: 0 },
      onStop: (reason) => reasons.push(reason),
    });
    await clock.run({ untilMs: 59 * 60_000 });
    expect(stop.signal.aborted).toBe(false);
    await clock.run({ untilMs: 61 * 60_000 });
    expect(stop.signal.aborted).toBe(true);
    expect(reasons).toEqual(["time"]);
    stop.dispose();
  });

  it("that ended before leaves no timer", async () => {
    const clock = new FakeClock({ wallStartMs: at(22) });
    const reasons: string[] = [];
    const stop = openStopSignal({
      clock,
      stopAt: { hour: 23, minute: 0 },
      onStop: (reason) => reasons.push(reason),
    });
    stop.dispose();
    await clock.run();
    expect(clock.pending).toBe(0);
    expect(reasons).toEqual([]);
  });
});
