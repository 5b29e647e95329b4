import { describe, expect, it } from "vitest";
import { FakeClock, settle } from "../../../test/support/fake-clock.ts";
import { type AccessToken, TokenKeeper } from "./token-keeper.ts";

const HOUR_MS = 3_600_000;

/** A keeper whose tokens come when the test says so. */
function keep(lifetimeMs = HOUR_MS) {
  const clock = new FakeClock();
  const asked: { give(): void; refuse(reason: Error): void }[] = [];
  const keeper = new TokenKeeper({
    clock,
    mint: () =>
      new Promise<AccessToken>((resolve, reject) => {
        const token: AccessToken = {
          value: `token-${asked.length + 1}`,
          scheme: "Bearer",
          askedAtMs: clock.now(),
          lifetimeMs,
        };
        asked.push({ give: () => resolve(token), refuse: reject });
      }),
  });
  return { clock, asked, keeper };
}

async function keepFirst(lifetimeMs = HOUR_MS) {
  const kept = keep(lifetimeMs);
  const ready = kept.keeper.ready(undefined);
  kept.asked[0]?.give();
  await ready;
  return kept;
}

describe("an access token", () => {
  it("is got once for all requests that wait for it", async () => {
    const { asked, keeper } = keep();
    const waiting = [1, 2, 3].map(async () => keeper.ready(undefined));
    expect(asked).toHaveLength(1);
    asked[0]?.give();
    await Promise.all(waiting);
    expect(keeper.current()?.value).toBe("token-1");
    expect(keeper.ready(undefined)).toBeUndefined();
  });

  it.each([
    ["a minute before an hour is over", HOUR_MS, HOUR_MS - 60_000],
    ["a tenth before a short life is over", 100_000, 90_000],
  ])("is renewed %s, and no request waits", async (_when, lifetimeMs, dueMs) => {
    const { clock, asked, keeper } = await keepFirst(lifetimeMs);
    await clock.run({ untilMs: dueMs - 1 });
    expect(keeper.current()?.value).toBe("token-1");
    expect(asked).toHaveLength(1);
    await clock.run({ untilMs: dueMs });
    for (let request = 0; request < 5; request += 1) {
      expect(keeper.ready(undefined)).toBeUndefined();
      expect(keeper.current()?.value).toBe("token-1");
    }
    expect(asked).toHaveLength(2);
    asked[1]?.give();
    await settle();
    expect(keeper.current()?.value).toBe("token-2");
  });

  it("is not given out after its end", async () => {
    const { clock, asked, keeper } = await keepFirst();
    await clock.run({ untilMs: HOUR_MS });
    expect(keeper.current()).toBeUndefined();
    const ready = keeper.ready(undefined);
    asked[1]?.give();
    await ready;
    expect(keeper.current()?.value).toBe("token-2");
  });

  it("that the org refuses is not given out again", async () => {
    const { asked, keeper } = await keepFirst();
    keeper.refuse("token-1");
    expect(keeper.current()).toBeUndefined();
    const ready = keeper.ready(undefined);
    asked[1]?.give();
    await ready;
    keeper.refuse("token-1");
    expect(keeper.current()?.value).toBe("token-2");
  });

  it("is kept to its end when the next one can't be had, which is tried again", async () => {
    const { clock, asked, keeper } = await keepFirst();
    await clock.run({ untilMs: HOUR_MS - 60_000 });
    keeper.current();
    asked[1]?.refuse(new Error("not now"));
    await settle();
    expect(keeper.current()?.value).toBe("token-1");
    expect(asked).toHaveLength(2);
    await clock.run({ untilMs: HOUR_MS - 45_000 });
    expect(keeper.current()?.value).toBe("token-1");
    expect(asked).toHaveLength(3);
  });

  it("that can't be had is told to everyone who waits", async () => {
    const { asked, keeper } = keep();
    const waiting = [1, 2].map(async () => keeper.ready(undefined));
    asked[0]?.refuse(new Error("no"));
    expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
    ]);
  });

  it("is not waited for by who was stopped", async () => {
    const { keeper } = keep();
    const stop = new AbortController();
    const ready = keeper.ready(stop.signal);
    stop.abort(new Error("stopped"));
    await expect(ready).rejects.toThrow("stopped");
  });
});
