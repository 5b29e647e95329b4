import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settle } from "../../test/support/fake-clock.ts";
import { MemoryJournal } from "../../test/support/memory-journal.ts";
import { type Fate, PretendDirectory } from "../../test/support/pretend-directory.ts";
import type {
  Clock,
  Failure,
  Issue,
  MigrationEvent,
  OktaError,
  SourceEntry,
  SourceRecord,
  UserDirectory,
  UserSource,
} from "../core/index.ts";
import { DEFAULT_FAILURE_LIMIT, type FailureLimit } from "./failure-limit.ts";
import { type MigrationEnd, runMigration } from "./run-migration.ts";

/** Time that passes at once. */
const instantClock: Clock = {
  now: () => 0,
  wallNow: () => 0,
  sleep: () => Promise.resolve(),
};

function sourceOf(logins: readonly string[], replayable = true): UserSource {
  const entries: SourceEntry[] = logins.map((login, index) => ({
    seq: index + 1,
    line: index + 2,
    fields: new Map([["login", login]]),
  }));
  return {
    name: "users",
    location: "users.csv",
    replayable,
    head: () => Promise.resolve({ description: "", columns: ["login"], samples: new Map() }),
    fingerprint: () => Promise.resolve("f"),
    async *read(from) {
      await Promise.resolve();
      const wanted = entries.filter((entry) => entry.seq >= (from?.seq ?? 1));
      for (let index = 0; index < wanted.length; index += 3) yield wanted.slice(index, index + 3);
    },
  };
}

/** Rows of a database by their keys, or, without any, in the order in which they come. */
function rowsOf(
  rows: readonly (readonly [key: number, login: string])[],
  by: "key" | "order",
): UserSource {
  const source = sourceOf(rows.map(([, login]) => login));
  return {
    ...source,
    isLive: true,
    async *read(from) {
      const at = rows.findIndex(([key]) => key === from?.offset);
      const skipped = by === "key" && from?.offset !== undefined ? from.seq - 1 - at : 0;
      for await (const batch of source.read()) {
        const placed = batch.map((entry): SourceEntry => {
          const seq = entry.seq + skipped;
          const offset = rows[entry.seq - 1]?.[0];
          return { ...entry, seq, line: seq, ...(by === "key" ? { offset } : {}) } as SourceEntry;
        });
        yield placed.filter(({ seq }) => seq >= (from?.seq ?? 1));
      }
    },
  };
}

/** Entries of a directory: known by their names, and counted from the first one on at every reading. */
function entriesOf(
  rows: readonly (readonly [name: number, login: string])[],
  onBatch: () => void = () => undefined,
): UserSource {
  const source = sourceOf(rows.map(([, login]) => login));
  return {
    ...source,
    isLive: true,
    countsEntries: true,
    async *read(from) {
      for await (const batch of source.read(from)) {
        yield batch.map((entry): SourceEntry => {
          const [offset = 0] = rows[entry.seq - 1] ?? [];
          return { ...entry, offset };
        });
        onBatch();
      }
    },
  };
}

const mapRecord = (record: SourceRecord) => {
  const found = record.fields.get("login");
  const login = typeof found === "string" ? found : "";
  const profile = { login, email: login, firstName: "A", lastName: login.slice(0, 3) };
  return {
    draft: {
      seq: record.seq,
      line: record.line,
      login,
      profile,
      password: { kind: "none" } as const,
    },
    issues:
      login === "bad"
        ? [{ code: "LOGIN_INVALID" as const, field: "login", reason: "Bad.", hint: "Mend it." }]
        : [],
  };
};

interface RunOptions {
  readonly logins: readonly string[];
  readonly directory: UserDirectory;
  readonly journal?: MemoryJournal;
  readonly replayable?: boolean;
  /** In the place of one of `logins`. */
  readonly source?: UserSource;
  readonly onExisting?: "skip" | "update" | "fail";
  readonly failureLimit?: FailureLimit;
  readonly limit?: number;
  readonly events?: MigrationEvent[];
  readonly signal?: AbortSignal;
  readonly validate?: () => readonly Issue[];
}

function run(options: RunOptions): Promise<MigrationEnd> {
  const { events = [], limit } = options;
  return runMigration(
    {
      rules: {
        scenario: "staged",
        otherwise: "reject",
        groupIds: [],
        map: mapRecord,
        validate: options.validate ?? (() => []),
        show: (record) => Object.fromEntries(record.fields),
      },
      onExisting: options.onExisting ?? "skip",
      failureLimit: options.failureLimit ?? DEFAULT_FAILURE_LIMIT,
      startedAtMs: 0,
      ...(limit === undefined ? {} : { limit }),
    },
    {
      source: options.source ?? sourceOf(options.logins, options.replayable),
      directory: options.directory,
      journal: options.journal ?? new MemoryJournal(),
      clock: instantClock,
      random: () => 0.5,
      events: { emit: (event) => events.push(event) },
    },
    options.signal ?? new AbortController().signal,
  );
}

