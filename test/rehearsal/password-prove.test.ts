import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LeakSearch } from "../support/canaries.ts";
import { BCRYPT_10, BCRYPT_5, BCRYPT_5_OTHER, OKTA_SHA512 } from "../support/known-passwords.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import { hasTerminal, startOnTerminal } from "../support/run-on-terminal.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { shortForm } from "../support/short-form.ts";

const PROVE = ["password", "prove", "users.ndjson"];
const WITH_FILE = [...PROVE, "--accounts", "accounts.csv", "--json"];

/** A user of the source; `login` is taken from the address. */
function user(email: string, passwordHash: unknown): object {
  return { email, firstName: "Ann", lastName: "Example", passwordHash };
}

const ANN = user("ann@example.com", BCRYPT_5.hash);
const BEN = user("Bén@example.com", BCRYPT_5_OTHER.hash);
const CAT = user("cat@example.com", OKTA_SHA512.hash);
const ANNS = `ann@example.com,${BCRYPT_5.password}`;

interface Scene {
  readonly users: readonly object[];
  readonly accounts?: readonly string[];
  readonly config?: string;
}

/** A folder with a source, test accounts, and perhaps a config. */
function folderOf({ users, accounts = [], config }: Scene): string {
  const cwd = makeTempFolder();
  const write = (name: string, text: string): void =>
    writeFileSync(join(cwd, name), text, { mode: 0o600 });
  write("users.ndjson", users.map((one) => `${JSON.stringify(one)}\n`).join(""));
  write("accounts.csv", ["login,password", ...accounts, ""].join("\n"));
  if (config !== undefined) write("migration.yaml", config);
  return cwd;
}

const prove = (scene: Scene, args = WITH_FILE): Promise<CliEnd> =>
  runCli(args, { cwd: folderOf(scene) });

