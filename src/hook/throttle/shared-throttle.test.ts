import { expect, it } from "vitest";
import { FakeClock } from "../../../test/support/fake-clock.ts";
import { SharedThrottle, type SharedCount } from "./shared-throttle.ts";
import { countWrongPasswords } from "./wrong-passwords.ts";

/** A server for several replicas that can be taken away. */
function aServer(clock: FakeClock) {
  const count = countWrongPasswords(clock);
  const state: { is: "there" | "away" | "silent" } = { is: "there" };
  let asked = 0;
  const answer = <T>(work: () => Promise<T>): Promise<T> => {
    asked += 1;
    if (state.is === "away") return Promise.reject(new Error("READONLY You can't write here"));
    return state.is === "silent" ? new Promise<T>(() => undefined) : work();
  };
  const shared: SharedCount = {
    isHeld: (pair) => answer(() => count.isHeld(pair)),
    noteWrong: (pair) => answer(() => count.noteWrong(pair)),
    noteRight: (pair) => answer(() => count.noteRight(pair)),
    probe: () => answer(async () => undefined),
    close: () => undefined,
  };
  return { shared, state, asked: () => asked };
}

function setUp() {
  const clock = new FakeClock();
  const server = aServer(clock);
  const told: string[] = [];
  const aReplica = (): SharedThrottle =>
    new SharedThrottle({
      shared: server.shared,
      clock,
      onReachable: (isReachable, because) => told.push(isReachable ? "back" : because),
    });
  return { clock, server, told, aReplica };
}

async function beWrong(throttle: SharedThrottle, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await throttle.noteWrong("pair");
}

it("wrong passwords at one replica hold the pair at all of them, and a right one frees it", async () => {
  const { aReplica, told } = setUp();
  const [one, other] = [aReplica(), aReplica()];
  await beWrong(one, 5);
  await beWrong(other, 4);
  expect(await one.isHeld("pair")).toBe(false);
  await beWrong(other, 1);
  expect([await one.isHeld("pair"), await other.isHeld("pair")]).toEqual([true, true]);
  await other.noteRight("pair");
  expect([await one.isHeld("pair"), await other.isHeld("pair")]).toEqual([false, false]);
  expect(told).toEqual([]);
});

it("alone a replica goes on from what it counted itself, and asks the server no more", async () => {
  const { aReplica, server, told } = setUp();
  const [one, other] = [aReplica(), aReplica()];
  await beWrong(one, 9);
  server.state.is = "away";
  await beWrong(one, 1);
  expect([await one.isHeld("pair"), one.isReachable]).toEqual([true, false]);
  expect(await other.isHeld("pair")).toBe(false);
  const before = server.asked();
  await beWrong(one, 3);
  expect(server.asked()).toBe(before);
  expect(told).toEqual(["READONLY", "READONLY"]);
});

it("a server that is silent keeps one call waiting for half a second, and no other one", async () => {
  const { aReplica, server, clock, told } = setUp();
  const throttle = aReplica();
  server.state.is = "silent";
  const answer = throttle.isHeld("pair");
  await clock.run({ untilMs: 499 });
  expect(throttle.isReachable).toBe(true);
  await clock.run({ untilMs: 500 });
  expect(await answer).toBe(false);
  expect(await throttle.isHeld("pair")).toBe(false);
  expect([clock.now(), told]).toEqual([500, ["no answer in time"]]);
});

it("a server that is back counts again within a second, which is told once", async () => {
  const { aReplica, server, clock, told } = setUp();
  const throttle = aReplica();
  const over = new AbortController();
  server.state.is = "away";
  void throttle.watch(over.signal);
  await clock.run({ untilMs: 3_500 });
  expect([throttle.isReachable, told]).toEqual([false, ["READONLY"]]);
  server.state.is = "there";
  await clock.run({ untilMs: 4_500 });
  expect([throttle.isReachable, told]).toEqual([true, ["READONLY", "back"]]);
  over.abort();
});
