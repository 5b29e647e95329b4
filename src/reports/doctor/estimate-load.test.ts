import { describe, expect, it } from "vitest";
import { estimateLoad, neededInFlight } from "./estimate-load.ts";

const HOUR_MS = 3_600_000;

describe("the time of a load", () => {
  it.each([
    ["the whole limit", 600, 1, 1, 36_000, HOUR_MS],
    ["a token's half, as Okta gives it", 600, 0.5, 1, 18_000, HOUR_MS],
    ["a token's half and a share of it", 600, 0.5, 0.9, 16_200, HOUR_MS],
    ["a share above the whole is the whole", 600, 2, 1, 36_000, HOUR_MS],
  ])("is reckoned from %s", (_what, limitPerMinute, tokenShare, rateShare, users, durationMs) => {
    const buckets = [{ limitPerMinute, callsPerUser: 1 }];
    const estimate = estimateLoad({ users, buckets, tokenShare, rateShare });
    expect(estimate?.durationMs).toBeCloseTo(durationMs);
  });

  it("is that of the bucket which is used up first", () => {
    const buckets = [
      { limitPerMinute: 600, callsPerUser: 1 },
      { limitPerMinute: 500, callsPerUser: 2 },
      { limitPerMinute: undefined, callsPerUser: 9 },
    ];
    const estimate = estimateLoad({ users: 500, buckets, tokenShare: 1, rateShare: 1 });
    expect(estimate).toEqual({ usersPerMinute: 250, durationMs: 120_000 });
  });

  it("is not reckoned where no limit is known", () => {
    const buckets = [{ limitPerMinute: undefined, callsPerUser: 1 }];
    expect(estimateLoad({ users: 1, buckets, tokenShare: 1, rateShare: 1 })).toBeUndefined();
  });

  it.each([
    [600, 400, 4],
    [600, 3, 1],
    [3_000, 1_000, 50],
  ])("at %i a minute and %i ms an answer keeps %i in flight", (perMinute, answerMs, inFlight) => {
    expect(neededInFlight(perMinute, answerMs)).toBe(inFlight);
  });
});
