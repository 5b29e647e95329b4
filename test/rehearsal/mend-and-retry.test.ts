import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import {
  aPerson,
  csvOf,
  OLD_HASH_PARTS,
  OLD_PASSWORD,
  OTHER_HASH,
  OTHER_PASSWORD,
  type Person,
} from "../support/invented-people.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import { oktaError, startStandInOrg } from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const FORMULA = "=cmd|'/c calc'!A1";
const APOSTROPHED = "'@handle";
const ROWS = [
  aPerson(1),
  aPerson(2, { firstName: "" }),
  aPerson(3, { email: "no address", lastName: FORMULA, displayName: APOSTROPHED }),
  aPerson(4, { lastName: "", passwordHash: OTHER_HASH }),
].map((person) => ({ displayName: "", mobilePhone: "+49 30 901820", ...person }));

/** Rows of a CSV file as another reader than ours sees them. */
function readTable(path: string): Person[] {
  return parse(readFileSync(path), { columns: true, bom: true });
}

interface Rejected {
  readonly org: EmulatedOrg;
  readonly cwd: string;
  readonly failures: readonly Person[];
  readonly giveBack: (
    rows: readonly Person[],
    name?: string,
    write?: (rows: readonly Person[]) => string,
  ) => Promise<CliEnd>;
}

/** Three of four records rejected, in the folder `run`. */
async function rejectedRun(source = "users.csv", text = csvOf(ROWS)): Promise<Rejected> {
  const org = await startEmulatedOrg();
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, source), text);
  const run = (file: string): Promise<CliEnd> =>
    runCli(["import", file, "--run", "run", "--yes", "--json"], { cwd, env: org.env });
  const first = await run(source);
  expect(first).toMatchObject({ code: 1, summary: { created: 1, rejected: 3 } });
  return {
    org,
    cwd,
    failures: readTable(join(cwd, "run/failures.csv")),
    giveBack: (rows, name = "mended.csv", write = csvOf) => {
      writeFileSync(join(cwd, name), write(rows));
      return run(name);
    },
  };
}

