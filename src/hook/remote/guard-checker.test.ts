import { describe, expect, it } from "vitest";
import type { Clock } from "../../core/index.ts";
import type { CheckAnswer, TypedPassword } from "../checking/password-checker.ts";
import { guardChecker } from "./guard-checker.ts";

const TYPED = { signal: new AbortController().signal } as TypedPassword;
const AWAY: CheckAnswer = { kind: "untold", because: "unreadable" };

function aGuard() {
  let nowMs = 0;
  const clock: Clock = { now: () => nowMs, wallNow: () => nowMs, sleep: async () => undefined };
  const state = { answer: AWAY, asked: 0 };
  const inner = {
    name: "old",
    check: async () => {
      state.asked += 1;
      return state.answer;
    },
  };
  const guard = guardChecker(inner, clock);
  const ask = async (times: number): Promise<void> => {
    for (let at = 0; at < times; at += 1) await guard.check(TYPED);
  };
  const wait = (ms: number): void => {
    nowMs += ms;
  };
  return { guard, state, ask, wait };
}

describe("a place that is reached over a network", () => {
  it("is left alone for five seconds after five failures in a row, and can't be told of meanwhile", async () => {
    const { guard, state, ask, wait } = aGuard();
    await ask(20);
    expect(state.asked).toBe(5);
    expect(await guard.check(TYPED)).toMatchObject({ kind: "untold", because: "unreadable" });
    wait(5_000);
    await ask(20);
    expect(state.asked).toBe(6);
  });

  it("is asked again as soon as one call went well", async () => {
    const { state, ask, wait } = aGuard();
    await ask(5);
    wait(5_000);
    state.answer = { kind: "wrong" };
    await ask(20);
    expect(state.asked).toBe(25);
  });

  it("is not left alone for failures that are not in a row, or for what is no failure of its own", async () => {
    const { state, ask } = aGuard();
    for (let at = 0; at < 10; at += 1) {
      state.answer = AWAY;
      await ask(4);
      state.answer = { kind: "unknown" };
      await ask(1);
    }
    state.answer = { kind: "untold", because: "ambiguous" };
    await ask(50);
    expect(state.asked).toBe(100);
  });

  it("is tried by one call at a time", async () => {
    const { guard, state, ask, wait } = aGuard();
    await ask(5);
    wait(5_000);
    await Promise.all([guard.check(TYPED), guard.check(TYPED), guard.check(TYPED)]);
    expect(state.asked).toBe(6);
  });
});
