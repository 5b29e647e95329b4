import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  foldLogin,
  isUnreadable,
  type SourceEntry,
  type SourceRecord,
  type UserSource,
} from "../../src/core/index.ts";
import { openEphemeralJournal, type SqliteJournal } from "../../src/journal/index.ts";
import { planRecords, type RecordRules } from "../../src/migration/index.ts";

interface Row {
  readonly login: string;
  readonly at: string;
  readonly country?: string;
}

const LATEST = {
  kind: "latest",
  by: { column: "at", line: 1, path: "duplicates.by" },
} as const;

function sourceOf(rows: readonly Row[], batchSize = 2): UserSource {
  const entries: SourceEntry[] = rows.map((row, index) => ({
    seq: index + 1,
    line: index + 2,
    fields: new Map(Object.entries(row)),
  }));
  return {
    name: "users",
    location: "users.csv",
    replayable: true,
    head: () => Promise.resolve({ description: "", columns: ["login", "at"], samples: new Map() }),
    fingerprint: () => Promise.resolve("f"),
    async *read(from) {
      await Promise.resolve();
      const wanted = entries.filter(({ seq }) => seq >= (from?.seq ?? 1));
      for (let at = 0; at < wanted.length; at += batchSize) yield wanted.slice(at, at + batchSize);
    },
  };
}

function textOf(record: SourceRecord, column: string): string {
  const value = record.fields.get(column);
  return typeof value === "string" ? value : "";
}

function rulesOf(rules: Partial<RecordRules>): RecordRules {
  return {
    scenario: "staged",
    otherwise: "reject",
    groupIds: [],
    map: (record) => {
      const login = textOf(record, "login");
      const { seq, line } = record;
      return {
        draft: { seq, line, login, profile: { login }, password: { kind: "none" } },
        issues: [],
      };
    },
    validate: ({ login }) =>
      login === "" ? [{ code: "REQUIRED_MISSING", field: "login", reason: "", hint: "" }] : [],
    show: (record) => Object.fromEntries(record.fields),
    ...rules,
  };
}

function openJournal(): Promise<SqliteJournal> {
  return openEphemeralJournal({
    org: "",
    scenario: "staged",
    source: { location: "users.csv", name: "users", fingerprint: "f" },
    mapping: "m",
    toolVersion: "0",
  });
}

const NEVER = new AbortController().signal;

async function plan(
  rows: readonly Row[],
  rules: RecordRules,
  journal: SqliteJournal,
): Promise<void> {
  const events = { emit: () => undefined };
  await planRecords(rules, { source: sourceOf(rows), journal, events }, NEVER);
}

/** Lines that are to be sent, and codes by line of those that are not. */
async function outcomeOf(journal: SqliteJournal): Promise<{
  readonly sent: readonly number[];
  readonly codes: Readonly<Record<number, string>>;
}> {
  const codes: Record<number, string> = {};
  for await (const { line, causes } of journal.failures()) {
    codes[line] = causes.map(({ code }) => code).join(" ");
  }
  const pending = await journal.pendingBetween(1, 1_000);
  return { sent: pending.map(({ line }) => line), codes };
}

