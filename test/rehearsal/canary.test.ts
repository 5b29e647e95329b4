import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LeakSearch } from "../support/canaries.ts";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { csvOf, OLD_HASH, people } from "../support/invented-people.ts";
import { type CliEnd, runCli, startCli } from "../support/run-cli.ts";
import { hasTerminal, startOnTerminal } from "../support/run-on-terminal.ts";
import { oktaError, type ReceivedRequest } from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { startThrowAwayOrg } from "../support/throw-away-org.ts";

type Algorithm = Readonly<Record<string, unknown>>;

/** The last line of `canary --json`. */
interface Verdict {
  readonly event: string;
  readonly control: Algorithm;
  readonly algorithms: readonly Algorithm[];
  readonly removed: number;
  readonly left: readonly string[];
}

const MD5 = ["canary", "--algorithm", "md5", "--yes", "--json"];

function verdictOf({ lines }: CliEnd): Verdict {
  const last = lines.at(-1) as unknown as Verdict | undefined;
  if (last?.event !== "canary") throw new Error("The last line is no verdict.");
  return last;
}

const signInsOf = (end: CliEnd): readonly unknown[] =>
  verdictOf(end).algorithms.map(({ signIn }) => signIn);

/** What the note of throw-away users holds, of all orgs of a folder. */
function ledgersIn(cwd: string): readonly string[] {
  const runs = join(cwd, "okta-migrate-runs");
  return readdirSync(runs).map((name) => join(runs, name, "canaries.ndjson"));
}

