import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PendingRecord, PlannedRecord, Totals } from "../core/index.ts";
import { openJournal, type RunIdentity, type SqliteJournal } from "./index.ts";

const IDENTITY: RunIdentity = {
  org: "https://example.okta.com",
  scenario: "passwords",
  source: { location: "users.csv", name: "users", fingerprint: "ab" },
  mapping: "m1",
  toolVersion: "1.0.0",
};
const RECORDS = 3000;

/*
 * Works on a journal as a run does and says every promise that resolved, at once and unbuffered:
 * `p 2000` planned up to there, `a 5` attempt noted, `o 5` outcome noted, `f` plan finished.
 */
const WRITER = `
import { writeSync } from "node:fs";
import { openJournal } from "./journal/index.js";
process.umask(0);
const say = (text) => writeSync(1, text + "\\n");
const journal = await openJournal({ dir: process.argv[2], create: ${JSON.stringify(IDENTITY)} });
say("open");
const records = ${RECORDS};
for (let from = (await journal.lastPlannedSeq()) + 1; from <= records; from += 500) {
  await journal.plan(Array.from({ length: Math.min(500, records - from + 1) }, (_, index) => ({
    kind: "ready", seq: from + index, line: from + index + 1, login: "u" + (from + index) + "@x.org",
    password: { label: "bcrypt 10", route: "hash" },
  })));
  say("p " + (await journal.lastPlannedSeq()));
}
await journal.finishPlan();
say("f");
const pending = await journal.pendingBetween(1, records);
let next = 0;
await Promise.all(Array.from({ length: 20 }, async () => {
  while (next < pending.length) {
    const { seq } = pending[next++];
    await journal.noteAttempt(seq, seq);
    say("a " + seq);
    await new Promise(setImmediate);
    await journal.noteOutcome(seq % 3 === 0
      ? { seq, outcome: { kind: "failed", code: "ORG_VALIDATION", reason: "r", hint: "h" }, fields: {} }
      : { seq, outcome: { kind: "created", oktaId: "00u" + seq } });
    say("o " + seq);
  }
}));
say("idle");
setInterval(() => undefined, 1000);
`;

let home: string;
let children: ChildProcess[] = [];

