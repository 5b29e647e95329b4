import { mkdir, mkdtemp, open, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import Database from "libsql";
import { beforeEach, describe, expect, it } from "vitest";
import { JournalError, type PlannedRecord } from "../core/index.ts";
import { journalExists, openJournal, type RunIdentity, type SqliteJournal } from "./index.ts";

const IDENTITY: RunIdentity = {
  org: "https://example.okta.com",
  scenario: "hook",
  source: { location: "-", name: "stdin", fingerprint: undefined },
  mapping: "m1",
  toolVersion: "1.0.0",
};
const CREATED = { kind: "created", oktaId: "00u1" } as const;
const PAGE_BYTES = 4096;

let dir: string;
let file: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "journal-"));
  file = join(dir, "journal");
  return () => rm(dir, { recursive: true });
});

function readies(count: number, from = 1): PlannedRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const seq = from + index;
    const password = { label: "bcrypt 10", route: "hash" } as const;
    return { kind: "ready", seq, line: seq + 1, login: `user${seq}@example.com`, password };
  });
}

/** A closed journal with some records. */
async function aClosedJournal({ records = 500 } = {}): Promise<void> {
  const journal = await openJournal({ dir, create: IDENTITY });
  await journal.plan(readies(records));
  await journal.close();
}

/** Runs SQL on the journal's file, behind its back. */
function tamper(sql: string, path = file): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}

/** Code of the error with which opening is refused. */
async function refusal(readOnly = false): Promise<string> {
  try {
    await (await openJournal({ dir, readOnly })).close();
    return "opened";
  } catch (error) {
    if (error instanceof JournalError) return error.code;
    throw error;
  }
}

describe("the run's folder", () => {
  it("is its owner's alone, and holds one file and the lock once the journal is closed", async () => {
    const run = join(dir, "runs", "one");
    expect(await journalExists(run)).toBe(false);
    const journal = await openJournal({ dir: run, create: IDENTITY });
    await journal.plan(readies(1));
    const names = (await readdir(run)).toSorted();
    expect(names).toEqual(["journal", "journal-shm", "journal-wal", "journal.lock"]);
    for (const name of names) expect((await stat(join(run, name))).mode & 0o777).toBe(0o600);
    expect((await stat(run)).mode & 0o777).toBe(0o700);
    await journal.close();
    expect((await readdir(run)).toSorted()).toEqual(["journal", "journal.lock"]);
    expect(await journalExists(run)).toBe(true);
  });

  it("may have any name that the file system takes", async () => {
    dir = join(dir, "50 %41?#&ü");
    await aClosedJournal();
    expect((await readdir(dir)).toSorted()).toEqual(["journal", "journal.lock"]);
    expect(await refusal()).toBe("opened");
  });

  it("all of a run is there again when it is opened again", async () => {
    const first = await openJournal({ dir, create: IDENTITY });
    await first.plan(readies(3));
    await first.noteAttempt(2, 7.25);
    await first.noteOutcome({ seq: 1, outcome: CREATED });
    await first.finishPlan();
    await first.setMapping("m2");
    await first.setSource({ location: "u.csv", name: "u", fingerprint: "cd" });
    first.noteTraffic({ requests: 5, rateLimited: 1, retries: 2 }, 100);
    await first.close();
    const second = await openJournal({
      dir,
      create: { ...IDENTITY, org: "https://other.okta.com" },
    });
    second.noteTraffic({ requests: 2, rateLimited: 1, retries: 0 }, 10);
    expect(second.identity()).toEqual({
      ...IDENTITY,
      mapping: "m2",
      source: { location: "u.csv", name: "u", fingerprint: "cd" },
    });
    expect(second.totals()).toMatchObject({ records: 3, created: 1, pending: 2 });
    expect(await second.pendingBetween(2, 2)).toMatchObject([
      { attempted: true, notBeforeMs: 7.25 },
    ]);
    expect(await second.planFinished()).toBe(true);
    expect(second.cost()).toEqual({ requests: 7, rateLimited: 2, retries: 2, elapsedMs: 110 });
    await second.close();
  });
});

describe("who may open it", () => {
  it("nobody writes it beside another, and reading it needs no lock", async () => {
    const journal = await openJournal({ dir, create: IDENTITY });
    await journal.plan(readies(2));
    await journal.noteOutcome({ seq: 1, outcome: CREATED });
    expect(await refusal()).toBe("JOURNAL_LOCKED");
    const reader = await openJournal({ dir, readOnly: true });
    expect(reader.totals()).toMatchObject({ records: 2, created: 1 });
    await journal.noteOutcome({ seq: 2, outcome: CREATED });
    const created: number[] = [];
    for await (const { line } of reader.createdUsers()) created.push(line);
    expect(created).toEqual([2, 3]);
    await expect(reader.finishPlan()).rejects.toMatchObject({ code: "JOURNAL_UNWRITABLE" });
    await reader.close();
    await journal.close();
    expect(await refusal()).toBe("opened");
  });

  it("where no run was begun there is nothing to open", async () => {
    expect(await refusal()).toBe("JOURNAL_UNREADABLE");
    expect(await refusal(true)).toBe("JOURNAL_UNREADABLE");
    expect(await readdir(dir)).toEqual([]);
    await writeFile(file, "");
    expect(await refusal()).toBe("JOURNAL_UNREADABLE");
    expect(await refusal(true)).toBe("JOURNAL_UNREADABLE");
    const journal = await openJournal({ dir, create: IDENTITY });
    expect(journal.identity()).toEqual(IDENTITY);
    await journal.close();
  });

  it("a folder that can't be made is told as what it is", async () => {
    await writeFile(file, "");
    const opened = openJournal({ dir: join(file, "run"), create: IDENTITY });
    await expect(opened).rejects.toMatchObject({ code: "JOURNAL_UNWRITABLE" });
  });
});