describe("password prove", () => {
  it("proves a source whose every format has an account that is right", async () => {
    const end = await prove({
      users: [ANN, BEN, CAT],
      accounts: [ANNS, `cat@example.com,${OKTA_SHA512.password}`],
    });
    expect(end).toMatchObject({ code: 0, otherLines: [], stderr: "" });
    expect(end.lines.filter(({ event }) => event === "account")).toMatchObject([
      { login: "ann@example.com", line: 1, format: "bcrypt 5", route: "hash", verdict: "proven" },
      { login: "cat@example.com", line: 3, route: "hash", verdict: "proven" },
    ]);
    expect(end.lines.at(-1)).toMatchObject({
      event: "proof",
      proven: true,
      unreadable: 0,
      formats: [
        { format: "bcrypt 5", route: "hash", users: 2, proven: 1, failed: 0, verdict: "proven" },
        { users: 1, proven: 1, verdict: "proven" },
      ],
    });
  });

  it("calls no format proven of which no account was", async () => {
    const scene = { users: [ANN, BEN, CAT], accounts: [ANNS] };
    const end = await prove(scene);
    expect(end.code).toBe(1);
    expect(end.lines.at(-1)).toMatchObject({
      proven: false,
      formats: [{ verdict: "proven" }, { users: 1, proven: 0, verdict: "not-proven", line: 3 }],
    });
    const people = await prove(scene, WITH_FILE.slice(0, -1));
    expect(people).toMatchObject({ code: 1, stdout: "" });
    expect(people.stderr).toMatch(/NOT proven/);
    expect(people.stderr).toMatch(/line 3 of the\s+source/);
  });

  it("one account that is wrong is one too many", async () => {
    const scene = { users: [ANN, BEN], accounts: [ANNS, "ben@example.com,wrong"] };
    const end = await prove(scene);
    expect(end.code).toBe(1);
    expect(end.lines.at(-1)).toMatchObject({
      proven: false,
      formats: [{ proven: 1, failed: 1, verdict: "failed" }],
    });
    expect((await prove(scene, WITH_FILE.slice(0, -1))).stderr).toMatch(
      /ben@example\.com: WRONG \(line 2\)/,
    );
  });

  it("compares logins as Okta does, and tells of those that the source lacks", async () => {
    const accounts = [`BEN@example.com,${BCRYPT_5_OTHER.password}`, "dan@example.com,x"];
    const end = await prove({ users: [BEN], accounts });
    expect(end.code).toBe(0);
    expect(end.lines.filter(({ event }) => event === "account")).toMatchObject([
      { login: "BEN@example.com", line: 1, verdict: "proven" },
      { login: "dan@example.com", verdict: "not-found" },
    ]);
  });

  it("tells of an account whose record would be rejected", async () => {
    const accounts = [ANNS, `eve@example.com,${BCRYPT_5.password}`];
    const eve = { email: "eve@example.com", passwordHash: BCRYPT_5.hash };
    const end = await prove({ users: [ANN, eve], accounts });
    expect(end.lines.find(({ login }) => login === "eve@example.com")).toMatchObject({
      line: 2,
      verdict: "rejected",
      issues: [{ code: "REQUIRED_MISSING" }, { code: "REQUIRED_MISSING" }],
    });
  });

  it("takes the first record of a login that can be sent", async () => {
    const first = { email: "ann@example.com", passwordHash: BCRYPT_10.hash };
    const third = user("ANN@example.com", BCRYPT_10.hash);
    const end = await prove({ users: [first, ANN, third], accounts: [ANNS] });
    expect(end.lines.filter(({ event }) => event === "account")).toMatchObject([
      { line: 2, verdict: "proven" },
    ]);
  });

  it("users without a password stand in the way only where they are rejected", async () => {
    const users = [ANN, user("fay@example.com", null)];
    const rejected = await prove({ users, accounts: [ANNS] });
    expect(rejected.code).toBe(1);
    expect(rejected.lines.at(-1)).toMatchObject({
      formats: [{ verdict: "proven" }, { format: "no password", route: "rejected" }],
    });
    const staged = await prove({
      users,
      accounts: [ANNS, "fay@example.com,x"],
      config: "otherwise: staged\n",
    });
    expect(staged.code).toBe(0);
    expect(staged.lines.find(({ login }) => login === "fay@example.com")).toMatchObject({
      verdict: "not-carried",
      route: "staged",
    });
    expect(staged.lines.at(-1)).toMatchObject({
      formats: [{ verdict: "proven" }, { format: "no password", verdict: "not-carried" }],
    });
  });

  it("checks what the hook will check, where passwords go that way", async () => {
    const scene = { users: [ANN], accounts: [ANNS], config: "scenario: hook\n" };
    const end = await prove(scene);
    expect(end.code).toBe(0);
    expect(end.lines.at(-1)).toMatchObject({
      proven: true,
      formats: [{ format: "bcrypt 5", route: "hook", verdict: "proven" }],
    });
    expect((await prove(scene, WITH_FILE.slice(0, -1))).stderr).toMatch(/checked by the hook/);
  });

  it("counts entries that can't be read, and leaves nothing behind", async () => {
    const cwd = folderOf({ users: [ANN], accounts: [ANNS] });
    writeFileSync(join(cwd, "users.ndjson"), `${JSON.stringify(ANN)}\nnot json\n`);
    const end = await runCli(WITH_FILE, { cwd });
    expect(end.lines.at(-1)).toMatchObject({ event: "proof", unreadable: 1 });
    expect(readdirSync(cwd).toSorted()).toEqual(["accounts.csv", "users.ndjson"]);
  });

  it("reads the source from standard input too", async () => {
    const cwd = folderOf({ users: [], accounts: [ANNS] });
    const args = ["password", "prove", "-", "--accounts", "accounts.csv", "--json"];
    const end = await runCli(args, { cwd, input: `${JSON.stringify(ANN)}\n` });
    expect(end).toMatchObject({ code: 0 });
  });

  it("warns of a file with passwords that others can read", async () => {
    const cwd = folderOf({ users: [ANN], accounts: [ANNS] });
    chmodSync(join(cwd, "accounts.csv"), 0o644);
    const end = await runCli(WITH_FILE, { cwd });
    expect(end.lines.find(({ event }) => event === "warning")).toMatchObject({
      message: expect.stringContaining("accounts.csv holds passwords"),
      hint: expect.stringContaining("chmod 600"),
    });
  });
});