describe("a trial of an org", () => {
  it("that does as Okta documents: all six algorithms sign in, nobody stays, no mail goes out", async () => {
    const org = await startEmulatedOrg();
    const algorithms = "bcrypt,sha-512,sha-256,sha-1,md5,pbkdf2";
    const end = await runCli(["canary", "--algorithm", algorithms, "--yes", "--json"], {
      cwd: makeTempFolder(),
      env: org.env,
    });
    expect(end.code).toBe(0);
    const { control, removed, left } = verdictOf(end);
    expect(new Set(signInsOf(end))).toEqual(new Set(["ok"]));
    expect(verdictOf(end).algorithms.map(({ algorithm }) => algorithm)).toHaveLength(15);
    expect(control["signIn"]).toBe("ok");
    expect([removed, left]).toEqual([16, []]);
    expect(org.ledger()).toMatchObject({ users: 0, usersCreated: 16, mails: 0, groups: 1 });
  });

  it("tries what the source needs, through its own mapping, and counts its records", async () => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    const others = people(2, { passwordHash: OLD_HASH.replace("$04$", "$05$") });
    writeFileSync(
      join(cwd, "u.csv"),
      csvOf([...people(3), ...others, ...people(1, { passwordHash: "" })]).replace(
        "passwordHash",
        "secret",
      ),
    );
    const config =
      "source: u.csv\nprofile: {login: email, email: email, firstName: firstName, lastName: lastName}\npassword: {hash: secret}\n";
    writeFileSync(join(cwd, "migration.yaml"), config);
    const end = await runCli(["canary", "--yes", "--json"], { cwd, env: org.env });
    expect(end.code).toBe(0);
    expect(verdictOf(end).algorithms).toMatchObject([
      { algorithm: "BCRYPT", workFactor: 4, records: 3, signIn: "ok" },
      { algorithm: "BCRYPT", workFactor: 5, records: 2, signIn: "ok" },
    ]);
    expect(org.ledger().users).toBe(0);
  });

  it("that takes SHA-256's salt literally is found out, and the line to write is given", async () => {
    const org = await startEmulatedOrg({ sha256Salt: "literal" });
    const end = await runCli(["canary", "--algorithm", "sha-256", "--yes", "--json"], {
      cwd: makeTempFolder(),
      env: org.env,
    });
    expect(end.code).toBe(1);
    const { algorithms } = verdictOf(end);
    const before = algorithms.find(({ saltOrder }) => saltOrder === "PREFIX");
    expect(before).toMatchObject({ create: "ok", signIn: "refused", salt: "literal" });
    expect(before?.["hint"]).toContain("oktaSha256Salt: literal");
    expect(algorithms.find(({ saltOrder }) => saltOrder === undefined)?.["signIn"]).toBe("ok");
    expect(org.ledger().users).toBe(0);
  });

  it("that lets nobody sign in is not blamed on the hashes", async () => {
    const org = await startEmulatedOrg({ denySignIn: true });
    const end = await runCli(MD5, { cwd: makeTempFolder(), env: org.env });
    expect(end.code).toBe(1);
    expect(verdictOf(end).control["signIn"]).toBe("refused");
    expect(new Set(signInsOf(end))).toEqual(new Set(["unknown"]));
    expect(org.ledger()).toMatchObject({ users: 0, usersCreated: 1 });
  });

  it("waits for an activation that takes its time, and fills in what the schema asks for", async () => {
    const org = await startEmulatedOrg({ activationMs: 600 });
    const properties = {
      employer: { type: "string", required: true, enum: ["acme", "other"] },
      badge: { type: "integer", required: true },
    };
    const answer = await fetch(`${org.url}/api/v1/meta/schemas/user/default`, {
      method: "POST",
      headers: { authorization: "SSWS emulator-token", "content-type": "application/json" },
      body: JSON.stringify({ definitions: { custom: { properties } } }),
    });
    expect(answer.status).toBe(200);
    const end = await runCli(["canary", "--algorithm", "bcrypt", "--thorough", "--yes", "--json"], {
      cwd: makeTempFolder(),
      env: org.env,
    });
    expect(end.code).toBe(0);
    expect(verdictOf(end).algorithms.map(({ password }) => password)).toEqual([
      "usual",
      "accented",
      "long",
    ]);
    expect(org.ledger().users).toBe(0);
  });

  it("tells a hash that the org does not take from one that does not sign in", async () => {
    const org = await startThrowAwayOrg((request, users) => {
      if (isCreate(request) && request.body.includes('"SHA-1"')) {
        return oktaError(400, "E0000001", "password: SHA-1 is not supported");
      }
      if (request.path !== "/api/v1/authn") return undefined;
      const { username } = JSON.parse(request.body) as { username: string };
      const isMd5 = users.get(username)?.password.hash?.algorithm === "MD5";
      return isMd5 ? oktaError(401, "E0000004") : undefined;
    });
    const end = await runCli(["canary", "--algorithm", "sha-512,sha-1,md5", "--yes", "--json"], {
      cwd: makeTempFolder(),
      env: org.env,
    });
    expect(end.code).toBe(1);
    const found = verdictOf(end).algorithms.map(({ algorithm, create, signIn }) =>
      [algorithm, create, signIn].join(" "),
    );
    expect(new Set(found)).toEqual(
      new Set(["SHA-512 ok ok", "SHA-1 refused unknown", "MD5 ok refused"]),
    );
    const sha1 = verdictOf(end).algorithms.find(({ algorithm }) => algorithm === "SHA-1");
    expect(sha1?.["reason"]).toContain("SHA-1 is not supported");
    expect(org.users.size).toBe(0);
  });

  it("without a terminal to ask on needs --yes, and needs a source or an algorithm", async () => {
    const org = await startEmulatedOrg();
    const options = { cwd: makeTempFolder(), env: org.env };
    const unasked = await runCli(["canary", "--algorithm", "md5", "--json"], options);
    expect([unasked.code, unasked.error?.code]).toEqual([2, "CONFIRMATION_NEEDED"]);
    const unknown = await runCli(["canary", "--yes", "--json"], options);
    expect([unknown.code, unknown.error?.code]).toEqual([2, "SOURCE_MISSING"]);
    const odd = await runCli(["canary", "--algorithm", "argon2", "--yes", "--json"], options);
    expect([odd.code, odd.error?.code]).toEqual([2, "OPTION_INVALID"]);
    expect(org.ledger().usersCreated).toBe(0);
  });

  it.skipIf(!hasTerminal())("asks on a terminal, and says what may happen elsewhere", async () => {
    const org = await startEmulatedOrg();
    const running = startOnTerminal(["canary", "--algorithm", "md5"], {
      columns: 80,
      cwd: makeTempFolder(),
      env: org.env,
    });
    const shown = await running.shows(/up to 4 throw-away users in 127\.0\.0\.1:\d+\?/);
    expect(shown).toMatch(/provisioning/);
    expect(org.ledger().usersCreated).toBe(0);
    running.type("y");
    const end = await running.ended;
    expect(end.code).toBe(0);
    expect(end.shown).toContain("All 3 kinds of hash sign in in this org.");
    expect(org.ledger().users).toBe(0);
  });
});

