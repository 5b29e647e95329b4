import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { aPerson, csvOf, OLD_PASSWORD, people } from "../support/invented-people.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

/** Sound, and nothing that Okta takes: it wants 4,096 rounds. */
const FEW_ROUNDS = JSON.stringify({
  algorithm: "PBKDF2",
  digestAlgorithm: "SHA256_HMAC",
  iterationCount: 1000,
  keySize: 32,
  salt: "c2FsdA==",
  value: `${"B".repeat(40)}BAE=`,
});
const SHA256 = JSON.stringify({
  algorithm: "SHA-256",
  salt: "c2FsdA==",
  saltOrder: "PREFIX",
  value: `${"B".repeat(40)}BAE=`,
});

const MIXED = [
  aPerson(1),
  aPerson(2),
  aPerson(3, { passwordHash: FEW_ROUNDS }),
  aPerson(4, { passwordHash: "" }),
  aPerson(5, { firstName: "" }),
  aPerson(6, { email: "person1@example.com" }),
  aPerson(7),
];
/** The counts of those people where others are staged. */
const STAGED = [
  { label: "bcrypt 4", route: "hash", count: 3 },
  { label: "bcrypt 4", route: "rejected", count: 2 },
  { label: "no password", route: "staged", count: 1 },
  { label: "pbkdf2 1000", route: "staged", count: 1 },
];

function folderWith(files: Readonly<Record<string, string>>): string {
  const cwd = makeTempFolder();
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(cwd, name), text, { mode: 0o600 });
  }
  return cwd;
}

function planOf(end: CliEnd): Readonly<Record<string, unknown>> {
  const plan = end.lines.find(({ event }) => event === "plan");
  if (plan === undefined) throw new Error(`no plan was told:\n${end.stdout}\n${end.stderr}`);
  return plan;
}

/** How the users of an org get in, by the number of each person. */
function waysIn(org: EmulatedOrg): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...org.users()].map(({ login, password, status }): [string, string] => [
      login.split("@")[0] ?? "",
      `${password} ${status}`,
    ]),
  );
}

describe("the routes of users", () => {
  it("are counted by check before anything is sent, everyone once", async () => {
    const cwd = folderWith({ "users.csv": csvOf(MIXED), "migration.yaml": "otherwise: staged\n" });
    const end = await runCli(["check", "users.csv", "--json"], { cwd });
    expect(planOf(end)["routes"]).toEqual(STAGED);
    expect(end.summary).toMatchObject({ records: 7, rejected: 2 });
    const told = await runCli(["check", "users.csv"], { cwd });
    expect(told.stderr).toContain(
      "3 bcrypt 4 → hash · 2 bcrypt 4 → rejected · 1 no password → staged · 1 pbkdf2 1000 → staged",
    );
  });

  it.each([
    ["reject", "rejected", undefined],
    ["hook", "hook", "hook ACTIVE"],
    ["staged", "staged", "none STAGED"],
  ])("are those that the users then take, with otherwise: %s", async (otherwise, route, way) => {
    const org = await startEmulatedOrg();
    const cwd = folderWith({
      "users.csv": csvOf(MIXED),
      "migration.yaml": `otherwise: ${otherwise}\n`,
    });
    const end = await runCli(["import", "users.csv", "--yes", "--json"], { cwd, env: org.env });
    expect(planOf(end)["routes"]).toContainEqual({ label: "pbkdf2 1000", route, count: 1 });
    expect(planOf(end)["routes"]).toContainEqual({ label: "no password", route, count: 1 });
    const ways = waysIn(org);
    for (const person of ["person1", "person2", "person7"]) {
      expect(ways[person]).toBe("hash ACTIVE");
      expect(await org.signIn(`${person}@example.com`, OLD_PASSWORD)).toBe(true);
    }
    expect([ways["person3"], ways["person4"]]).toEqual([way, way]);
    expect(Object.keys(ways)).toHaveLength(way === undefined ? 3 : 5);
  });

  it.each([
    ["--staged", "staged", "none STAGED"],
    ["--hook", "hook", "hook ACTIVE"],
  ])("with %s are all that one, but for the rejected", async (flag, route, way) => {
    const org = await startEmulatedOrg();
    const cwd = folderWith({ "users.csv": csvOf(MIXED) });
    const args = ["import", "users.csv", flag, "--yes", "--json"];
    const routes = planOf(await runCli(args, { cwd, env: org.env }))["routes"];
    expect(routes).toEqual([
      { label: "bcrypt 4", route, count: 3 },
      { label: "bcrypt 4", route: "rejected", count: 2 },
      { label: "no password", route, count: 1 },
      { label: "pbkdf2 1000", route, count: 1 },
    ]);
    expect(new Set(Object.values(waysIn(org)))).toEqual(new Set([way]));
  });

  it("are the same when another process goes on, and in status", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith({ "users.csv": csvOf(MIXED), "migration.yaml": "otherwise: staged\n" });
    const args = ["import", "users.csv", "--yes", "--json"];
    const first = await runCli([...args, "--limit", "2"], { cwd, env: org.env });
    expect(first.summary).toMatchObject({ created: 2, pending: 3 });
    const second = await runCli(args, { cwd, env: org.env });
    expect(second.summary).toMatchObject({ created: 5, finished: true });
    const third = await runCli(args, { cwd, env: org.env });
    for (const end of [first, second, third]) expect(planOf(end)["routes"]).toEqual(STAGED);
    const status = await runCli(["status", "--json"], { cwd });
    expect(status.lines.find(({ event }) => event === "routes")).toMatchObject({ routes: STAGED });
    expect((await runCli(["status"], { cwd })).stderr).toContain("3 bcrypt 4 → hash · ");
  });

  it("follow a mended record and a changed config", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith({ "users.csv": csvOf(MIXED) });
    const args = ["import", "users.csv", "--yes", "--json"];
    await runCli(args, { cwd, env: org.env });
    writeFileSync(join(cwd, "migration.yaml"), "otherwise: staged\n");
    const again = await runCli(args, { cwd, env: org.env });
    expect(planOf(again)["routes"]).toEqual(STAGED);
  });

  it("of records that can't be read are told as such", async () => {
    const cwd = folderWith({ "users.csv": `${csvOf(people(1))}too,few\n` });
    const end = await runCli(["check", "users.csv", "--json"], { cwd });
    expect(planOf(end)["routes"]).toEqual([
      { label: "bcrypt 4", route: "hash", count: 1 },
      { label: "unreadable", route: "rejected", count: 1 },
    ]);
  });

  it("are not told of standard input, which has not been read when the plan is shown", async () => {
    const org = await startEmulatedOrg();
    const end = await runCli(["import", "-", "--yes", "--json"], {
      cwd: makeTempFolder(),
      env: org.env,
      input: csvOf(people(2)),
    });
    expect(end.summary).toMatchObject({ created: 2 });
    expect(planOf(end)["routes"]).toBeUndefined();
  });
});

