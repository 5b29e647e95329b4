import { beforeEach, describe, expect, it } from "vitest";
import { InvariantError, type Issue, type PlannedRecord } from "../core/index.ts";
import { openEphemeralJournal, type RunIdentity, type SqliteJournal } from "./index.ts";

const IDENTITY: RunIdentity = {
  org: "https://example.okta.com",
  scenario: "passwords",
  source: { location: "users.csv", name: "users", fingerprint: "ab" },
  mapping: "m1",
  toolVersion: "1.0.0",
};

const SHORT: Issue = {
  code: "TOO_SHORT",
  field: "firstName",
  reason: "It is too short.",
  hint: "Make it longer.",
};
const LOST = { kind: "failed", code: "ANSWER_LOST", reason: "No answer.", hint: "Retry." } as const;
const REFUSED = {
  kind: "failed",
  code: "ORG_VALIDATION",
  reason: "The org says no.",
  hint: "Mend it.",
} as const;

/** What is held of their passwords. */
const BCRYPT = { label: "bcrypt 10", route: "hash" } as const;
const REJECTED = { label: "no password", route: "rejected" } as const;

function ready(seq: number, login = `user${seq}@example.com`): PlannedRecord {
  return { kind: "ready", seq, line: seq + 1, offset: seq * 100, login, password: BCRYPT };
}