describe("failures.csv", () => {
  it("has the source's columns without the password's, and why each record did not go", async () => {
    const { failures } = await rejectedRun();
    expect(failures.map(({ line, outcome, code }) => [line, outcome, code])).toEqual([
      ["3", "rejected", "REQUIRED_MISSING"],
      ["4", "rejected", "LOGIN_INVALID EMAIL_INVALID"],
      ["5", "rejected", "REQUIRED_MISSING"],
    ]);
    for (const row of failures) {
      expect(Object.keys(row)).not.toContain("passwordHash");
      expect(row["reason"]).not.toBe("");
      expect(row["hint"]).not.toBe("");
    }
    // A spreadsheet must not take a name for a formula.
    expect(failures[1]?.["lastName"]).toBe(`'${FORMULA}`);
    expect(failures[1]?.["mobilePhone"]).toBe("'+49 30 901820");
  });

  it("mended and given back, goes in with the old passwords and the values as they were", async () => {
    const { org, failures, giveBack } = await rejectedRun();
    const mended = failures.map((row) => ({
      ...row,
      ...(row["line"] === "3" ? { firstName: "Mended" } : {}),
      ...(row["line"] === "4" ? { email: "third@example.com" } : {}),
    }));
    const end = await giveBack(mended);
    expect(end).toMatchObject({
      code: 1,
      summary: { records: 4, created: 3, rejected: 1, pending: 0, finished: true },
    });
    const byLogin = new Map([...org.users()].map(({ login, profile }) => [login, profile]));
    expect(byLogin.get("person2@example.com")).toMatchObject({ firstName: "Mended" });
    expect(byLogin.get("third@example.com")).toMatchObject({
      lastName: FORMULA,
      displayName: APOSTROPHED,
      mobilePhone: "+49 30 901820",
    });
    expect(await org.signIn("person2@example.com", OLD_PASSWORD)).toBe(true);
    expect(await org.signIn("third@example.com", OLD_PASSWORD)).toBe(true);
    expect(await org.signIn("third@example.com", OTHER_PASSWORD)).toBe(false);
  });

  it("can be given back in parts, in place, and as a spreadsheet saves it", async () => {
    const { org, cwd, failures, giveBack } = await rejectedRun();
    const two = failures
      .filter(({ line }) => line === "3")
      .map((row) => ({ ...row, firstName: "Zwei" }));
    const first = await giveBack(two, "run/failures.csv");
    expect(first).toMatchObject({ code: 1, summary: { created: 2, rejected: 2 } });

    const left = readTable(join(cwd, "run/failures.csv"));
    expect(left.map(({ line }) => line)).toEqual(["4", "5"]);
    const asSaved = (rows: readonly Person[]): string =>
      `\ufeff${csvOf(rows, ";").replaceAll("\n", "\r\n")}`;
    const all = left.map((row) =>
      row["line"] === "4" ? { ...row, email: "drei@example.com" } : { ...row, lastName: "Vier" },
    );
    const second = await giveBack(all, "gemendet.csv", asSaved);
    expect(second).toMatchObject({ code: 0, summary: { created: 4, rejected: 0, finished: true } });
    expect(await org.signIn("person4@example.com", OTHER_PASSWORD)).toBe(true);
  });

  it("keeps lists and truth values of a JSON source what they are", async () => {
    const json = ROWS.map((row, index) => ({ ...row, level: index, tags: ["a", "b"], on: true }));
    const { org, failures, cwd, giveBack } = await rejectedRun(
      "users.ndjson",
      json.map((row) => `${JSON.stringify(row)}\n`).join(""),
    );
    expect(failures[0]).toMatchObject({ line: "2", level: "1", tags: '["a","b"]', on: "true" });
    const config = `profile:
  {login: email, email: email, firstName: firstName, lastName: lastName,
   title: 'tags.join("+")', nickName: 'on ? "yes" : "no"', displayName: level}\n`;
    writeFileSync(join(cwd, "migration.yaml"), config);
    const mended = { ...failures[0], firstName: "Two", tags: '["a","c"]', on: "false", level: "7" };
    const end = await giveBack([mended]);
    expect(end.summary).toMatchObject({ created: 2 });
    expect([...org.users()].find(({ login }) => login === "person2@example.com")?.profile).toEqual(
      expect.objectContaining({ title: "a+c", nickName: "no", displayName: "7" }),
    );
  });

  it("password material in it is not read, and stands nowhere afterwards", async () => {
    const rows = [aPerson(1), aPerson(2, { passwordHash: "", firstName: "" })];
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "users.csv"), csvOf(rows));
    const args = ["--run", "run", "--yes", "--json"];
    await runCli(["import", "users.csv", ...args], { cwd, env: org.env });
    const [row] = readTable(join(cwd, "run/failures.csv"));
    const mended = [{ ...row, firstName: "Two", passwordHash: OTHER_HASH }];
    writeFileSync(join(cwd, "mended.csv"), csvOf(mended));
    const end = await runCli(["import", "mended.csv", ...args], { cwd, env: org.env });
    expect(end.summary).toMatchObject({ created: 1, rejected: 1 });
    const warnings = end.lines.filter(({ event }) => event === "warning");
    expect(warnings.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/passwordHash.*original source/),
    );
    const hash = OTHER_HASH.slice(-31);
    for (const name of ["journal", "failures.csv", "summary.json", "created.csv"]) {
      expect(readFileSync(join(cwd, "run", name), "latin1")).not.toContain(hash);
    }
    expect(end.stdout + end.stderr).not.toContain(hash);
  });

  it("can be tried before: a dry run takes it and leaves the run as it is", async () => {
    const { org, cwd, failures, giveBack } = await rejectedRun();
    const mended = failures.map((row) => ({ ...row, firstName: "Mended" }));
    writeFileSync(join(cwd, "mended.csv"), csvOf(mended));
    const args = ["import", "mended.csv", "--run", "run", "--dry-run", "--show-request", "--json"];
    const dry = await runCli(args, { cwd, env: org.env });
    expect(dry).toMatchObject({ code: 1, summary: { records: 4, pending: 4, finished: false } });
    const plan = dry.lines.find(({ event }) => event === "plan");
    expect(plan?.["totals"]).toMatchObject({ rejected: 2, pending: 2 });
    const [shown] = dry.lines.filter(({ event }) => event === "request");
    expect(String(shown?.["body"])).toMatch(/"login":"person2@example.com","firstName":"Mended"/);
    expect(org.ledger().users).toBe(1);
    expect(await giveBack(mended)).toMatchObject({ summary: { created: 2, rejected: 2 } });
  });

  it("is refused by check, without its run, and where a line of it is none", async () => {
    const { org, cwd, failures } = await rejectedRun();
    const path = join(cwd, "mended.csv");
    writeFileSync(path, csvOf(failures));
    const options = { cwd, env: org.env };
    const nowhere = await runCli(["import", "mended.csv", "--yes", "--json"], options);
    expect(nowhere).toMatchObject({ code: 2, error: { code: "RUN_NOT_FOUND" } });
    const checked = await runCli(["check", "mended.csv", "--run", "run", "--json"], options);
    expect(checked).toMatchObject({ code: 2, error: { code: "OPTION_INVALID" } });
    writeFileSync(path, csvOf(failures.map((row) => ({ ...row, line: "three" }))));
    const args = ["import", "mended.csv", "--run", "run", "--yes", "--json"];
    expect(await runCli(args, options)).toMatchObject({ code: 3 });
    expect(org.ledger().users).toBe(1);
  });
});