describe("what is not settled about SHA-256", () => {
  const rows = [
    aPerson(1, { passwordHash: SHA256 }),
    aPerson(2, { passwordHash: SHA256 }),
    aPerson(3),
  ];

  it("is noted once, with how many it concerns and how it is settled, also after a resume", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith({ "users.csv": csvOf(rows) });
    const first = await runCli(["check", "users.csv"], { cwd });
    expect(first.stderr.match(/note: 2 records, SHA256_SALT_UNSETTLED/g)).toHaveLength(1);
    expect(first.stderr).toContain("okta-migrate canary");
    const args = ["import", "users.csv", "--yes", "--json"];
    for (const limit of [["--limit", "1"], []]) {
      const end = await runCli([...args, ...limit], { cwd, env: org.env });
      expect(planOf(end)["notes"]).toContainEqual(
        expect.stringMatching(/^2 records, SHA256_SALT_UNSETTLED: /),
      );
    }
  });

  it.each(["decoded", "literal"])("is no question once it is answered: %s", async (answer) => {
    const cwd = folderWith({
      "users.csv": csvOf(rows),
      "migration.yaml": `password: {oktaSha256Salt: ${answer}}\n`,
    });
    const end = await runCli(["check", "users.csv", "--json"], { cwd });
    expect(end.stdout).not.toContain("SHA256_SALT_UNSETTLED");
    expect(end.code).toBe(0);
  });
});

describe("secrets of the hashes", () => {
  const users = csvOf(people(1));
  const withPepper = "password:\n  hash: passwordHash\n  pepper: {place: password-postfix}\n";
  const withParams = "password:\n  hash: passwordHash\n  params: file\n";

  it.each([
    ["a pepper", withPepper, "OKTA_MIGRATE_PEPPER_FILE"],
    ["parameters", withParams, "OKTA_MIGRATE_HASH_PARAMS_FILE"],
  ])("are asked for by their variable: %s", async (_what, config, variable) => {
    const cwd = folderWith({ "users.csv": users, "migration.yaml": config });
    const end = await runCli(["check", "users.csv", "--json"], { cwd });
    expect(end).toMatchObject({ code: 2, error: { code: "PASSWORD_SECRET_MISSING" } });
    expect(end.error?.message).toMatch(/^migration\.yaml:3 /);
    expect(end.error?.message).toContain(variable);
  });

  it.each([
    ["a file that is not there", "OKTA_MIGRATE_PEPPER_FILE", undefined],
    ["an empty file", "OKTA_MIGRATE_PEPPER_FILE", "\n"],
    ["no JSON", "OKTA_MIGRATE_HASH_PARAMS_FILE", "signerKey=Sommer2024"],
    ["a list", "OKTA_MIGRATE_HASH_PARAMS_FILE", '["Sommer2024"]'],
  ])("that can't be had are told and not quoted: %s", async (_what, variable, text) => {
    const files = text === undefined ? {} : { secret: text };
    const cwd = folderWith({ "users.csv": users, ...files });
    const env = { [variable]: join(cwd, "secret") };
    const end = await runCli(["check", "users.csv", "--json"], { cwd, env });
    expect(end).toMatchObject({ code: 2, error: { code: "OPTION_INVALID" } });
    expect(end.stdout + end.stderr).not.toContain("Sommer");
  });

  it("that nothing uses are noted", async () => {
    const cwd = folderWith({ "users.csv": users, secret: "Sommer2024\n" });
    const env = { OKTA_MIGRATE_PEPPER_FILE: join(cwd, "secret"), OKTA_MIGRATE_LOG: "trace" };
    const end = await runCli(["check", "users.csv", "--json"], { cwd, env });
    expect(planOf(end)["notes"]).toContainEqual(expect.stringContaining("is not used"));
    expect(end.stdout + end.stderr).not.toContain("Sommer");
  });
});
