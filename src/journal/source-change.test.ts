import { beforeEach, describe, expect, it } from "vitest";
import { InvariantError, type PlannedRecord } from "../core/index.ts";
import { openEphemeralJournal, type SourceIdentity, type SqliteJournal } from "./index.ts";

const OLD: SourceIdentity = { location: "old.csv", name: "old", fingerprint: "01" };
const NEW: SourceIdentity = { location: "new.csv", name: "new", fingerprint: "02" };
const NEWER: SourceIdentity = { location: "newer.csv", name: "newer", fingerprint: "03" };
const FAILED = { kind: "failed", code: "ORG_VALIDATION", reason: "No.", hint: "Mend." } as const;
const LOST = { ...FAILED, code: "ANSWER_LOST" } as const;

/** What is held of their passwords. */
const BCRYPT = { label: "bcrypt 10", route: "hash" } as const;
const REJECTED = { label: "no password", route: "rejected" } as const;

function ready(seq: number, login: string): PlannedRecord {
  return { kind: "ready", seq, line: seq + 1, login, password: BCRYPT };
}

function rejected(seq: number, login: string): PlannedRecord {
  const issue = { code: "TOO_SHORT", reason: "Short.", hint: "Longer." } as const;
  return {
    kind: "rejected",
    seq,
    line: seq + 1,
    login,
    issues: [issue],
    fields: { a: "1" },
    password: REJECTED,
  };
}

async function createdLogins(journal: SqliteJournal): Promise<string[]> {
  const logins: string[] = [];
  for await (const { login, oktaId } of journal.createdUsers()) logins.push(`${login} ${oktaId}`);
  return logins;
}

async function failedSeqs(journal: SqliteJournal): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { seq } of journal.failures()) seqs.push(seq);
  return seqs;
}

let journal: SqliteJournal;

/* ann created, ben existing, cem lost, dan failed, eva pending, fay rejected, gus created */
beforeEach(async () => {
  journal = await openEphemeralJournal({
    org: "https://example.okta.com",
    scenario: "staged",
    source: OLD,
    mapping: "m",
    toolVersion: "1.0.0",
  });
  const logins = ["Ann@x.org", "ben@x.org", "cem@x.org", "dan@x.org", "eva@x.org"];
  await journal.plan([
    ...logins.map((login, index) => ready(index + 1, login)),
    rejected(6, "fay@x.org"),
    ready(7, "gus@x.org"),
  ]);
  await journal.finishPlan();
  await journal.noteAttempt(3, 333);
  await journal.noteOutcome({ seq: 1, outcome: { kind: "created", oktaId: "00uAnn" } });
  await journal.noteOutcome({ seq: 2, outcome: { kind: "existing", oktaId: undefined } });
  await journal.noteOutcome({ seq: 3, outcome: LOST, fields: {} });
  await journal.noteOutcome({ seq: 4, outcome: FAILED, fields: {} });
  await journal.noteOutcome({ seq: 7, outcome: { kind: "created", oktaId: "00uGus" } });
  return () => journal.close();
});

describe("a changed source", () => {
  it("is planned from its first record, and endings stay counted meanwhile", async () => {
    await journal.beginSourceChange(NEW);
    expect(await journal.isSourceChanging()).toBe(true);
    expect(await journal.lastPlannedSeq()).toBe(0);
    expect(await journal.planFinished()).toBe(false);
    expect(journal.identity().source).toEqual(NEW);
    expect(journal.totals()).toMatchObject({ records: 3, created: 2, existing: 1 });
    expect(await failedSeqs(journal)).toEqual([]);
    expect(await journal.columnsSeen()).toEqual([]);
  });

  it("keeps what became of each login, whatever its case and place", async () => {
    await journal.beginSourceChange(NEW);
    await journal.plan([
      ready(1, "new@x.org"),
      ready(2, "ANN@x.org"),
      ready(3, "Cem@x.org"),
      ready(4, "dan@x.org"),
      rejected(5, "gus@x.org"),
      rejected(6, "ann@x.org"),
    ]);
    await journal.finishPlan();
    await journal.finishSourceChange();
    expect(await journal.isSourceChanging()).toBe(false);
    expect(await createdLogins(journal)).toEqual(["ANN@x.org 00uAnn", "gus@x.org 00uGus"]);
    expect(await journal.pendingBetween(1, 9)).toEqual([
      { seq: 1, line: 2, login: "new@x.org", attempted: false, notBeforeMs: undefined },
      { seq: 3, line: 4, login: "Cem@x.org", attempted: true, notBeforeMs: 333 },
      { seq: 4, line: 5, login: "dan@x.org", attempted: false, notBeforeMs: undefined },
    ]);
    expect(await failedSeqs(journal)).toEqual([6]);
    // ben is in no new record and stays counted.
    expect(journal.totals()).toEqual({
      records: 7,
      created: 2,
      updated: 0,
      existing: 1,
      rejected: 1,
      failed: 0,
      pending: 3,
    });
  });

  it("users whom it no longer names stay records, and are never read from it", async () => {
    await journal.beginSourceChange(NEW);
    await journal.plan([ready(1, "eva@x.org")]);
    await journal.finishPlan();
    await journal.finishSourceChange();
    expect(journal.totals()).toMatchObject({ records: 4, created: 2, existing: 1, pending: 1 });
    expect(await createdLogins(journal)).toEqual(["Ann@x.org 00uAnn", "gus@x.org 00uGus"]);
    expect(await journal.lastPlannedSeq()).toBe(1);
    expect(await journal.firstPending()).toMatchObject({ seq: 1 });
  });

  it("can change again: users left over from the first find their records again", async () => {
    await journal.beginSourceChange(NEW);
    await journal.plan([ready(1, "ben@x.org")]);
    await journal.finishPlan();
    await journal.finishSourceChange();
    await journal.beginSourceChange(NEWER);
    await journal.plan([ready(1, "gus@x.org"), ready(2, "ann@x.org")]);
    await journal.finishPlan();
    await journal.finishSourceChange();
    expect(await createdLogins(journal)).toEqual(["gus@x.org 00uGus", "ann@x.org 00uAnn"]);
    expect(journal.totals()).toMatchObject({ records: 3, created: 2, existing: 1, pending: 0 });
  });

  it("goes on when it is begun again, and starts over for a third source", async () => {
    await journal.beginSourceChange(NEW);
    await journal.plan([ready(1, "ann@x.org")]);
    await journal.beginSourceChange(NEW);
    expect(await journal.lastPlannedSeq()).toBe(1);
    await journal.beginSourceChange(NEWER);
    expect(await journal.lastPlannedSeq()).toBe(0);
    expect(journal.totals()).toMatchObject({ records: 3, created: 2, existing: 1 });
    await journal.plan([ready(1, "ann@x.org")]);
    expect(await createdLogins(journal)).toEqual(["ann@x.org 00uAnn"]);
  });

  it("is refused while an attempt waits for its outcome", async () => {
    await journal.noteAttempt(5, 555);
    await expect(journal.beginSourceChange(NEW)).rejects.toThrow(InvariantError);
    expect(journal.identity().source).toEqual(OLD);
    expect(journal.totals().records).toBe(7);
  });

  it("is not finished before it is planned", async () => {
    await expect(journal.finishSourceChange()).rejects.toThrow(InvariantError);
    await journal.beginSourceChange(NEW);
    await expect(journal.finishSourceChange()).rejects.toThrow(InvariantError);
  });
});