function rejected(seq: number, fields = { firstName: "" }): PlannedRecord {
  return {
    kind: "rejected",
    seq,
    line: seq + 1,
    login: "",
    issues: [SHORT],
    fields,
    password: REJECTED,
  };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function seqsOf(journal: SqliteJournal, from = 1, to = 100): Promise<number[]> {
  return (await journal.pendingBetween(from, to)).map((record) => record.seq);
}

let journal: SqliteJournal;

beforeEach(async () => {
  journal = await openEphemeralJournal(IDENTITY);
  return () => journal.close();
});

describe("planning", () => {
  it("a new journal has nothing planned and nothing pending", async () => {
    expect(await journal.lastPlannedSeq()).toBe(0);
    expect(await journal.planFinished()).toBe(false);
    expect(await journal.firstPending()).toBeUndefined();
    expect(await journal.firstReopened()).toBeUndefined();
    expect(journal.totals().records).toBe(0);
    expect(journal.identity()).toEqual(IDENTITY);
  });

  it("ready records are pending with their place, rejected ones have ended", async () => {
    await journal.plan([
      ready(1),
      rejected(2),
      { kind: "ready", seq: 3, line: 9, login: "C@x.org", password: BCRYPT },
    ]);
    await journal.finishPlan();
    expect(await journal.lastPlannedSeq()).toBe(3);
    expect(await journal.planFinished()).toBe(true);
    expect(await journal.firstPending()).toEqual({ seq: 1, line: 2, offset: 100 });
    expect(await journal.pendingBetween(2, 3)).toEqual([
      { seq: 3, line: 9, login: "C@x.org", attempted: false, notBeforeMs: undefined },
    ]);
    expect(journal.totals()).toMatchObject({ records: 3, pending: 2, rejected: 1 });
  });

  it("a large plan keeps every record, in whatever batches it comes", async () => {
    for (const [from, to] of [
      [1, 49],
      [50, 50],
      [51, 151],
      [152, 12_345],
    ] as const) {
      await journal.plan(Array.from({ length: to - from + 1 }, (_, index) => ready(from + index)));
    }
    expect(await journal.lastPlannedSeq()).toBe(12_345);
    const held = (await collect(journal.heldLogins())).flat();
    expect(held).toHaveLength(12_345);
    expect(held.at(-1)).toEqual({ seq: 12_345, login: "user12345@example.com" });
    expect(journal.totals().pending).toBe(12_345);
  });

  it("a record that is left out breaks a promise, and nothing of the batch is kept", async () => {
    await journal.plan([ready(1)]);
    await expect(journal.plan([ready(2), ready(4)])).rejects.toThrow(InvariantError);
    expect(await journal.lastPlannedSeq()).toBe(1);
    expect(journal.totals().records).toBe(1);
    await journal.plan([ready(2), ready(3)]);
    expect(await journal.lastPlannedSeq()).toBe(3);
  });

  it("a record that is planned already is not planned over", async () => {
    await journal.plan([ready(1)]);
    await expect(journal.plan([rejected(1)])).rejects.toThrow("Record 1 was planned twice");
    expect(await seqsOf(journal)).toEqual([1]);
    expect(await collect(journal.failures())).toEqual([]);
  });

  it("rejected records hold no login, all others hold theirs to the end", async () => {
    await journal.plan([ready(1, "A@x.org"), rejected(2), ready(3)]);
    await journal.noteOutcome({ seq: 3, outcome: REFUSED });
    expect(await journal.heldLogin(1)).toEqual({ login: "A@x.org", line: 2 });
    expect(await journal.heldLogin(2)).toBeUndefined();
    expect(await journal.heldLogin(3)).toEqual({ login: "user3@example.com", line: 4 });
    expect(await journal.heldLogin(4)).toBeUndefined();
    expect((await collect(journal.heldLogins())).flat().map(({ seq }) => seq)).toEqual([1, 3]);
  });

  it.each(["a\0b", "\u0001x", "half \ud83d", "é😀", ""])(
    "a login of any characters comes back as it was: %j",
    async (login) => {
      await journal.plan([ready(1, login)]);
      expect((await journal.pendingBetween(1, 1))[0]?.login).toBe(login);
      expect((await journal.heldLogin(1))?.login).toBe(login);
      expect((await collect(journal.heldLogins())).flat()).toEqual([{ seq: 1, login }]);
    },
  );
});

describe("attempts and outcomes", () => {
  beforeEach(async () => {
    await journal.plan([ready(1), ready(2), ready(3), ready(4)]);
  });

  it("an attempt without an outcome is seen by who asks next", async () => {
    await journal.noteAttempt(2, 1234.5);
    expect(await journal.pendingBetween(2, 2)).toMatchObject([
      { attempted: true, notBeforeMs: 1234.5 },
    ]);
    expect(await journal.unsettledCount()).toBe(1);
    expect(await collect(journal.unsettled())).toMatchObject([{ seq: 2, notBeforeMs: 1234.5 }]);
  });

  it("of several attempts the first one's moment is kept, known or not", async () => {
    await journal.noteAttempt(1, 500);
    await journal.noteAttempt(1, 400);
    await journal.noteAttempt(2, undefined);
    await journal.noteAttempt(2, 400);
    expect(await journal.pendingBetween(1, 2)).toMatchObject([
      { seq: 1, attempted: true, notBeforeMs: 500 },
      { seq: 2, attempted: true, notBeforeMs: undefined },
    ]);
  });

  it("changes that were not waited for are seen by the next read", async () => {
    const changes = [journal.noteAttempt(1, 1), journal.noteOutcome({ seq: 2, outcome: REFUSED })];
    expect(await seqsOf(journal)).toEqual([1, 3, 4]);
    expect(journal.totals()).toMatchObject({ pending: 3, failed: 1 });
    await Promise.all(changes);
  });

  it("every kind of outcome is counted, and the total stays what it was", async () => {
    await Promise.all([
      journal.noteOutcome({ seq: 1, outcome: { kind: "created", oktaId: "00u1" } }),
      journal.noteOutcome({ seq: 2, outcome: { kind: "updated", oktaId: "00u2" } }),
      journal.noteOutcome({ seq: 3, outcome: { kind: "existing", oktaId: undefined } }),
      journal.noteOutcome({ seq: 4, outcome: { kind: "rejected", issues: [SHORT] }, fields: {} }),
    ]);
    expect(journal.totals()).toEqual({
      records: 4,
      created: 1,
      updated: 1,
      existing: 1,
      rejected: 1,
      failed: 0,
      pending: 0,
    });
    expect(await collect(journal.createdUsers())).toEqual([
      { line: 2, login: "user1@example.com", oktaId: "00u1" },
    ]);
    expect(await collect(journal.createdUsers("updated"))).toEqual([
      { line: 3, login: "user2@example.com", oktaId: "00u2" },
    ]);
  });

  it("a second outcome breaks a promise; those noted beside it are kept", async () => {
    const settled = await Promise.allSettled([
      journal.noteOutcome({ seq: 1, outcome: { kind: "created", oktaId: "00u1" } }),
      journal.noteOutcome({ seq: 1, outcome: REFUSED, fields: { a: "1" } }),
      journal.noteOutcome({ seq: 99, outcome: REFUSED }),
      journal.noteAttempt(1, 1),
      journal.noteAttempt(2, 1),
    ]);
    expect(settled.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    expect(settled[1]).toMatchObject({ reason: { code: "INVARIANT_BROKEN" } });
    expect(journal.totals()).toMatchObject({ created: 1, failed: 0, pending: 3 });
    expect(await collect(journal.failures())).toEqual([]);
  });

  it("traffic goes along with the next change and stands in the run's cost", async () => {
    journal.noteTraffic({ requests: 5, rateLimited: 1, retries: 2 }, 30.4);
    await journal.noteAttempt(1, 1);
    journal.noteTraffic({ requests: 6, rateLimited: 1, retries: 2 }, 40.4);
    expect(journal.cost()).toEqual({ requests: 6, rateLimited: 1, retries: 2, elapsedMs: 40 });
  });
});

describe("taking records up again", () => {
  beforeEach(async () => {
    await journal.plan([ready(1), ready(2), rejected(3), ready(4), ready(5)]);
    await journal.noteAttempt(1, 111);
    await journal.noteAttempt(2, 222);
    await journal.noteAttempt(4, 444);
    await journal.noteOutcome({ seq: 1, outcome: LOST, fields: { mail: "a" } });
    await journal.noteOutcome({ seq: 2, outcome: REFUSED, fields: { mail: "b" } });
    await journal.finishPlan();
  });

  it("failed records wait to be planned again; the one in doubt keeps its attempt", async () => {
    expect(await journal.reopen({ failed: true })).toBe(2);
    await journal.plan([ready(1), ready(2)]);
    expect(await journal.pendingBetween(1, 2)).toMatchObject([
      { seq: 1, attempted: true, notBeforeMs: 111 },
      { seq: 2, attempted: false, notBeforeMs: undefined },
    ]);
    expect((await collect(journal.failures())).map(({ seq }) => seq)).toEqual([3]);
    await journal.noteAttempt(1, 999);
    await journal.noteOutcome({ seq: 1, outcome: REFUSED });
    expect(journal.totals()).toMatchObject({ records: 5, failed: 1, pending: 3 });
  });

  it("rejected records wait to be planned again and can come out ready", async () => {
    expect(await journal.reopen({ rejected: true })).toBe(1);
    expect(await journal.firstReopened()).toEqual({ seq: 3, line: 4 });
    expect([...(await journal.reopenedBetween(1, 5)).keys()]).toEqual([3]);
    expect(await seqsOf(journal)).toEqual([4, 5]);
    expect(await journal.planFinished()).toBe(true);
    expect(journal.totals()).toMatchObject({ records: 5, rejected: 0, failed: 2, pending: 3 });
    await journal.plan([ready(3, "c@x.org")]);
    expect(await journal.firstReopened()).toBeUndefined();
    expect(await seqsOf(journal)).toEqual([3, 4, 5]);
    expect(journal.totals()).toMatchObject({ records: 5, pending: 3 });
  });

  it("those in doubt can be settled by the login that was sent, before they have another", async () => {
    expect(await journal.reopen({ pending: true, failed: true })).toBe(4);
    expect(await seqsOf(journal)).toEqual([]);
    expect(await collect(journal.unsettled("reopened"))).toMatchObject([
      { seq: 1, login: "user1@example.com", notBeforeMs: 111 },
      { seq: 4, login: "user4@example.com", notBeforeMs: 444 },
    ]);
    await journal.noteOutcome({ seq: 4, outcome: { kind: "created", oktaId: "00u4" } });
    expect(journal.totals()).toMatchObject({ records: 5, created: 1, rejected: 1, pending: 3 });
    expect([...(await journal.reopenedBetween(1, 5)).keys()]).toEqual([1, 2, 5]);
    await expect(
      journal.noteOutcome({ seq: 4, outcome: { kind: "created", oktaId: "00u4" } }),
    ).rejects.toMatchObject({ code: "INVARIANT_BROKEN" });
  });

  it("records that wait again keep what is known of their attempts", async () => {
    expect(await journal.reopen({ pending: true, failed: true })).toBe(4);
    expect([...(await journal.reopenedBetween(1, 5)).keys()]).toEqual([1, 2, 4, 5]);
    await journal.plan([ready(1), rejected(2), ready(4), ready(5)]);
    expect(await journal.pendingBetween(1, 5)).toMatchObject([
      { seq: 1, attempted: true, notBeforeMs: 111 },
      { seq: 4, attempted: true, notBeforeMs: 444 },
      { seq: 5, attempted: false },
    ]);
    expect((await collect(journal.failures())).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it("mended columns are kept, and only records that ended badly are taken up", async () => {
    const unknown = await journal.amend([
      { line: 4, fields: { firstName: "Ann" } },
      { line: 2, fields: { mail: "x" } },
      { line: 2, fields: { city: "y" } },
      { line: 5, fields: { mail: "pending" } },
      { line: 77, fields: {} },
    ]);
    expect(unknown).toEqual([5, 77]);
    expect(await journal.amendmentsBetween(1, 100)).toEqual(
      new Map([
        [1, { mail: "x", city: "y" }],
        [3, { firstName: "Ann" }],
      ]),
    );
    expect([...(await journal.reopenedBetween(1, 5)).keys()]).toEqual([1, 3]);
    await journal.plan([rejected(3)]);
    await journal.amend([{ line: 4, fields: { lastName: "Z" } }]);
    expect(await journal.amendmentsBetween(3, 3)).toEqual(
      new Map([[3, { firstName: "Ann", lastName: "Z" }]]),
    );
  });

  it("a line on which several records failed is not guessed at", async () => {
    await journal.plan([
      { ...rejected(6), line: 50 },
      { ...rejected(7), line: 50 },
    ]);
    expect(await journal.amend([{ line: 50, fields: { a: "1" } }])).toEqual([50]);
    expect(journal.totals().rejected).toBe(3);
  });
});

describe("what reports read", () => {
  it("failures come in order with causes and shown columns", async () => {
    await journal.plan([rejected(1, { firstName: "" }), ready(2)]);
    await journal.noteOutcome({
      seq: 2,
      outcome: REFUSED,
      fields: { mail: "b", tags: ["x", null], nul: "a\0b" },
    });
    expect(await collect(journal.failures())).toEqual([
      { seq: 1, line: 2, outcome: "rejected", causes: [SHORT], fields: { firstName: "" } },
      {
        seq: 2,
        line: 3,
        outcome: "failed",
        causes: [{ code: "ORG_VALIDATION", reason: "The org says no.", hint: "Mend it." }],
        fields: { mail: "b", tags: ["x", null], nul: "a\0b" },
      },
    ]);
    expect(await journal.columnsSeen()).toEqual(["firstName", "mail", "tags", "nul"]);
  });

  it("more failures than a page holds are all told, each once", async () => {
    await journal.plan(Array.from({ length: 2500 }, (_, index) => rejected(index + 1)));
    const seqs = (await collect(journal.failures())).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 2500 }, (_, index) => index + 1));
  });
});

it("a closed journal refuses everything, and closing it twice does nothing", async () => {
  await journal.close();
  await journal.close();
  await expect(journal.plan([ready(1)])).rejects.toThrow(InvariantError);
  await expect(journal.noteAttempt(1, 1)).rejects.toThrow(InvariantError);
  await expect(journal.planFinished()).rejects.toThrow(InvariantError);
});
