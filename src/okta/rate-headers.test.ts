import { describe, expect, it } from "vitest";
import { DateHeaderReader, readRateFacts } from "./rate-headers.ts";

describe("rate headers", () => {
  it("are read with the reset in milliseconds", () => {
    const headers = {
      "x-rate-limit-limit": "600",
      "x-rate-limit-remaining": "599",
      "x-rate-limit-reset": "1800000060",
    };
    expect(readRateFacts(200, headers, 1_800_000_000_000)).toEqual({
      status: 200,
      dateMs: 1_800_000_000_000,
      limit: 600,
      remaining: 599,
      resetAtMs: 1_800_000_060_000,
    });
  });

  it("that are missing say nothing", () => {
    expect(readRateFacts(200, {}, undefined)).toEqual({ status: 200 });
  });

  it.each([
    [["600", "300"], "100, 50", ["10", "20"]],
    ["600,300", ["100", "50"], "10 , 20"],
  ])("that come twice are read so that less is sent", (limit, remaining, reset) => {
    const headers = {
      "x-rate-limit-limit": limit,
      "x-rate-limit-remaining": remaining,
      "x-rate-limit-reset": reset,
    };
    expect(readRateFacts(200, headers, undefined)).toEqual({
      status: 200,
      limit: 300,
      remaining: 50,
      resetAtMs: 20_000,
    });
  });

  it.each(["", "soon", "-1", "1e3", "0x10", "NaN", "9".repeat(40)])(
    "that are no number (%j) are ignored",
    (value) => {
      expect(readRateFacts(429, { "x-rate-limit-limit": value }, undefined)).toEqual({
        status: 429,
      });
    },
  );

  it("take Retry-After in seconds and as a date", () => {
    expect(readRateFacts(429, { "retry-after": "3" }, undefined).retryAfterMs).toBe(3000);
    const date = "Tue, 24 Nov 2026 10:00:05 GMT";
    const nowMs = Date.parse("Tue, 24 Nov 2026 10:00:00 GMT");
    expect(readRateFacts(429, { "retry-after": date }, nowMs).retryAfterMs).toBe(5000);
    expect(readRateFacts(429, { "retry-after": date }, undefined).retryAfterMs).toBeUndefined();
  });

  it("a Date that is none is no date", () => {
    const reader = new DateHeaderReader();
    expect(reader.read({ date: "yesterday" })).toBeUndefined();
    expect(reader.read({ date: "Tue, 24 Nov 2026 10:00:00 GMT" })).toBe(1_795_514_400_000);
    expect(reader.read({})).toBeUndefined();
  });
});