const manyLogins = (count: number): string[] =>
  Array.from({ length: count }, (_unused, index) => `u${index}@example.com`);

const fate = fc.constantFrom<Fate>(
  "answered",
  "answered",
  "answered",
  "lost-before",
  "lost-after",
  "lost-late",
);

/** The first record loses six answers in a row. */
const SIX_LOST_BY_ONE = new Array<Fate>(6).fill("lost-before");

describe("every record has one outcome, and the org one user for each", () => {
  it("whatever answers get lost", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 60 }),
        fc.integer({ min: 1, max: 25 }),
        fc.boolean(),
        async (fates, count, replayable) => {
          const logins = manyLogins(count);
          const directory = new PretendDirectory(fates);
          directory.add("u0@example.com", { lastName: "u0@" });
          const { totals } = await run({ logins, directory, replayable });
          expect(totals).toMatchObject({ records: count, pending: 0, existing: 1 });
          const made = [...directory.users.values()].filter((user) => user.madeBy === "run");
          expect(totals.created + totals.failed).toBe(count - 1);
          expect(made.length).toBeGreaterThanOrEqual(totals.created);
          if (totals.failed === 0) expect(made).toHaveLength(count - 1);
        },
      ),
    );
  });

  it("when the run is killed again and again, at any step", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }),
        async (fates, kills) => {
          const logins = manyLogins(12);
          const directory = new PretendDirectory(fates);
          directory.add("u3@example.com", { lastName: "u3@" });
          const journal = new MemoryJournal();
          for (const afterCalls of kills) {
            await runUntilKilled({ logins, directory, journal }, afterCalls);
          }
          let { totals } = await run({ logins, directory, journal });
          // Whoever loses six answers in one run is given up for it, and taken up by a retry.
          for (let lost = fates.length; totals.failed > 0 && lost > 0; lost -= 6) {
            journal.takeUpLost();
            ({ totals } = await run({ logins, directory, journal }));
          }
          expect(totals).toMatchObject({ records: 12, pending: 0, failed: 0, existing: 1 });
          expect(totals.created).toBe(11);
          expect(directory.users.size).toBe(12);
        },
      ),
      { numRuns: 300, examples: [[SIX_LOST_BY_ONE, []]] },
    );
  });
});

/** Runs until the ports have been called so often, and then never answers it again. */
async function runUntilKilled(options: RunOptions, afterCalls: number): Promise<void> {
  let calls = 0;
  let kill = (): void => undefined;
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const never = new Promise<never>(() => undefined);
  const mortal = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...args: unknown[]): unknown => {
          calls += 1;
          if (calls === afterCalls) {
            kill();
            // Half the time the last call still has its effect.
            if (calls % 2 === 0) Reflect.apply(member, target, args);
          }
          return calls >= afterCalls ? never : Reflect.apply(member, target, args);
        };
      },
    });
  const journal = options.journal ?? new MemoryJournal();
  await Promise.race([
    run({ ...options, directory: mortal(options.directory), journal: mortal(journal) }),
    killed,
  ]);
}

describe("a login that the org has already", () => {
  it("is existing, and well ended, when nothing of ours was lost before", async () => {
    const directory = new PretendDirectory();
    directory.add("U1@example.com");
    const { totals } = await run({ logins: manyLogins(3), directory });
    expect(totals).toMatchObject({ created: 2, existing: 1, failed: 0 });
  });

  it("is ours when an answer was lost and the user was made after the attempt", async () => {
    const directory = new PretendDirectory(["answered", "lost-late"]);
    const { totals } = await run({ logins: manyLogins(2), directory });
    expect(totals).toMatchObject({ created: 2, existing: 0 });
  });

  it("is somebody else's when it was made meanwhile with another name", async () => {
    const directory = new PretendDirectory(["answered", "lost-before"]);
    const find = directory.find.bind(directory);
    directory.find = (login: string) => {
      if (!directory.users.has(login)) {
        directory.users.set(login, {
          oktaId: "00uOther",
          login,
          status: "ACTIVE",
          createdAtMs: directory.nowMs,
          profile: { login, lastName: "Somebody Else" },
          madeBy: "other",
        });
      }
      return find(login);
    };
    const { totals } = await run({ logins: manyLogins(2), directory });
    expect(totals).toMatchObject({ created: 1, existing: 1 });
  });

  it("is updated, or failed, where the operator asks for it", async () => {
    const updated = new PretendDirectory();
    updated.add("u1@example.com");
    expect(
      (await run({ logins: manyLogins(2), directory: updated, onExisting: "update" })).totals,
    ).toMatchObject({ created: 1, updated: 1 });
    const failed = new PretendDirectory();
    failed.add("u1@example.com");
    expect(
      (await run({ logins: manyLogins(2), directory: failed, onExisting: "fail" })).totals,
    ).toMatchObject({ created: 1, failed: 1 });
  });
});