describe("retry", () => {
  it("sends failed records once more, which a resume does not", async () => {
    let refuse = true;
    const org = await startStandInOrg({
      answer: ({ method, path, body }) =>
        refuse && method === "POST" && path.startsWith("/api/v1/users") && body.includes("person2@")
          ? oktaError(400, "E0000001", "mobilePhone: no such number")
          : undefined,
    });
    const cwd = makeTempFolder();
    const options = { cwd, env: { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" } };
    writeFileSync(join(cwd, "users.csv"), csvOf([aPerson(1), aPerson(2), aPerson(3)]));
    const first = await runCli(["import", "users.csv", "--yes", "--json"], options);
    expect(first).toMatchObject({ code: 1, summary: { created: 2, failed: 1 } });
    const folder = String(first.summary?.run);
    const [failure] = readTable(join(cwd, folder, "failures.csv"));
    expect(failure).toMatchObject({ line: "3", outcome: "failed", code: "ORG_VALIDATION" });
    expect(failure?.["reason"]).toContain("mobilePhone: no such number");

    const resumed = await runCli(["import", "users.csv", "--yes", "--json"], options);
    expect(resumed).toMatchObject({ code: 1, summary: { created: 2, failed: 1 } });
    expect(org.created()).toHaveLength(3);

    refuse = false;
    const retried = await runCli(["retry", "--yes", "--json"], options);
    expect(retried).toMatchObject({ code: 0, summary: { created: 3, failed: 0, finished: true } });
    expect(org.created()).toHaveLength(4);
    expect(readTable(join(cwd, folder, "failures.csv"))).toEqual([]);
  });

  it("takes rejected records up too, where the mapping was mended", async () => {
    const { org, cwd } = await rejectedRun();
    const config = `profile:
  login: {expression: 'email.contains("@") ? email : "third@example.com"'}
  email: {expression: 'email.contains("@") ? email : "third@example.com"'}
  firstName: {from: firstName, default: unknown}
  lastName: {from: lastName, default: unknown}
`;
    writeFileSync(join(cwd, "migration.yaml"), config);
    const options = { cwd, env: org.env };
    const end = await runCli(["retry", "--run", "run", "--yes", "--json"], options);
    expect(end).toMatchObject({ code: 0, summary: { created: 4, rejected: 0, finished: true } });
    expect(org.ledger().loginCollisions).toBe(0);
  });

  it("needs no flag again that says what the source is: preset, hashes and config are the run's", async () => {
    let refuse = true;
    const org = await startStandInOrg({
      answer: ({ method, path, body }) =>
        refuse &&
        method === "POST" &&
        path.startsWith("/api/v1/users") &&
        body.includes("bela.toth@")
          ? oktaError(400, "E0000001", "mobilePhone: no such number")
          : undefined,
    });
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
    const cwd = makeTempFolder();
    const exports = new URL("../../fixtures/exports/auth0/", import.meta.url);
    for (const name of ["users.ndjson", "password-hashes.ndjson"]) {
      writeFileSync(join(cwd, name), readFileSync(new URL(name, exports)), { mode: 0o600 });
    }
    writeFileSync(
      join(cwd, "mine.yaml"),
      "otherwise: staged\nprofile:\n  nickName: {omit: true}\n",
    );
    const flags = [
      "--preset",
      "auth0",
      "--hashes",
      "password-hashes.ndjson",
      "--config",
      "mine.yaml",
    ];
    const args = ["users.ndjson", ...flags, "--run", "run", "--yes", "--json"];
    const first = await runCli(["import", ...args], { cwd, env });
    expect(first).toMatchObject({ code: 1, summary: { records: 4, created: 3, failed: 1 } });

    // The mended file is given back without them, and the run is taken up from another folder.
    const failures = join(cwd, "run", "failures.csv");
    const back = await runCli(["import", "run/failures.csv", "--yes", "--json"], { cwd, env });
    expect(back).toMatchObject({ code: 1, summary: { records: 4, failed: 1 } });
    expect(readTable(failures)).toHaveLength(1);
    refuse = false;
    const elsewhere = { cwd: makeTempFolder(), env };
    const retried = await runCli(
      ["retry", "--run", join(cwd, "run"), "--yes", "--json"],
      elsewhere,
    );
    expect(retried).toMatchObject({ code: 0, summary: { records: 4, created: 4, finished: true } });
    expect(retried.lines.filter(({ event }) => event === "warning")).toEqual([]);
    expect(JSON.stringify(org.created().at(-1)?.credentials)).toContain('"hash"');
  });

  it("goes by the migration.yaml that the run found, from whatever folder it is taken up", async () => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    const teams = ROWS.map((_, at) => ({ owner: `person${at + 1}@example.com`, room: `R-${at}` }));
    writeFileSync(join(cwd, "users.csv"), csvOf(ROWS), { mode: 0o600 });
    writeFileSync(join(cwd, "rooms.csv"), csvOf(teams));
    writeFileSync(
      join(cwd, "migration.yaml"),
      [
        "source: users.csv",
        "join: [{source: rooms.csv, key: owner, to: email, as: rooms}]",
        "profile: {login: email, email: email, firstName: '\"Ms. \" + lastName', lastName: lastName, department: rooms.room}",
      ].join("\n"),
    );
    const args = ["--run", join(cwd, "run"), "--yes", "--json"];
    const first = await runCli(["import", ...args], { cwd, env: org.env });
    expect(first).toMatchObject({ code: 1, summary: { created: 2, rejected: 2 } });

    // Another migration.yaml stands where it is taken up, and so does another users.csv.
    const elsewhere = makeTempFolder();
    writeFileSync(join(elsewhere, "migration.yaml"), "source: users.csv\n");
    writeFileSync(join(elsewhere, "users.csv"), csvOf([aPerson(9)]));
    const failures = readTable(join(cwd, "run/failures.csv"));
    const mended = failures.map((row) => ({ ...row, lastName: "Mended", email: "m@example.com" }));
    writeFileSync(join(elsewhere, "mended.csv"), csvOf(mended.slice(0, 1)));
    const back = await runCli(["import", "mended.csv", ...args], { cwd: elsewhere, env: org.env });
    expect(back).toMatchObject({ code: 1, summary: { records: 4, created: 3 } });
    expect(back.lines.filter(({ event }) => event === "warning")).toEqual([]);
    const profiles = [...org.users()].map(({ profile }) => profile);
    expect(profiles).toContainEqual(
      expect.objectContaining({ login: "m@example.com", firstName: "Ms. Mended" }),
    );

    const again = await runCli(["retry", ...args], { cwd: elsewhere, env: org.env });
    expect(again).toMatchObject({ code: 1, summary: { records: 4, created: 3, rejected: 1 } });
    expect(again.lines.filter(({ event }) => event === "warning")).toEqual([]);
  });

  it("needs a run", async () => {
    const cwd = makeTempFolder();
    const env = { OKTA_ORG_URL: "http://127.0.0.1:9", OKTA_API_TOKEN: "t" };
    for (const args of [[], ["--run", "nowhere"]]) {
      const end = await runCli(["retry", ...args, "--json"], { cwd, env });
      expect(end).toMatchObject({ code: 2, error: { code: "RUN_NOT_FOUND" } });
    }
  });

  it("says nothing of passwords in what the org refused", async () => {
    const org = await startStandInOrg({
      answer: ({ method, path, body }) => {
        if (method !== "POST" || !path.startsWith("/api/v1/users")) return undefined;
        return oktaError(400, "E0000001", `password: ${body}`);
      },
    });
    const cwd = makeTempFolder();
    const options = { cwd, env: { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "00token" } };
    writeFileSync(join(cwd, "users.csv"), csvOf([aPerson(1)]));
    const end = await runCli(["import", "users.csv", "--run", "run", "--yes"], options);
    expect(end.code).toBe(1);
    const written = ["failures.csv", "journal", "summary.json"].map((name) =>
      readFileSync(join(cwd, "run", name), "latin1"),
    );
    for (const text of [end.stdout, end.stderr, ...written]) {
      expect(text).not.toContain(OLD_HASH_PARTS.value);
      expect(text).not.toContain(OLD_HASH_PARTS.salt);
    }
  });
});