/* The room, and those that it needs, as JavaScript, so that a plain node process can run it. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "journal-"));
  for (const room of ["core", "platform", "journal"]) {
    const from = resolve(import.meta.dirname, "..", room);
    mkdirSync(join(home, room));
    for (const name of readdirSync(from).filter((file) => /(?<!\.test)\.ts$/.test(file))) {
      const { outputText } = ts.transpileModule(readFileSync(join(from, name), "utf8"), {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2023,
          rewriteRelativeImportExtensions: true,
        },
      });
      writeFileSync(join(home, room, name.replace(/\.ts$/, ".js")), outputText);
    }
  }
  writeFileSync(join(home, "package.json"), '{"type":"module"}');
  writeFileSync(join(home, "writer.js"), WRITER);
  symlinkSync(resolve(import.meta.dirname, "../../node_modules"), join(home, "node_modules"));
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  children = [];
  await rm(home, { recursive: true });
});

function readyRecord(seq: number, login: string): PlannedRecord {
  const password = { label: "bcrypt 10", route: "hash" } as const;
  return { kind: "ready", seq, line: seq, login, password };
}

/** Runs the writer until it said enough or has nothing left to do, kills it, and gives all that it said. */
async function killedWriter(dir: string, isEnough: (said: readonly string[]) => boolean) {
  const child = spawn(process.execPath, [join(home, "writer.js"), dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const ended = once(child, "close");
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (line === "idle" || isEnough(said)) child.kill("SIGKILL");
  }
  await ended;
  return said;
}

async function pendingOf(journal: SqliteJournal): Promise<Map<number, PendingRecord>> {
  const pending = await journal.pendingBetween(1, RECORDS);
  return new Map(pending.map((record) => [record.seq, record]));
}

async function endedOf(journal: SqliteJournal): Promise<Set<number>> {
  const lines: number[] = [];
  for await (const { line } of journal.createdUsers()) lines.push(line);
  for await (const { line } of journal.failures()) lines.push(line);
  expect(new Set(lines).size).toBe(lines.length);
  return new Set(lines.map((line) => line - 1));
}

/** Everything that was said is in the journal, and its records add up. */
async function expectAllKept(dir: string, said: readonly string[]): Promise<Totals> {
  const journal = await openJournal({ dir });
  const planned = await journal.lastPlannedSeq();
  const pending = await pendingOf(journal);
  const ended = await endedOf(journal);
  for (const [kind, seq] of said.map((line) => line.split(" ") as [string, string?])) {
    const number = Number(seq);
    if (kind === "p") expect(planned).toBeGreaterThanOrEqual(number);
    if (kind === "o") expect(ended.has(number)).toBe(true);
    if (kind === "a" && !ended.has(number)) {
      expect(pending.get(number)).toMatchObject({ attempted: true, notBeforeMs: number });
    }
    if (kind === "f") expect(await journal.planFinished()).toBe(true);
  }
  const totals = journal.totals();
  expect(totals.records).toBe(planned);
  expect(totals.pending).toBe(pending.size);
  expect(totals.created + totals.failed).toBe(ended.size);
  expect(pending.size + ended.size).toBe(planned);
  await journal.close();
  return totals;
}

describe("a process that is killed", () => {
  it.each([2, 60, 900, 4500])(
    "after %i promises has lost none of them, and the next one goes on",
    { timeout: 60_000 },
    async (count) => {
      const dir = join(home, `run-${count}`);
      const said = await killedWriter(dir, (lines) => lines.length >= count);
      await expectAllKept(dir, said);
      const saidThen = await killedWriter(dir, (lines) => lines.length >= count);
      await expectAllKept(
        dir,
        [...said, ...saidThen].filter((line) => line !== "open"),
      );
      await killedWriter(dir, () => false);
      expect(await expectAllKept(dir, [])).toMatchObject({
        records: RECORDS,
        created: 2000,
        failed: 1000,
        pending: 0,
      });
    },
  );

  it(
    "gives its lock back; while it lives nobody else may write, and anybody read",
    { timeout: 60_000 },
    async () => {
      const dir = join(home, "run-locked");
      const checks: Promise<void>[] = [];
      const checkBeside = async (): Promise<void> => {
        await expect(openJournal({ dir })).rejects.toMatchObject({ code: "JOURNAL_LOCKED" });
        const reader = await openJournal({ dir, readOnly: true });
        expect(reader.totals().pending).toBe(0);
        await reader.close();
        for (const name of readdirSync(dir)) {
          expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
        }
      };
      const child = spawn(process.execPath, [join(home, "writer.js"), dir], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(child);
      const ended = once(child, "close");
      for await (const line of createInterface({ input: child.stdout })) {
        if (line !== "idle") continue;
        checks.push(checkBeside().finally(() => child.kill("SIGKILL")));
      }
      await ended;
      expect(checks).toHaveLength(1);
      await Promise.all(checks);
      const journal = await openJournal({ dir });
      expect(journal.totals().records).toBe(RECORDS);
      await journal.close();
    },
  );
});

describe("a log that is cut off", () => {
  interface Step {
    readonly logBytes: number;
    readonly totals: Totals;
    readonly lastPlanned: number;
    readonly unsettled: number;
  }

  const steps: Step[] = [];
  let whole: string;
  let copies = 0;

  /* One commit a step, each with the length of the log behind it and what was true then. */
  beforeAll(async () => {
    whole = join(home, "whole");
    const journal = await openJournal({ dir: whole, create: IDENTITY });
    const note = async (): Promise<void> => {
      steps.push({
        logBytes: statSync(join(whole, "journal-wal")).size,
        totals: journal.totals(),
        lastPlanned: await journal.lastPlannedSeq(),
        unsettled: await journal.unsettledCount(),
      });
    };
    await note();
    for (let seq = 1; seq <= 12; seq += 1) {
      await journal.plan([readyRecord(seq, `user${seq}@example.com`)]);
      await note();
      await journal.noteAttempt(seq, seq);
      await note();
      await journal.noteOutcome({ seq, outcome: { kind: "created", oktaId: `00u${seq}` } });
      await note();
    }
    await journal.beginSourceChange({ location: "b.csv", name: "b", fingerprint: "cd" });
    await note();
    for (let seq = 1; seq <= 3; seq += 1) {
      await journal.plan([readyRecord(seq, `USER${seq * 5}@example.com`)]);
      await note();
    }
    await journal.finishPlan();
    await note();
    await journal.finishSourceChange();
    await note();
    await journal.noteAttempt(3, undefined);
    await note();
    copyFileSync(join(whole, "journal"), join(home, "main-copy"));
    copyFileSync(join(whole, "journal-wal"), join(home, "log-copy"));
    await journal.close();
  });

  async function openCut(logBytes: number): Promise<SqliteJournal | "never begun"> {
    const dir = join(home, `cut-${(copies += 1)}`);
    mkdirSync(dir);
    copyFileSync(join(home, "main-copy"), join(dir, "journal"));
    copyFileSync(join(home, "log-copy"), join(dir, "journal-wal"));
    truncateSync(join(dir, "journal-wal"), logBytes);
    try {
      return await openJournal({ dir });
    } catch (error) {
      expect(error).toMatchObject({ code: "JOURNAL_UNREADABLE" });
      return "never begun";
    }
  }

  async function expectWholeCommits(logBytes: number): Promise<void> {
    const journal = await openCut(logBytes);
    const step = steps.findLast((candidate) => candidate.logBytes <= logBytes);
    if (step === undefined || journal === "never begun") {
      expect({ step, journal }).toEqual({ step: undefined, journal: "never begun" });
      return;
    }
    expect(journal.totals()).toEqual(step.totals);
    expect(await journal.unsettledCount()).toBe(step.unsettled);
    expect(await journal.lastPlannedSeq()).toBe(step.lastPlanned);
    await journal.close();
  }

  it("at the end of each commit, and a byte before, opens at the last whole commit", async () => {
    for (const { logBytes } of steps) {
      await expectWholeCommits(logBytes);
      await expectWholeCommits(logBytes - 1);
    }
  });

  it("at any byte opens at the last whole commit before it", async () => {
    const whole = steps.at(-1)?.logBytes ?? 0;
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: whole }), expectWholeCommits), {
      numRuns: 60,
    });
  });
});