describe("what is sent", () => {
  it("is noted in the journal before, each record once when all goes well", async () => {
    const journal = new MemoryJournal();
    const directory = new PretendDirectory();
    const create = directory.create.bind(directory);
    directory.create = (user) => {
      const index = Number(/\d+/.exec(String(user.profile["login"]))?.[0]);
      expect(journal.attempts).toContain(index + 1);
      return create(user);
    };
    await run({ logins: manyLogins(20), directory, journal });
    expect(journal.attempts).toHaveLength(20);
  });

  it("is never a rejected record, nor the second of one login", async () => {
    const directory = new PretendDirectory();
    const { totals } = await run({
      logins: ["isaac@example.com", "bad", "Isáàc@example.com", "b@example.com"],
      directory,
    });
    expect(totals).toMatchObject({ created: 2, rejected: 2 });
    expect(directory.requests).toBe(2);
  });

  it("is only the first records where a limit says so; the rest stay pending", async () => {
    const journal = new MemoryJournal();
    const directory = new PretendDirectory();
    const { totals } = await run({ logins: manyLogins(10), directory, journal, limit: 4 });
    expect(totals).toMatchObject({ created: 4, pending: 6 });
    expect((await run({ logins: manyLogins(10), directory, journal })).totals).toMatchObject({
      created: 10,
    });
  });

  it("goes one by one until a record succeeds, and stops where the first all fail alike", async () => {
    const directory = new PretendDirectory(Array<Fate>(50).fill("refused"));
    await expect(run({ logins: manyLogins(50), directory })).rejects.toMatchObject({
      code: "FIRST_RECORDS_FAILED",
    } satisfies Partial<OktaError>);
    expect(directory.requests).toBe(5);
  });

  it("stops when more records fail than allowed, naming the leading cause", async () => {
    const fates: Fate[] = ["answered", ...Array<Fate>(50).fill("refused")];
    const journal = new MemoryJournal();
    const failing = run({
      logins: manyLogins(51),
      directory: new PretendDirectory(fates),
      journal,
      failureLimit: { kind: "count", count: 3 },
    });
    await expect(failing).rejects.toMatchObject({ code: "TOO_MANY_FAILURES" });
    await expect(failing).rejects.toThrow(/ORG_VALIDATION/);
    expect(journal.totals().failed).toBeGreaterThan(3);
    expect(journal.totals().pending).toBeGreaterThan(0);
  });

  it("stops at once when asked to, and leaves the rest pending", async () => {
    const stop = new AbortController();
    const journal = new MemoryJournal();
    const directory = new PretendDirectory();
    const create = directory.create.bind(directory);
    directory.create = (user) => {
      if (directory.requests === 3) stop.abort(new Error("stop"));
      return create(user);
    };
    const end = await run({ logins: manyLogins(50), directory, journal, signal: stop.signal });
    expect(end.interrupted).toBe(true);
    expect(end.totals.pending).toBeGreaterThan(40);
    expect(end.totals.created).toBe(directory.users.size);
  });
});

describe("a database that changes in mid-run", () => {
  const ROWS = [
    [1, "ann"],
    [5, "bo"],
    [7, "cy"],
  ] as const;
  const CHANGED = { code: "SOURCE_CHANGED_WHILE_READ" };

  async function begun(by: "key" | "order"): Promise<MemoryJournal> {
    const journal = new MemoryJournal();
    const source = rowsOf(ROWS, by);
    await run({ logins: [], source, journal, limit: 1, directory: new PretendDirectory() });
    expect(journal.totals()).toMatchObject({ created: 1, pending: 2 });
    return journal;
  }

  function goOn(journal: MemoryJournal, source: UserSource): Promise<MigrationEnd> {
    return run({ logins: [], source, journal, directory: new PretendDirectory() });
  }

  it.each(["key", "order"] as const)(
    "by %s: nobody is rejected for a bad row that came between",
    async (by) => {
      const journal = await begun(by);
      const source = rowsOf([ROWS[0], ROWS[1], [6, "bad"], ROWS[2]], by);
      await expect(goOn(journal, source)).rejects.toMatchObject(CHANGED);
      expect(journal.totals()).toMatchObject({ rejected: 0, pending: 1 });
    },
  );

  it("rejects a row that can be sent no more, where its key tells that it is the same", async () => {
    const journal = await begun("key");
    const end = await goOn(journal, rowsOf([ROWS[0], [5, "bad"], ROWS[2]], "key"));
    expect(end.totals).toMatchObject({ created: 2, rejected: 1, pending: 0 });
  });

  it("plans no record again by the row that came into its place", async () => {
    const journal = await begun("key");
    journal.reopened.add(2).add(3);
    const source = rowsOf([ROWS[0], ROWS[1], [6, "new"], ROWS[2]], "key");
    await expect(goOn(journal, source)).rejects.toMatchObject({ code: "SOURCE_CHANGED" });
    expect(journal.reopened.size).toBe(2);
  });
});

