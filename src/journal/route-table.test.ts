import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Issue, PlannedRecord, RoutedPassword } from "../core/index.ts";
import {
  openEphemeralJournal,
  openJournal,
  type RunIdentity,
  type SqliteJournal,
} from "./index.ts";

const IDENTITY: RunIdentity = {
  org: "https://example.okta.com",
  scenario: "passwords",
  source: { location: "users.csv", name: "users", fingerprint: "ab" },
  mapping: "m1",
  toolVersion: "1.0.0",
};
const NEW_SOURCE = { location: "new.csv", name: "new", fingerprint: "cd" };
const BCRYPT: RoutedPassword = { label: "bcrypt 10", route: "hash" };
const ARGON2: RoutedPassword = { label: "argon2id", route: "hook" };
const WARNING: Issue = { code: "SHA256_SALT_UNSETTLED", reason: "r", hint: "h" };
const SHA256: RoutedPassword = { label: "sha256", route: "hash", warnings: [WARNING] };
const NONE: RoutedPassword = { label: "no password", route: "rejected" };
const SHORT: Issue = { code: "TOO_SHORT", reason: "r", hint: "h" };

function record(seq: number, password: RoutedPassword, login = `u${seq}@example.com`) {
  const place = { seq, line: seq + 1, login, password };
  return password.route === "rejected"
    ? ({ ...place, kind: "rejected", issues: [SHORT], fields: {} } satisfies PlannedRecord)
    : ({ ...place, kind: "ready" } satisfies PlannedRecord);
}

/** Such as `2 bcrypt 10 hash`, sorted. */
async function told(journal: SqliteJournal): Promise<readonly string[]> {
  const routes = await journal.routes();
  return routes.map(({ count, label, route }) => `${count} ${label} ${route}`).toSorted();
}

async function ephemeral(): Promise<SqliteJournal> {
  const journal = await openEphemeralJournal(IDENTITY);
  onTestFinished(() => journal.close());
  return journal;
}

describe("the routes of a journal", () => {
  it("count every record once, with what is not settled", async () => {
    const journal = await ephemeral();
    expect(await journal.routes()).toEqual([]);
    await journal.plan([record(1, BCRYPT), record(2, SHA256), record(3, NONE)]);
    await journal.plan([record(4, BCRYPT), record(5, ARGON2)]);
    expect(await told(journal)).toEqual([
      "1 argon2id hook",
      "1 no password rejected",
      "1 sha256 hash",
      "2 bcrypt 10 hash",
    ]);
    const warned = (await journal.routes()).filter(({ warnings = [] }) => warnings.length > 0);
    expect(warned).toEqual([{ ...SHA256, count: 1 }]);
  });

  it("stay as they were planned, however records end, but for those that are rejected", async () => {
    const journal = await ephemeral();
    await journal.plan([record(1, BCRYPT), record(2, SHA256), record(3, ARGON2)]);
    await journal.noteOutcome({ seq: 1, outcome: { kind: "created", oktaId: "00u1" } });
    await journal.noteOutcome({
      seq: 2,
      outcome: { kind: "rejected", issues: [SHORT] },
      fields: {},
    });
    expect(await told(journal)).toEqual([
      "1 argon2id hook",
      "1 bcrypt 10 hash",
      "1 sha256 rejected",
    ]);
    expect((await journal.routes()).flatMap(({ warnings = [] }) => warnings)).toEqual([]);
  });

  it("follow a record that is planned again", async () => {
    const journal = await ephemeral();
    await journal.plan([record(1, NONE), record(2, BCRYPT)]);
    await journal.reopen({ rejected: true });
    await journal.plan([record(1, { label: "no password", route: "staged" })]);
    expect(await told(journal)).toEqual(["1 bcrypt 10 hash", "1 no password staged"]);
  });

  it("are kept when the next process opens the run, and by one that only reads it", async () => {
    const dir = await mkdtemp(join(tmpdir(), "journal-"));
    onTestFinished(() => rm(dir, { recursive: true }));
    const first = await openJournal({ dir, create: IDENTITY });
    await first.plan([record(1, BCRYPT), record(2, ARGON2)]);
    await first.close();
    const second = await openJournal({ dir, create: IDENTITY });
    await second.plan([record(3, BCRYPT)]);
    const reader = await openJournal({ dir, readOnly: true });
    for (const journal of [second, reader]) {
      expect(await told(journal)).toEqual(["1 argon2id hook", "2 bcrypt 10 hash"]);
    }
    await reader.close();
    await second.close();
  });

  it("are whole after a plan that was refused", async () => {
    const journal = await ephemeral();
    await journal.plan([record(1, BCRYPT)]);
    await expect(journal.plan([record(2, ARGON2), record(4, ARGON2)])).rejects.toThrow("planned");
    await journal.plan([record(2, ARGON2)]);
    expect(await told(journal)).toEqual(["1 argon2id hook", "1 bcrypt 10 hash"]);
  });

  it("of users who exist go along when the source is changed", async () => {
    const journal = await ephemeral();
    await journal.plan([
      record(1, BCRYPT, "ann@example.com"),
      record(2, BCRYPT, "ben@example.com"),
      record(3, BCRYPT, "cem@example.com"),
    ]);
    await journal.finishPlan();
    for (const seq of [1, 2, 3]) {
      await journal.noteOutcome({ seq, outcome: { kind: "created", oktaId: `00u${seq}` } });
    }
    await journal.beginSourceChange(NEW_SOURCE);
    expect(await told(journal)).toEqual(["3 bcrypt 10 hash"]);
    await journal.plan([
      record(1, ARGON2, "ann@example.com"),
      record(2, NONE, "ben@example.com"),
      record(3, ARGON2, "new@example.com"),
    ]);
    await journal.finishPlan();
    await journal.finishSourceChange();
    expect(await told(journal)).toEqual(["1 argon2id hook", "3 bcrypt 10 hash"]);
    expect(journal.totals().records).toBe(4);
  });

  it("are bounded where every hash has another strength", async () => {
    const journal = await ephemeral();
    const records = Array.from({ length: 1200 }, (_, index) =>
      record(index + 1, { label: `pbkdf2 ${index}`, route: "hash" }),
    );
    await journal.plan(records);
    const routes = await journal.routes();
    expect(routes).toHaveLength(1001);
    expect(routes.find(({ label }) => label === "other formats")).toMatchObject({ count: 200 });
    expect(routes.reduce((sum, { count }) => sum + count, 0)).toBe(1200);
  });
});
