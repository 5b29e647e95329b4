import { beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "../../core/index.ts";
import { Secret } from "../../core/index.ts";
import type { PasswordVerifier, Verdict } from "../../passwords/index.ts";
import type { KeptHash } from "../sealing/pack-hash.ts";
import { CheckLine, type LineAnswer } from "./check-line.ts";

/** Work that a thread has taken up. */
interface Work {
  readonly password: string;
  end(verdict?: Verdict): Promise<void>;
}

let nowMs = 0;
let works: Work[] = [];
const clock: Clock = { now: () => nowMs, wallNow: () => nowMs, sleep: async () => undefined };

beforeEach(() => {
  nowMs = 0;
  works = [];
});

const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

const verifier: PasswordVerifier = {
  load: { running: 0, waiting: 0 },
  close: async () => undefined,
  verify: ({ password }) =>
    new Promise((resolve) => {
      works.push({
        password: Buffer.from(password).toString(),
        end: async (verdict = "wrong") => {
          resolve(verdict);
          await settle();
        },
      });
    }),
};

/** A hash of a kind of its own. */
function hashOf(label: string): KeptHash {
  const computation = new Secret({
    kind: "digest",
    digest: "md5",
    salted: "none",
    salt: new Uint8Array(),
    rounds: 1,
    again: "digest",
    value: new Uint8Array(16),
    preparation: [],
  } as const);
  return { format: "md5", label, computation };
}

interface Asked {
  readonly digest?: string;
  readonly address?: string;
  readonly label?: string;
  readonly deadlineMs?: number;
}

/** A line whose threads were seen to take 100 ms for `slow`. */
async function aLine(threads = 1): Promise<{
  readonly line: CheckLine;
  readonly ask: (password: string, asked?: Asked) => Promise<LineAnswer>;
  readonly said: string[];
}> {
  const line = new CheckLine({ verifier, threads, clock });
  const said: string[] = [];
  const ask = (password: string, asked: Asked = {}): Promise<LineAnswer> => {
    const { digest = password, address = password, label = "slow" } = asked;
    const bytes = Buffer.from(password);
    const { deadlineMs = nowMs + 2500 } = asked;
    const asking = line.ask({ hash: hashOf(label), password: bytes, digest, address, deadlineMs });
    void asking.then(({ verdict }) => said.push(`${password}: ${verdict}`));
    return asking;
  };
  const first = ask("first");
  nowMs += 100;
  await works[0]?.end();
  await first;
  works = [];
  said.length = 0;
  return { line, ask, said };
}

/** Lets the threads work until nothing is left, each piece in so long. */
async function workOff(ms = 100): Promise<readonly string[]> {
  const order: string[] = [];
  for (let at = 0; at < works.length; at += 1) {
    nowMs += ms;
    order.push(works[at]?.password ?? "");
    await works[at]?.end();
  }
  return order;
}

describe("the line before the threads", () => {
  it("gives work to an idle thread at once", async () => {
    const { ask, line } = await aLine(2);
    void ask("a");
    void ask("b");
    void ask("c");
    expect(works.map(({ password }) => password)).toEqual(["a", "b"]);
    expect(line.load).toMatchObject({ running: 2, waiting: 1 });
    await workOff();
    expect(line.load).toEqual({ running: 0, waiting: 0, waitMs: 0 });
  });

  it("works on nothing that nobody waits for any more, idle as it may be", async () => {
    const { ask, said } = await aLine();
    await ask("late", { deadlineMs: nowMs });
    expect(said).toEqual(["late: overloaded"]);
    expect(works).toEqual([]);
  });

  it("lets logins take turns, so that one user's storm does not starve the rest", async () => {
    const { ask } = await aLine();
    for (const password of ["s1", "s2", "s3", "s4"]) void ask(password, { digest: "storm" });
    void ask("a");
    void ask("b");
    expect(await workOff()).toEqual(["s1", "s2", "a", "b", "s3", "s4"]);
  });

  it("takes four of one login and refuses further ones at once", async () => {
    const { ask, said } = await aLine();
    void ask("running");
    for (let at = 0; at < 6; at += 1) void ask(`s${at}`, { digest: "storm" });
    await settle();
    expect(said).toEqual(["s4: overloaded", "s5: overloaded"]);
  });

  it("refuses at once what can't be answered in time", async () => {
    const { ask, said, line } = await aLine();
    for (let at = 0; at < 40; at += 1) void ask(`p${at}`);
    await settle();
    // One is worked on, and 15 more of 100 ms each end within 2.5 s, also when they take half as long again.
    expect(line.load).toMatchObject({ running: 1, waiting: 15 });
    expect(said).toHaveLength(24);
    await workOff();
    expect(said.filter((text) => text.endsWith("wrong"))).toHaveLength(16);
  });

  it("keeps what it took in when the machine takes half as long again, and tells nobody too late", async () => {
    const { ask, said } = await aLine();
    for (let at = 0; at < 40; at += 1) void ask(`p${at}`);
    await settle();
    said.length = 0;
    await workOff(150);
    expect(said).toHaveLength(16);
    expect(said.every((text) => text.endsWith("wrong"))).toBe(true);
    expect(nowMs).toBeLessThanOrEqual(100 + 2500);
  });

  it("takes in less for a while after the machine was slow, though it is quick again", async () => {
    const { ask, line } = await aLine();
    const answer = async (times: number, ms: number): Promise<void> => {
      for (let at = 0; at < times; at += 1) {
        void ask(`q${nowMs}`);
        await workOff(ms);
        works = [];
      }
    };
    await answer(100, 200);
    await answer(20, 100);
    for (let at = 0; at < 40; at += 1) void ask(`p${at}`);
    expect(line.load.waiting).toBe(8);
    await workOff();
    works = [];
    nowMs += 300_000;
    for (let at = 0; at < 40; at += 1) void ask(`r${at}`);
    expect(line.load.waiting).toBeGreaterThanOrEqual(13);
  });

  it("tells those who can't be answered any more as soon as the machine is seen to be slow", async () => {
    const { ask, line, said } = await aLine();
    for (let at = 0; at < 40; at += 1) void ask(`p${at}`);
    await settle();
    said.length = 0;
    for (let at = 0; at < 4; at += 1) {
      nowMs += 400;
      await works[at]?.end();
    }
    // 1.6 s of 2.5 s are over, what waits takes 277 ms each, and one of them is worked on.
    expect(said.filter((text) => text.endsWith("overloaded"))).toHaveLength(9);
    expect(line.load).toMatchObject({ running: 1, waiting: 2 });
  });

  it("says beforehand whether anything can be taken in at all", async () => {
    const { ask, line } = await aLine();
    expect(line.canTake(nowMs + 2500)).toBe(true);
    for (let at = 0; at < 40; at += 1) void ask(`p${at}`);
    expect(line.canTake(nowMs + 2500)).toBe(false);
    await workOff();
    expect(line.canTake(nowMs + 2500)).toBe(true);
  });

  it("can take more than one a thread in while nothing is known of any hash", async () => {
    const line = new CheckLine({ verifier, threads: 1, clock });
    const password = Buffer.from("x");
    void line.ask({ hash: hashOf("new"), password, digest: "", address: "", deadlineMs: 2500 });
    expect(line.canTake(2500)).toBe(true);
  });

  it("takes more where there are more threads", async () => {
    const { ask, line } = await aLine(2);
    for (let at = 0; at < 80; at += 1) void ask(`p${at}`);
    expect(line.load).toMatchObject({ running: 2, waiting: 30 });
  });

  it("does not work on what comes too late by its turn", async () => {
    const { ask, said } = await aLine();
    void ask("a");
    void ask("b", { deadlineMs: nowMs + 250 });
    void ask("c");
    nowMs += 2000;
    await works[0]?.end();
    expect(works.map(({ password }) => password)).toEqual(["a", "c"]);
    expect(said).toContain("b: overloaded");
  });

  it("lets what comes from one address fill half of the time, and others in beside it", async () => {
    const { ask, line, said } = await aLine();
    for (let at = 0; at < 40; at += 1) void ask(`p${at}`, { address: "office" });
    await settle();
    expect(line.load.waiting).toBe(9);
    said.length = 0;
    void ask("guest");
    await settle();
    expect(said).toEqual([]);
    expect(line.load.waiting).toBe(10);
  });

  it("gives an idle thread work however long it may take: the guess may be wrong", async () => {
    const { ask, said } = await aLine();
    void ask("slow");
    nowMs += 5000;
    await works[0]?.end();
    for (let at = 1; at < 8; at += 1) {
      void ask(`p${at}`);
      nowMs += 10;
      await works[at]?.end();
    }
    expect(said).toHaveLength(8);
    expect(said.every((text) => text.endsWith("wrong"))).toBe(true);
  });

  it("goes by what each kind of hash takes", async () => {
    const { ask, line } = await aLine();
    void ask("a", { label: "slow" });
    for (let at = 0; at < 100; at += 1) void ask(`p${at}`, { label: "quick" });
    expect(line.load.waiting).toBe(100);
  });

  it("says unable for what can't be computed", async () => {
    const { ask } = await aLine();
    const asking = ask("a");
    await works[0]?.end("unable");
    expect(await asking).toMatchObject({ verdict: "unable" });
  });

  it("leaves no password behind that it refused", async () => {
    const { line } = await aLine();
    const ask = (password: Uint8Array): Promise<LineAnswer> =>
      line.ask({ hash: hashOf("slow"), password, digest: "one", address: "a", deadlineMs: 2600 });
    for (let at = 0; at < 5; at += 1) void ask(Buffer.from("secret"));
    const password = Buffer.from("secret");
    await ask(password);
    expect([...password]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("knows what hashes take once it has warmed up", async () => {
    const line = new CheckLine({ verifier, threads: 2, clock });
    const warming = line.warmUp([hashOf("slow")]);
    await settle();
    await works[0]?.end();
    await works[1]?.end();
    nowMs += 100;
    await works[2]?.end();
    await warming;
    expect(line.load).toEqual({ running: 0, waiting: 0, waitMs: 0 });
    works = [];
    const ask = (digest: string): void => {
      const password = Buffer.from(digest);
      const deadlineMs = nowMs + 2500;
      void line.ask({ hash: hashOf("slow"), password, digest, address: digest, deadlineMs });
    };
    for (let at = 0; at < 80; at += 1) ask(`p${at}`);
    expect(line.load).toEqual({ running: 2, waiting: 30, waitMs: 1600 });
  });
});