describe("of records with one login", () => {
  it("the latest is kept wherever it stands, and the others are told by line", async () => {
    const journal = await openJournal();
    const rows = [
      { login: "ada@example.com", at: "2024-01-01" },
      { login: "bob@example.com", at: "2024-01-01" },
      { login: "ADA@example.com", at: "2024-03-01" },
      { login: "eve@example.com", at: "2024-01-01" },
      { login: "ada@example.com", at: "2024-02-01" },
    ];
    await plan(rows, rulesOf({ duplicates: LATEST }), journal);
    const { sent, codes } = await outcomeOf(journal);
    expect(sent).toEqual([3, 4, 5]);
    expect(codes).toEqual({ 2: "DUPLICATE_DROPPED", 6: "DUPLICATE_DROPPED" });
    for await (const { fields, causes } of journal.failures()) {
      expect(fields["login"]).toMatch(/ada/);
      expect(causes[0]?.reason).toMatch(/line 4 .*later at/);
    }
    await journal.close();
  });

  it("the first keeps it where nothing tells which is later, and the other is to be mended", async () => {
    const journal = await openJournal();
    const rows = [
      { login: "ada@example.com", at: "yesterday" },
      { login: "ada@example.com", at: "2024-03-01" },
      { login: "bob@example.com", at: "7" },
      { login: "bob@example.com", at: "7.0" },
    ];
    await plan(rows, rulesOf({ duplicates: LATEST }), journal);
    const { sent, codes } = await outcomeOf(journal);
    expect(sent).toEqual([2, 4]);
    expect(codes).toEqual({ 3: "DUPLICATE_LOGIN", 5: "DUPLICATE_LOGIN" });
    await journal.close();
  });

  it("the first is kept, and the others are dropped, where the config says so", async () => {
    const journal = await openJournal();
    const rows = [
      { login: "ada@example.com", at: "1" },
      { login: "ada@example.com", at: "2" },
    ];
    await plan(rows, rulesOf({ duplicates: { kind: "first" } }), journal);
    expect(await outcomeOf(journal)).toEqual({ sent: [2], codes: { 3: "DUPLICATE_DROPPED" } });
    await journal.close();
  });

  it("one that was sent already keeps it, whatever is later", async () => {
    const journal = await openJournal();
    const rules = rulesOf({ duplicates: LATEST });
    const rows = [
      { login: "ada@example.com", at: "2024-01-01" },
      { login: "", at: "2024-01-01" },
    ];
    await plan(rows, rules, journal);
    await journal.noteAttempt(1, undefined);
    await journal.noteOutcome({ seq: 1, outcome: { kind: "created", oktaId: "u1" } });
    await journal.amend([{ line: 3, fields: { login: "ada@example.com", at: "2024-02-01" } }]);
    await plan(rows, rules, journal);
    const { codes } = await outcomeOf(journal);
    expect(codes).toEqual({ 3: "DUPLICATE_LOGIN" });
    await journal.close();
  });

  it("exactly the latest is sent, however the planning is cut short and gone on with", async () => {
    const logins = fc.constantFrom("ada", "Ada", "bob", "eve");
    const moments = fc.integer({ min: 0, max: 1_000_000 }).map(String);
    const rowLists = fc.uniqueArray(fc.record({ login: logins, at: moments }), {
      selector: ({ at }) => at,
      maxLength: 14,
    });
    await fc.assert(
      fc.asyncProperty(rowLists, fc.integer({ min: 1, max: 8 }), async (rows, cutAfter) => {
        const journal = await openJournal();
        const rules = rulesOf({ duplicates: LATEST });
        const stop = new AbortController();
        let batches = 0;
        const events = {
          emit: () => {
            batches += 1;
            if (batches === cutAfter) stop.abort();
          },
        };
        await planRecords(rules, { source: sourceOf(rows), journal, events }, stop.signal);
        await plan(rows, rules, journal);
        const winners = rows.flatMap(({ login, at }, index) => {
          const rivals = rows.filter((other) => foldLogin(other.login) === foldLogin(login));
          return rivals.every((other) => Number(other.at) <= Number(at)) ? [index + 2] : [];
        });
        expect((await outcomeOf(journal)).sent).toEqual(winners);
        expect(journal.totals().records).toBe(rows.length);
        expect(journal.totals().rejected).toBe(rows.length - winners.length);
        await journal.close();
      }),
      { numRuns: 60 },
    );
  });
});

describe("records that where leaves out", () => {
  const rows = ["DE", "FR", "DE", "FR"].map((country, index) => ({
    login: `user${index}@example.com`,
    at: "1",
    country,
  }));
  const isOf = (country: string): RecordRules["accepts"] => {
    return (record) => textOf(record, "country") === country;
  };

  it("are no records of the run, hold no login, and are found again when the condition changes", async () => {
    const journal = await openJournal();
    await plan(rows, rulesOf({ accepts: isOf("DE") }), journal);
    expect(journal.totals()).toMatchObject({ records: 2, pending: 2, rejected: 0 });
    expect(journal.leftOut()).toBe(2);
    expect((await outcomeOf(journal)).sent).toEqual([2, 4]);
    expect((await journal.routes()).reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(await journal.seqOfRecord(2)).toBe(3);
    expect(await journal.seqOfRecord(3)).toBeUndefined();

    await journal.reopen({ rejected: true, pending: true, leftOut: true });
    await plan(rows, rulesOf({}), journal);
    expect(journal.totals()).toMatchObject({ records: 4, pending: 4 });
    expect(journal.leftOut()).toBe(0);
    await journal.close();
  });

  it("are never those for which it can't be said", async () => {
    const journal = await openJournal();
    const issue = { code: "CONDITION_FAILED", field: "where", reason: "r", hint: "h" } as const;
    await plan(rows, rulesOf({ accepts: () => issue }), journal);
    expect(journal.totals()).toMatchObject({ records: 4, rejected: 4 });
    await journal.close();
  });

  it("that can't be read are rejected and not left out", async () => {
    const journal = await openJournal();
    const entry = {
      seq: 1,
      line: 2,
      issue: { code: "UNREADABLE_JSON", reason: "r", hint: "h" },
    } as const;
    expect(isUnreadable(entry)).toBe(true);
    const source = {
      ...sourceOf([]),
      read: async function* read() {
        await Promise.resolve();
        yield [entry];
      },
    };
    const events = { emit: () => undefined };
    await planRecords(rulesOf({ accepts: () => false }), { source, journal, events }, NEVER);
    expect(journal.totals()).toMatchObject({ records: 1, rejected: 1 });
    await journal.close();
  });
});