describe("password prove can't begin", () => {
  it.each<readonly [string, Scene, readonly string[], number, string]>(
    shortForm(
      [
        [
          "without a terminal or accounts",
          { users: [ANN] },
          [...PROVE, "--json"],
          2,
          "OPTION_INVALID",
        ],
        ["with a file without accounts", { users: [ANN] }, WITH_FILE, 2, "OPTION_INVALID"],
        [
          "with accounts that lack a password",
          { users: [ANN], accounts: ["ann@example.com"] },
          WITH_FILE,
          2,
          "OPTION_INVALID",
        ],
        [
          "with a file of accounts that is not there",
          { users: [ANN] },
          [...PROVE, "--accounts", "none.csv", "--json"],
          2,
          "OPTION_INVALID",
        ],
        [
          "with standard input for both",
          { users: [ANN] },
          ["password", "prove", "-", "--accounts", "-", "--json"],
          2,
          "OPTION_INVALID",
        ],
        [
          "with a config that carries no passwords",
          { users: [ANN], accounts: [ANNS], config: "scenario: staged\n" },
          WITH_FILE,
          2,
          "CONFIG_INVALID",
        ],
        [
          "with a source without hashes",
          { users: [{ email: "ann@example.com" }], accounts: [ANNS] },
          WITH_FILE,
          2,
          "PASSWORD_MATERIAL_MISSING",
        ],
        [
          "with a source that is not there",
          { users: [], accounts: [ANNS] },
          ["password", "prove", "none.csv", "--accounts", "accounts.csv", "--json"],
          3,
          "SOURCE_UNREADABLE",
        ],
      ],
      2,
    ),
  )("%s", async (_, scene, args, code, errorCode) => {
    const end = await prove(scene, [...args]);
    expect(end).toMatchObject({ code, error: { code: errorCode }, otherLines: [] });
    expect(end.error?.hint).toMatch(/\S/);
  });
});

describe.skipIf(!hasTerminal())("password prove on a terminal", () => {
  it("asks for logins and passwords, and shows the logins only", async () => {
    const cwd = folderOf({ users: [ANN, CAT] });
    const running = startOnTerminal(PROVE, { columns: 40, cwd });
    await running.shows(/Login:/);
    running.type("ann@example.comx\u007f\r");
    await running.shows(/Password/);
    running.type("Canary-Pass-2291\r");
    await running.shows(/another one/);
    running.type("\r");
    const { code, shown } = await running.ended;
    expect(code).toBe(1);
    expect(shown).toContain("ann@example.com: WRONG");
    expect(new LeakSearch({ password: "Canary-Pass-2291" }).inText("terminal", shown)).toEqual([]);
  });

  it("ends at Ctrl-C, at whichever question", async () => {
    for (const keys of ["\u0003", "ann@example.com\rsecr\u0003"]) {
      const running = startOnTerminal(PROVE, { columns: 80, cwd: folderOf({ users: [ANN] }) });
      await running.shows(/Login:/);
      running.type(keys);
      expect((await running.ended).code).toBe(130);
    }
  });
});

describe("secrets", () => {
  const CANARIES = {
    salt: "CANARYsaltCANARYsalt.u",
    value: "CANARYvalueCANARYvalueCANARYval",
    password: "Canary-pass-Wörd-5523",
    odd: "CANARYoddCANARYodd",
  };
  const search = new LeakSearch(CANARIES);

  it.each([[[]], [["--json"]]])("never leave it %j", async (flags) => {
    const cwd = folderOf({
      users: [
        user("ann@example.com", `$2b$05$${CANARIES.salt}${CANARIES.value}`),
        user("ben@example.com", `$2b$05$${CANARIES.salt}${CANARIES.value}x`),
        user("cat@example.com", CANARIES.odd),
        user("no-address", `$2b$05$${CANARIES.salt}${CANARIES.value}`),
      ],
      accounts: [
        `ann@example.com,${CANARIES.password}`,
        `ben@example.com,${CANARIES.password}`,
        `cat@example.com,${CANARIES.password}`,
        `no-address,${CANARIES.password}`,
        `nobody@example.com,${CANARIES.password}`,
      ],
    });
    const args = [...PROVE, "--accounts", "accounts.csv", ...flags];
    const end = await runCli(args, { cwd, env: { OKTA_MIGRATE_LOG: "trace" } });
    writeFileSync(join(cwd, "accounts.csv"), `login,password\n"ann","${CANARIES.password}"x\n`);
    const broken = await runCli(args, { cwd });
    expect([end.code, broken.code]).toEqual([1, 2]);
    for (const { stdout, stderr } of [end, broken]) {
      expect(search.inText("output", stdout + stderr)).toEqual([]);
    }
    expect(search.inFolder(cwd, ["users.ndjson", "accounts.csv"])).toEqual([]);
  });
});
