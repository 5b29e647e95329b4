import { describe, expect, it } from "vitest";
import { FakeClock } from "../../../test/support/fake-clock.ts";
import type { TypedPassword } from "../checking/password-checker.ts";
import { awaitPlace } from "./await-place.ts";

const TYPED = {} as TypedPassword;
const AWAY = new Error("away");

function aPlace(errors: readonly (Error | undefined)[]) {
  const clock = new FakeClock();
  const state = { tries: 0, closed: 0 };
  const told: string[] = [];
  const awaiting = {
    name: "old",
    clock,
    isAway: (error: unknown) => error === AWAY,
    open: async () => {
      const error = errors[Math.min(state.tries, errors.length - 1)];
      state.tries += 1;
      if (error !== undefined) throw error;
      const close = (): void => {
        state.closed += 1;
      };
      return { checker: { name: "old", check: async () => ({ kind: "wrong" }) as const }, close };
    },
  };
  const tell = ({ error }: { readonly error: unknown }): void => {
    told.push(error instanceof Error ? error.message : "up");
  };
  return { awaiting, clock, state, told, tell };
}

describe("a place that is away when the service starts", () => {
  it("can't tell of anybody until it is there, and is told of once", async () => {
    const { awaiting, clock, state, told, tell } = aPlace([AWAY, AWAY, AWAY, undefined]);
    const place = await awaitPlace(awaiting);
    expect(place.isUp()).toBe(false);
    expect(await place.checker.check(TYPED)).toEqual({
      kind: "untold",
      because: "unreadable",
      by: { store: "old" },
    });
    const watching = place.watch(new AbortController().signal, tell);
    await clock.run({ untilMs: 6_999 });
    expect([told, state.tries]).toEqual([["away"], 3]);
    await clock.run({ untilMs: 7_000 });
    await watching;
    expect(told).toEqual(["away", "up"]);
    expect(place.isUp()).toBe(true);
    expect(await place.checker.check(TYPED)).toEqual({ kind: "wrong" });
    place.close();
    expect(state.closed).toBe(1);
  });

  it("is tried every 15 seconds in the end, until the service ends", async () => {
    const { awaiting, clock, state, tell } = aPlace([AWAY]);
    const place = await awaitPlace(awaiting);
    const over = new AbortController();
    const watching = place.watch(over.signal, tell);
    await clock.run({ untilMs: 15_000 });
    const before = state.tries;
    await clock.run({ untilMs: 75_000 });
    expect(state.tries - before).toBe(4);
    over.abort();
    await watching;
    expect(clock.pending).toBe(0);
  });

  it("whose setting turns out to be wrong by then is told of, and still tried", async () => {
    const { awaiting, clock, told, tell } = aPlace([AWAY, new Error("no such table"), undefined]);
    const place = await awaitPlace(awaiting);
    const watching = place.watch(new AbortController().signal, tell);
    await clock.run();
    await watching;
    expect(told).toEqual(["away", "no such table", "up"]);
  });

  it("lets nothing start where its setting is wrong", async () => {
    const { awaiting } = aPlace([new Error("no such table")]);
    await expect(awaitPlace(awaiting)).rejects.toThrow("no such table");
  });

  it("is closed as soon as it is there, where the service has ended meanwhile", async () => {
    const { awaiting, clock, state, tell } = aPlace([AWAY, undefined]);
    const place = await awaitPlace(awaiting);
    const watching = place.watch(new AbortController().signal, tell);
    place.close();
    await clock.run();
    await watching;
    expect(state.closed).toBe(1);
  });
});
