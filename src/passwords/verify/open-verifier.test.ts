import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FakeClock, settle } from "../../../test/support/fake-clock.ts";
import { makeTempFolder } from "../../../test/support/temp-folder.ts";
import { Secret } from "../../core/index.ts";
import type { Computation } from "../formats/index.ts";
import { openVerifier } from "./open-verifier.ts";
import type { Question } from "./password-verifier.ts";

const clock = new FakeClock();
const verifier = openVerifier({ clock, threads: 1, maxWaiting: 1 });
afterAll(() => verifier.close());

const quick: Computation = {
  kind: "digest",
  preparation: [],
  digest: "sha256",
  salted: "none",
  salt: new Uint8Array(),
  rounds: 1,
  again: "digest",
  value: createHash("sha256").update("a password").digest(),
};

/** A tenth of a second or more. */
const slow: Computation = { ...quick, rounds: 100_000 };

/** Published with "Hello world!" in glibc's crypt/md5c-test.c. */
const MD5_CRYPT = "$1$saltstri$YMyguxXMBpd2TEZ.vS/3q1";

/** A password in memory of its own, as a caller should hand it over. */
function ask(text: string, computation = quick, deadlineMs?: number): Question {
  const password = new TextEncoder().encode(text).slice();
  const question = { computation: new Secret(computation), password };
  return deadlineMs === undefined ? question : { ...question, deadlineMs };
}

function isErased({ password }: Question): boolean {
  return password.every((byte) => byte === 0);
}

describe("a verifier", () => {
  it("tells the right password from a wrong one", async () => {
    expect(await verifier.verify(ask("a password"))).toBe("right");
    expect(await verifier.verify(ask("another one"))).toBe("wrong");
    expect(verifier.load).toEqual({ running: 0, waiting: 0 });
  });

  it("says of what can't be computed that it can't", async () => {
    expect(await verifier.verify(ask("a password", { ...quick, rounds: -1 }))).toBe("unable");
    expect(await verifier.verify(ask("a password"))).toBe("right");
  });

  it("works on questions in the order in which they came, and says at once when too many wait", async () => {
    const order: string[] = [];
    const first = verifier.verify(ask("x", slow)).then(() => order.push("first"));
    const second = verifier.verify(ask("x")).then(() => order.push("second"));
    const third = ask("a password");
    expect(verifier.load).toEqual({ running: 1, waiting: 1 });
    expect(await verifier.verify(third)).toBe("full");
    expect(isErased(third)).toBe(true);
    expect(order).toEqual([]);
    await Promise.all([first, second]);
    expect(order).toEqual(["first", "second"]);
  });

  it("tells those who wait in vain as soon as their deadline has passed", async () => {
    const first = verifier.verify(ask("x", slow));
    const waiting = ask("a password", quick, clock.now() + 100);
    const second = verifier.verify(waiting);
    await clock.run({ untilMs: clock.now() + 100 });
    expect(await second).toBe("late");
    expect(isErased(waiting)).toBe(true);
    expect(verifier.load).toEqual({ running: 1, waiting: 0 });
    expect(await first).toBe("wrong");
  });

  it("keeps no watch over the deadline of a question that it has begun", async () => {
    const first = verifier.verify(ask("x", slow));
    const second = verifier.verify(ask("a password", quick, clock.now() + 100));
    expect(clock.pending).toBe(1);
    await first;
    expect(await second).toBe("right");
    await settle();
    expect(clock.pending).toBe(0);
  });

  it("does not begin a question whose deadline has passed already", async () => {
    await clock.run({ untilMs: clock.now() + 10 });
    const question = ask("a password", quick, clock.now() - 1);
    expect(await verifier.verify(question)).toBe("late");
    expect(isErased(question)).toBe(true);
  });

  it("leaves the event loop free while it works", async () => {
    let turns = 0;
    let isDone = false;
    const verdict = verifier.verify(ask("x", slow)).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await settle();
      turns += 1;
    }
    expect(await verdict).toBe("wrong");
    expect(turns).toBeGreaterThan(100);
  });
});

describe("the password of a question", () => {
  it("goes over to the thread, and nothing of it stays behind", async () => {
    const question = ask("a password");
    const verdict = verifier.verify(question);
    expect(question.password.byteLength).toBe(0);
    expect(await verdict).toBe("right");
  });

  it("is erased where it stands in memory that is shared with others", async () => {
    const shared = new TextEncoder().encode("before|a password|behind");
    const password = shared.subarray(7, 17);
    const verdict = verifier.verify({ computation: new Secret(quick), password });
    expect(new TextDecoder().decode(shared)).toBe(`before|${"\0".repeat(10)}|behind`);
    expect(await verdict).toBe("right");
  });

  it("can be empty", async () => {
    const value = createHash("sha256").update("").digest();
    expect(await verifier.verify(ask("", { ...quick, value }))).toBe("right");
  });

  it("that was handed over before is not taken for an empty one", async () => {
    const value = createHash("sha256").update("").digest();
    const question = ask("a password", { ...quick, value });
    expect(await verifier.verify(question)).toBe("wrong");
    expect(await verifier.verify(question)).toBe("unable");
  });
});

describe("a thread that dies", () => {
  it("costs its own question the answer, and no other one: another thread takes up what waits", async () => {
    // More than the thread's heap can hold.
    const preparation = Array.from({ length: 900_000 }, () => ({ step: "trim" }) as const);
    const dying = verifier.verify(ask("x", { ...quick, preparation }));
    const waiting = verifier.verify(ask("a password"));
    expect(verifier.load).toEqual({ running: 1, waiting: 1 });
    expect(await dying).toBe("unable");
    expect(await waiting).toBe("right");
    expect(await verifier.verify(ask("another one"))).toBe("wrong");
    expect(verifier.load).toEqual({ running: 0, waiting: 0 });
  });
});

describe("closing a verifier", () => {
  it("answers what waits and runs, and whatever comes later, with unable", async () => {
    const closing = openVerifier({ clock, threads: 1 });
    const running = closing.verify(ask("x", slow));
    const waiting = ask("a password");
    const verdict = closing.verify(waiting);
    await closing.close();
    expect(await running).toBe("unable");
    expect(await verdict).toBe("unable");
    const late = ask("a password");
    expect(await closing.verify(late)).toBe("unable");
    expect([waiting, late].every(isErased)).toBe(true);
    expect(closing.load).toEqual({ running: 0, waiting: 0 });
  });

  it("is not needed for the process to end", () => {
    const source = (path: string): string => JSON.stringify(new URL(path, import.meta.url));
    const program = join(makeTempFolder(), "verify-once.mjs");
    writeFileSync(
      program,
      `import { openVerifier } from ${source("open-verifier.ts")};
      import { systemClock } from ${source("../../platform/index.ts")};
      const verifier = openVerifier({ clock: systemClock, threads: 2 });
      const computation = { kind: "crypt", scheme: "md5", preparation: [], text: "${MD5_CRYPT}" };
      const password = new TextEncoder().encode("Hello world!");
      const question = { computation: { reveal: () => computation }, password };
      console.log(await verifier.verify(question));`,
    );
    const loader = new URL("../../../scripts/typescript-loader.mjs", import.meta.url).href;
    const args = ["--import", loader, program];
    const { stdout, status } = spawnSync(process.execPath, args, { timeout: 25_000 });
    expect({ output: stdout.toString().trim(), status }).toEqual({ output: "right", status: 0 });
  });
});
