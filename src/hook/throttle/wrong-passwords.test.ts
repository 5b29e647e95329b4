import { describe, expect, it } from "vitest";
import type { Clock } from "../../core/index.ts";
import { countWrongPasswords, type WrongPasswords } from "./wrong-passwords.ts";

const MINUTE_MS = 60_000;

function aCount(): { readonly wrong: WrongPasswords; readonly wait: (ms: number) => void } {
  let nowMs = 0;
  const clock: Clock = { now: () => nowMs, wallNow: () => nowMs, sleep: async () => undefined };
  const wait = (ms: number): void => {
    nowMs += ms;
  };
  return { wrong: countWrongPasswords(clock), wait };
}

async function beWrong(wrong: WrongPasswords, pair: string, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await wrong.noteWrong(pair);
}

describe("the throttle of wrong passwords", () => {
  it("holds a pair of login and address after ten in a row, and no other", async () => {
    const { wrong } = aCount();
    await beWrong(wrong, "ada 1", 9);
    expect(await wrong.isHeld("ada 1")).toBe(false);
    await beWrong(wrong, "ada 1", 1);
    expect(await wrong.isHeld("ada 1")).toBe(true);
    expect(await wrong.isHeld("ada 2")).toBe(false);
    expect(await wrong.isHeld("bo 1")).toBe(false);
  });

  it("lets it in again after a while, and holds it longer the next time", async () => {
    const { wrong, wait } = aCount();
    await beWrong(wrong, "a", 10);
    wait(30_000);
    expect(await wrong.isHeld("a")).toBe(false);
    await beWrong(wrong, "a", 1);
    wait(59_000);
    expect(await wrong.isHeld("a")).toBe(true);
    wait(1_000);
    expect(await wrong.isHeld("a")).toBe(false);
  });

  it("never holds longer than a quarter of an hour", async () => {
    const { wrong, wait } = aCount();
    await beWrong(wrong, "a", 500);
    wait(15 * MINUTE_MS);
    expect(await wrong.isHeld("a")).toBe(false);
  });

  it("forgets after a right one, and after a quiet quarter of an hour", async () => {
    const { wrong, wait } = aCount();
    await beWrong(wrong, "a", 9);
    await wrong.noteRight("a");
    await beWrong(wrong, "a", 9);
    expect(await wrong.isHeld("a")).toBe(false);
    wait(15 * MINUTE_MS);
    await beWrong(wrong, "a", 9);
    expect(await wrong.isHeld("a")).toBe(false);
  });

  it("keeps no more than a hundred thousand pairs", async () => {
    const { wrong } = aCount();
    await beWrong(wrong, "oldest", 10);
    for (let at = 0; at < 100_000; at += 1) await wrong.noteWrong(`p${at}`);
    expect(await wrong.isHeld("oldest")).toBe(false);
  });
});
