import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  aPerson,
  csvOf,
  OLD_HASH,
  OLD_HASH_PARTS,
  people,
  withoutPasswords,
} from "../support/invented-people.ts";
import { runCli } from "../support/run-cli.ts";
import { startStandInOrg } from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const BAD = [
  aPerson(1, { email: "Isáàc@example.com" }),
  aPerson(2, { email: "isaac@EXAMPLE.com" }),
  aPerson(3, { email: "nobody", firstName: "", lastName: "x".repeat(51), passwordHash: "" }),
  aPerson(4, { firstName: "Smile \u{1f600}" }),
  aPerson(5),
];

/** Rows of a `failures.csv` without quotes in it, by line. */
function rowsByLine(text: string): ReadonlyMap<string, string> {
  const [header = "", ...rows] = text.trimEnd().split("\n");
  const at = header.split(",").indexOf("line");
  return new Map(rows.map((row) => [row.split(",")[at] ?? "", row]));
}

describe("check", () => {
  it("tells what was joined, and warns of the one file that holds hashes and others can read", async () => {
    const cwd = makeTempFolder();
    const rows = people(2);
    const without = rows.map(({ passwordHash: _hash, ...person }) => person);
    const hashes = rows.map(({ email = "", passwordHash = "" }) => ({ email, passwordHash }));
    writeFileSync(join(cwd, "users.csv"), csvOf(without), { mode: 0o644 });
    writeFileSync(join(cwd, "hashes.csv"), csvOf(hashes), { mode: 0o644 });
    writeFileSync(join(cwd, "teams.csv"), "email,team\n", { mode: 0o644 });
    const join1 = "{source: hashes.csv, key: email, to: email, as: old}";
    const join2 = "{source: teams.csv, key: email, to: email, as: teams}";
    writeFileSync(
      join(cwd, "migration.yaml"),
      `source: users.csv\njoin: [${join1}, ${join2}]\npassword: {hash: old.passwordHash}\n`,
    );
    const end = await runCli(["check", "--json"], { cwd });
    expect(end).toMatchObject({ code: 0, summary: { records: 2, pending: 2 } });
    expect(end.lines.filter(({ event }) => event === "source-joined")).toMatchObject([
      { source: expect.stringMatching(/hashes\.csv$/), records: 2, joined: 2, alone: 0, unused: 0 },
      { source: expect.stringMatching(/teams\.csv$/), records: 0, joined: 0, alone: 2, unused: 0 },
    ]);
    const warnings = end.lines.filter(({ event }) => event === "warning");
    expect(warnings.map(({ message }) => String(message))).toEqual([
      expect.stringMatching(/^\S*hashes\.csv holds password hashes/),
    ]);
  });

  it("without an org finds every issue of every record, and says what it did not check", async () => {
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "users.csv"), csvOf(BAD));
    const end = await runCli(["check", "users.csv"], { cwd });
    expect(end.code).toBe(1);
    expect(end.stdout).toBe("");
    expect(end.stderr).toMatch(/3 of 5 records/);
    expect(end.stderr).toMatch(/not checked.*(limits|attributes).*logins/i);
    for (const code of [
      "DUPLICATE_LOGIN",
      "REQUIRED_MISSING",
      "TOO_LONG",
      "CHARACTER_UNSUPPORTED",
    ]) {
      expect(end.stderr).toContain(code);
    }
    const failures = readFileSync(join(cwd, "okta-migrate-runs/users/failures.csv"), "utf8");
    const rows = rowsByLine(failures);
    expect([...rows.keys()]).toEqual(["3", "4", "5"]);
    expect(rows.get("3")).toMatch(/rejected,DUPLICATE_LOGIN,.*line 2/);
    for (const code of ["REQUIRED_MISSING", "EMAIL_INVALID", "TOO_LONG", "PASSWORD_MISSING"]) {
      expect(rows.get("4")).toContain(code);
    }
    expect(rows.get("5")).toContain("U+1F600");
    expect(failures).not.toContain("passwordHash");
    expect(failures).not.toContain(OLD_HASH_PARTS.value);
  });

  it("says of a record that is wrong otherwise that its login is another's too", async () => {
    const cwd = makeTempFolder();
    const rows = [aPerson(1), aPerson(2, { email: "PERSON1@example.com", firstName: "" })];
    writeFileSync(join(cwd, "users.csv"), csvOf(rows));
    await runCli(["check", "users.csv", "--run", "run"], { cwd });
    const failures = readFileSync(join(cwd, "run/failures.csv"), "utf8");
    expect(failures).toContain("REQUIRED_MISSING");
    expect(failures).toContain("DUPLICATE_LOGIN");
  });

  it("ends with 0 where nothing is wrong, also without an org", async () => {
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "users.csv"), csvOf(people(3)));
    const end = await runCli(["check", "users.csv", "--json"], { cwd });
    expect(end).toMatchObject({ code: 0, otherLines: [] });
    expect(end.lines.at(-1)).toMatchObject({
      event: "summary",
      records: 3,
      rejected: 0,
      pending: 3,
    });
  });

  it("with an org judges by its own schema, and asks for nothing that changes anything", async () => {
    const org = await startStandInOrg({
      base: { mobilePhone: { type: "string", maxLength: 5 } },
      custom: { shift: { type: "string", enum: ["day", "night"] }, badge: { type: "integer" } },
    });
    const cwd = makeTempFolder();
    const rows = [
      aPerson(1, { mobilePhone: "12345", shift: "day", badge: "7" }),
      aPerson(2, { mobilePhone: "123456", shift: "noon", badge: "seven" }),
    ];
    writeFileSync(join(cwd, "users.csv"), csvOf(rows));
    writeFileSync(join(cwd, "migration.yaml"), "groups: [Migrated]\n");
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
    const end = await runCli(["check", "users.csv", "--run", "run"], { cwd, env });
    expect(end.code).toBe(1);
    const row = rowsByLine(readFileSync(join(cwd, "run/failures.csv"), "utf8")).get("3");
    for (const code of ["TOO_LONG", "NOT_IN_ENUM", "TYPE_WRONG"]) expect(row).toContain(code);
    expect(org.requests.length).toBeGreaterThan(0);
    expect(new Set(org.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  it("names an attribute that the org does not have", async () => {
    const org = await startStandInOrg();
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "users.csv"), csvOf(people(2)));
    const config =
      "profile: {login: email, email: email, firstName: firstName, lastName: lastName, shoeSize: '42'}\n";
    writeFileSync(join(cwd, "migration.yaml"), config);
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
    const end = await runCli(["check", "users.csv"], { cwd, env });
    expect(end.code).toBe(1);
    expect(end.stderr).toContain("ATTRIBUTE_UNKNOWN");
    expect(end.stderr).toContain("shoeSize");
  });

  it("leaves the run that it precedes free to begin, and import then does what it said", async () => {
    const org = await startStandInOrg();
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "users.csv"), csvOf(BAD));
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
    const checked = await runCli(["check", "users.csv", "--json"], { cwd, env });
    const folder = String(checked.summary?.run);
    const before = readFileSync(join(cwd, folder, "failures.csv"), "utf8");
    expect(existsSync(join(cwd, folder, "journal"))).toBe(false);
    const imported = await runCli(["import", "users.csv", "--yes", "--json"], { cwd, env });
    expect(imported.summary).toMatchObject({
      run: folder,
      created: checked.summary?.pending,
      rejected: checked.summary?.rejected,
    });
    expect(readFileSync(join(cwd, folder, "failures.csv"), "utf8")).toBe(before);
  });

  it("refuses the passwords scenario at once where the source has no passwords", async () => {
    const org = await startStandInOrg();
    const cwd = makeTempFolder();
    const rows = withoutPasswords(people(2));
    writeFileSync(join(cwd, "users.csv"), csvOf(rows));
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
    for (const command of ["check", "import"]) {
      const end = await runCli([command, "users.csv", "--yes", "--json"], { cwd, env });
      expect(end).toMatchObject({ code: 2, error: { code: "PASSWORD_MATERIAL_MISSING" } });
      expect(end.error?.hint).toMatch(/--staged.*--hook/);
    }
    expect(org.created()).toEqual([]);
  });

  it("warns of a table of hashes that anyone on the machine can read", async () => {
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "users.csv"), csvOf(people(1)), { mode: 0o644 });
    writeFileSync(join(cwd, "mine.csv"), csvOf(people(1)), { mode: 0o600 });
    const open = await runCli(["check", "users.csv"], { cwd });
    expect(open.stderr).toMatch(/others on this machine can read/);
    expect(open.stderr).not.toContain(OLD_HASH);
    const mine = await runCli(["check", "mine.csv"], { cwd });
    expect(mine.stderr).not.toMatch(/others on this machine/);
  });
});