describe("a journal that can't be trusted", () => {
  it.each([
    ["no database", () => writeFile(file, "not a database ".repeat(1000))],
    ["a folder in its place", () => rm(file).then(() => mkdir(file))],
    ["cut short", () => truncate(file, 3 * PAGE_BYTES)],
    ["cut within a page", async () => truncate(file, (await stat(file)).size - 100)],
    ["a database of another program", async () => tamper("PRAGMA application_id = 7")],
    [
      "an unmarked database",
      async () => tamper("PRAGMA application_id = 0; PRAGMA user_version = 0"),
    ],
    ["without its identity", async () => tamper("DELETE FROM meta")],
    ["without a table", async () => tamper("DROP TABLE record")],
    ["with a record missing", async () => tamper("DELETE FROM record WHERE seq = 5")],
    ["with a record in no state", async () => tamper("UPDATE record SET state = 9 WHERE seq = 5")],
    ["with a value that is none", async () => tamper("INSERT INTO meta VALUES ('traffic', '{')")],
  ])("is refused: %s", async (_, damage) => {
    await aClosedJournal();
    await damage();
    expect(await refusal()).toMatch(/^JOURNAL_(?:CORRUPT|UNREADABLE)$/);
    expect(await refusal(true)).toMatch(/^JOURNAL_(?:CORRUPT|UNREADABLE)$/);
  });

  it.each([0, 1, 99])("is refused when its format is another: %i", async (version) => {
    await aClosedJournal();
    tamper(`PRAGMA user_version = ${version}`);
    expect(await refusal()).toBe("JOURNAL_VERSION");
    expect(await refusal(true)).toBe("JOURNAL_VERSION");
  });

  it("is refused, never misread, when the disk lost a page", async () => {
    await aClosedJournal({ records: 2000 });
    const pages = (await stat(file)).size / PAGE_BYTES;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: pages - 1 }), async (page) => {
        const handle = await open(file, "r+");
        const kept = Buffer.alloc(PAGE_BYTES);
        await handle.read(kept, 0, PAGE_BYTES, page * PAGE_BYTES);
        await handle.write(Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, page * PAGE_BYTES);
        await handle.close();
        expect(await refusal()).toMatch(/^JOURNAL_(?:CORRUPT|UNREADABLE)$/);
        const healed = await open(file, "r+");
        await healed.write(kept, 0, PAGE_BYTES, page * PAGE_BYTES);
        await healed.close();
      }),
      { numRuns: 15 },
    );
    expect(await refusal()).toBe("opened");
  });

  it("a lock file that is none is refused", async () => {
    await aClosedJournal();
    await writeFile(join(dir, "journal.lock"), "not a lock ".repeat(100));
    expect(await refusal()).toBe("JOURNAL_CORRUPT");
  });
});

describe("a full disk", () => {
  let journal: SqliteJournal;

  beforeEach(async () => {
    journal = await openJournal({ dir, create: IDENTITY, maxPages: 30 });
    await journal.plan(readies(100));
    return () => journal.close();
  });

  it("stops everything with the same error, and what was promised before is kept", async () => {
    await journal.noteOutcome({ seq: 1, outcome: CREATED });
    const first: unknown = await journal.plan(readies(5000, 101)).catch((error: unknown) => error);
    expect(first).toMatchObject({ code: "JOURNAL_UNWRITABLE" });
    await expect(journal.noteAttempt(2, 1)).rejects.toBe(first);
    await expect(journal.noteOutcome({ seq: 2, outcome: CREATED })).rejects.toBe(first);
    await expect(journal.firstPending()).rejects.toBe(first);
    await expect(journal.finishPlan()).rejects.toBe(first);
    expect(journal.totals()).toMatchObject({ records: 100, created: 1 });
    await journal.close();
    const again = await openJournal({ dir });
    expect(again.totals()).toMatchObject({ records: 100, created: 1, pending: 99 });
    await again.close();
  });

  it("fails all changes that were to be committed together", async () => {
    const fields = { text: "x".repeat(2000) };
    const outcome = {
      kind: "failed",
      code: "ORG_VALIDATION",
      reason: "No.",
      hint: "Mend.",
    } as const;
    const changes = readies(100).map(({ seq }) => journal.noteOutcome({ seq, outcome, fields }));
    const settled = await Promise.allSettled(changes);
    expect(settled.every(({ status }) => status === "rejected")).toBe(true);
    await expect(journal.noteAttempt(1, 1)).rejects.toMatchObject({ code: "JOURNAL_UNWRITABLE" });
    expect(journal.totals()).toMatchObject({ records: 100, failed: 0, pending: 100 });
  });
});