it("a directory whose entries moved while they were planned is not planned on", async () => {
  const rows = [..."abcdef"].map((login, at) => [at, login] as const);
  const journal = new MemoryJournal();
  const stop = new AbortController();
  const directory = new PretendDirectory();
  const source = entriesOf(rows, () => stop.abort());
  await run({ logins: [], source, journal, directory, signal: stop.signal });
  expect(journal.totals()).toMatchObject({ records: 3 });

  const [, ...others] = rows;
  const moved = entriesOf([[9, "new"], ...others]);
  await expect(run({ logins: [], source: moved, journal, directory })).rejects.toMatchObject({
    code: "SOURCE_CHANGED",
  });
  expect(journal.totals()).toMatchObject({ records: 3 });
});

describe("a record in doubt", () => {
  it("that is refused for its own lost attempt is created", async () => {
    const directory = new PretendDirectory(["answered", "lost-late"]);
    const create = directory.create.bind(directory);
    directory.create = async (user) => {
      const answer = await create(user);
      // The org names a unique attribute as taken, and not the login.
      return answer.kind === "login-exists" ? { kind: "refused", failure: NOT_UNIQUE } : answer;
    };
    const { totals } = await run({ logins: manyLogins(2), directory });
    expect(totals).toMatchObject({ created: 2, failed: 0 });
  });

  it.each([
    ["is created where its user is found", "lost-after", { created: 2, rejected: 0 }],
    ["is rejected where no user is found", "lost-before", { created: 1, rejected: 1 }],
  ] as const)("that can't be sent any more %s", async (_, fate, expected) => {
    const directory = new PretendDirectory(["answered", fate]);
    const journal = new MemoryJournal();
    const stop = new AbortController();
    const create = directory.create.bind(directory);
    directory.create = async (user) => {
      const answer = await create(user);
      if (answer.kind === "lost") stop.abort(new Error("stop"));
      return answer;
    };
    const logins = manyLogins(2);
    await run({ logins, directory, journal, signal: stop.signal });
    expect(journal.totals()).toMatchObject({ created: 1, pending: 1 });
    const validate = (): readonly Issue[] => [
      { code: "REQUIRED_MISSING", field: "city", reason: "It is missing.", hint: "Give it." },
    ];
    const { totals } = await run({ logins, directory, journal, validate });
    expect(totals).toMatchObject({ ...expected, failed: 0, pending: 0 });
  });
});

describe("an org that stays down", () => {
  it("costs the record that finds out none of its tries", async () => {
    const directory = new PretendDirectory();
    const create = directory.create.bind(directory);
    let creates = 0;
    directory.create = (user) => {
      creates += 1;
      return creates > 100
        ? create(user)
        : Promise.resolve({ kind: "lost", failure: NOT_UNIQUE, wasProbe: true });
    };
    const { totals } = await run({ logins: manyLogins(2), directory });
    expect(totals).toMatchObject({ created: 2, failed: 0 });
  });
});

describe("records under way", () => {
  it("do not pile up where look-ups are slower than creates", async () => {
    const directory = new PretendDirectory();
    let looking = 0;
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    directory.create = () => Promise.resolve({ kind: "login-exists" });
    directory.find = async () => {
      looking += 1;
      if (looking > 1) await answered;
      return { kind: "absent" };
    };
    const running = run({ logins: manyLogins(13_000), directory });
    for (let before = -1; before !== looking || looking < 2;) {
      before = looking;
      await settle();
    }
    expect(looking).toBeLessThanOrEqual(12_001);
    answer();
    expect((await running).totals.existing).toBe(13_000);
  });
});

const NOT_UNIQUE: Failure = {
  code: "ORG_VALUE_NOT_UNIQUE",
  reason: "Another user has this value.",
  hint: "Mend it.",
};