describe("throw-away users are removed", () => {
  it("after kill -9 between create and deletion, by the next start", async () => {
    const org = await startEmulatedOrg({ latencyMs: 250 });
    const options = { cwd: makeTempFolder(), env: org.env };
    const running = startCli(MD5, options);
    await expect.poll(() => org.ledger().users, { interval: 10 }).toBe(1);
    running.child.kill("SIGKILL");
    await running.ended;
    expect(org.ledger().users).toBe(1);
    const [login] = [...org.users()].map((user) => user.login);
    const [ledger = ""] = ledgersIn(options.cwd);
    expect(readFileSync(ledger, "utf8")).toContain(login);
    expect(statSync(ledger).mode & 0o777).toBe(0o600);
    org.change({ latencyMs: 0 });
    const next = await runCli(MD5, options);
    expect(next.code).toBe(0);
    expect(verdictOf(next)).toMatchObject({ removed: 5, left: [] });
    expect(org.ledger().users).toBe(0);
    expect(readFileSync(ledger, "utf8")).toBe("");
  });

  it("by --clean alone, which makes none and asks nothing", async () => {
    const org = await startEmulatedOrg({ latencyMs: 250 });
    const options = { cwd: makeTempFolder(), env: org.env };
    const running = startCli(MD5, options);
    await expect.poll(() => org.ledger().users, { interval: 10 }).toBe(1);
    running.child.kill("SIGKILL");
    await running.ended;
    org.change({ latencyMs: 0 });
    const { usersCreated } = org.ledger();
    const clean = await runCli(["canary", "--clean", "--json"], options);
    expect(clean.code).toBe(0);
    expect(verdictOf(clean)).toMatchObject({ algorithms: [], removed: 1, left: [] });
    expect(org.ledger()).toMatchObject({ users: 0, usersCreated });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("before %s ends the process", async (signal) => {
    const org = await startEmulatedOrg({ latencyMs: 100 });
    const options = { cwd: makeTempFolder(), env: org.env };
    const running = startCli(MD5, options);
    await expect.poll(() => org.ledger().users, { interval: 10 }).toBe(1);
    running.child.kill(signal);
    const end = await running.ended;
    expect(end).toMatchObject({ code: 130, signal: null, error: undefined });
    expect(verdictOf(end)).toMatchObject({ removed: 1, left: [] });
    expect(org.ledger()).toMatchObject({ users: 0, usersCreated: 1 });
  });

  it.each([
    ["lost after the org acted", { "reset-after": { times: 2 } }],
    ["cut off", { "cut-body": { times: 2 } }],
    ["lost, and the user comes later", { "late-commit": { times: 2 } }],
  ])("when the create's answer is %s", async (_what, faults) => {
    const org = await startEmulatedOrg({ faults, lateCommitMs: 300 });
    const end = await runCli(MD5, { cwd: makeTempFolder(), env: org.env });
    expect(end.code).toBe(0);
    expect(verdictOf(end)).toMatchObject({ removed: 4, left: [] });
    expect(org.ledger()).toMatchObject({ users: 0, usersCreated: 4, faults: { unspent: {} } });
  });

  it("or told, where the token may create and not delete; the next start then removes them", async () => {
    let mayDelete = false;
    const org = await startThrowAwayOrg(({ method }) =>
      method === "DELETE" && !mayDelete ? oktaError(403, "E0000006") : undefined,
    );
    const options = { cwd: makeTempFolder(), env: org.env };
    const end = await runCli(MD5, options);
    expect([end.code, end.error?.code]).toEqual([4, "ORG_PERMISSION_MISSING"]);
    expect(verdictOf(end).left).toEqual([...org.users.keys()]);
    // None is made beside one that can't be removed.
    expect(org.requests.filter(isCreate)).toHaveLength(1);
    const again = await runCli(MD5, options);
    expect(again.code).toBe(4);
    expect(org.requests.filter(isCreate)).toHaveLength(1);
    mayDelete = true;
    const clean = await runCli(["canary", "--clean", "--json"], options);
    expect([clean.code, verdictOf(clean).removed, org.users.size]).toEqual([0, 1, 0]);
  });

  it("and nobody else: not a user with a login of ours who is somebody else", async () => {
    const org = await startEmulatedOrg({ latencyMs: 250 });
    const options = { cwd: makeTempFolder(), env: org.env };
    const running = startCli(MD5, options);
    await expect.poll(() => org.ledger().users, { interval: 10 }).toBe(1);
    running.child.kill("SIGKILL");
    await running.ended;
    org.change({ latencyMs: 0 });
    const [user] = [...org.users()];
    await fetch(`${org.url}/api/v1/users/${user?.id ?? ""}`, {
      method: "POST",
      headers: { authorization: "SSWS emulator-token", "content-type": "application/json" },
      body: JSON.stringify({ profile: { firstName: "Ada", lastName: "Lovelace" } }),
    });
    const clean = await runCli(["canary", "--clean", "--json"], options);
    expect([clean.code, clean.error?.code]).toEqual([4, "CANARY_LEFT"]);
    expect(verdictOf(clean).left).toEqual([user?.login]);
    expect(org.ledger().users).toBe(1);
  });
});

describe("no secret of a trial", () => {
  it("is in its outputs, its log or its files, though the org quotes all that it is sent", async () => {
    const cwd = makeTempFolder();
    const org = await startThrowAwayOrg((request) => {
      const isQuoted = isCreate(request) && request.body.includes('"SHA-1"');
      if (isQuoted) return oktaError(400, "E0000001", `no: ${request.body}`);
      if (request.path !== "/api/v1/authn") return undefined;
      const count = org.requests.filter(({ path }) => path === "/api/v1/authn").length;
      return count > 4 ? oktaError(403, "E0000085", `no: ${request.body}`) : undefined;
    });
    const args = ["canary", "--algorithm", "sha-1,md5", "--yes"];
    const env = { ...org.env, OKTA_MIGRATE_LOG: "trace" };
    const ends = [
      await runCli([...args, "--json"], { cwd, env }),
      await runCli(args, { cwd, env }),
    ];
    const secrets = org.requests.flatMap(secretsOf);
    expect(secrets.length).toBeGreaterThan(12);
    const search = new LeakSearch(
      Object.fromEntries(secrets.map((secret, at) => [`secret ${at}`, secret])),
    );
    const leaks = ends.flatMap(({ stdout, stderr }) => search.inText("output", stdout + stderr));
    expect([...leaks, ...search.inFolder(cwd)]).toEqual([]);
    expect(ends[0]?.stdout).toContain("[secret]");
  });
});

function isCreate({ method, path }: ReceivedRequest): boolean {
  return method === "POST" && path.startsWith("/api/v1/users?");
}

/** Passwords, hashes and salts of a request. */
function secretsOf({ body }: ReceivedRequest): readonly string[] {
  return [...body.matchAll(/"(?:password|value|salt)":"([^"]+)"/g)].map(([, text = ""]) => text);
}
