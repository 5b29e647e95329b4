import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import {
  aPerson,
  csvOf,
  OLD_HASH,
  OLD_HASH_PARTS,
  OLD_PASSWORD,
  people,
  type Person,
} from "../support/invented-people.ts";
import { runCli, startCli } from "../support/run-cli.ts";
import { startStandInOrg } from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { shortForm } from "../support/short-form.ts";

const ndjsonOf = (rows: readonly Person[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

/** File name, its bytes, and the flags that it needs. */
type Written = readonly [string, Buffer, readonly string[]];

function everyFormat(rows: readonly Person[]): readonly Written[] {
  const csv = csvOf(rows);
  const plain: readonly Written[] = [
    ["users.csv", Buffer.from(csv), []],
    ["users.tsv", Buffer.from(csvOf(rows, "\t")), []],
    ["users.json", Buffer.from(JSON.stringify(rows, undefined, 2)), []],
    ["users.ndjson", Buffer.from(ndjsonOf(rows)), []],
    ["users.jsonl", Buffer.from(ndjsonOf(rows)), []],
  ];
  return [
    ...plain,
    ...plain.map(([name, bytes]): Written => [`${name}.gz`, gzipSync(bytes), []]),
    ["bom.csv", Buffer.from(`\ufeff${csv}`), []],
    ["crlf.csv", Buffer.from(csv.replaceAll('"\n', '"\r\n')), []],
    ["semicolon.csv", Buffer.from(csvOf(rows, ";")), []],
    ["utf16le.csv", Buffer.from(`\ufeff${csv}`, "utf16le"), []],
    ["utf16be.csv", utf16be(`\ufeff${csv}`), []],
    ["latin1.csv", Buffer.from(csv, "latin1"), ["--encoding", "latin1"]],
    ["latin1.csv.gz", gzipSync(Buffer.from(csv, "latin1")), ["--encoding", "latin1"]],
    ["unnamed", Buffer.from(ndjsonOf(rows)), ["--format", "ndjson"]],
  ];
}

describe("sources of every format", () => {
  const rows = [
    aPerson(1, { firstName: "Jürgen", lastName: "O'Neil, Ñ" }),
    aPerson(2, { firstName: 'Zoë "Zo"', lastName: "two\nlines" }),
  ];

  it.each(shortForm(everyFormat(rows), 2))("reads %s", async (name, bytes, flags) => {
    const org = await startStandInOrg();
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, name), bytes);
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
    const end = await runCli(["import", name, ...flags, "--yes", "--json"], { cwd, env });
    expect(end).toMatchObject({ code: 0, error: undefined });
    expect(end.summary).toMatchObject({ records: 2, created: 2, finished: true });
    expect(org.created()).toEqual(
      rows.map(({ email, firstName, lastName }) => ({
        profile: { login: email, firstName, lastName, email },
        credentials: { password: { hash: { algorithm: "BCRYPT", ...OLD_HASH_PARTS } } },
      })),
    );
  });

  it.each([
    ["csv", csvOf],
    ["ndjson", ndjsonOf],
  ] as const)("reads %s from standard input, record by record", async (format, write) => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    const running = startCli(["import", "-", "--format", format, "--yes", "--json"], {
      cwd,
      env: org.env,
      openInput: true,
    });
    const all = people(1200);
    const bytes = Buffer.from(write(all));
    const half = bytes.length >> 1;
    running.child.stdin?.write(bytes.subarray(0, half));
    await running.line((line) => line.event === "progress" && Number(line["created"]) > 0);
    running.child.stdin?.end(bytes.subarray(half));
    const end = await running.ended;
    expect(end).toMatchObject({
      code: 0,
      summary: { records: 1200, created: 1200, finished: true },
    });
    expect(org.ledger().users).toBe(1200);
    expect(await org.signIn("person1200@example.com", OLD_PASSWORD)).toBe(true);
  });

  it.each([
    ["csv", csvOf],
    ["ndjson", ndjsonOf],
  ] as const)("goes on with the same %s stream, and refuses another one", async (format, write) => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    const all = people(30);
    const args = ["import", "-", "--format", format, "--run", "run", "--yes", "--json"];
    const first = await runCli([...args, "--limit", "10"], {
      cwd,
      env: org.env,
      input: write(all),
    });
    expect(first).toMatchObject({ code: 0, summary: { created: 10, finished: false } });

    const others = write(
      people(30, { firstName: "Other" }).map((person, index) => ({
        ...person,
        email: `other${index}@example.com`,
      })),
    );
    const refused = await runCli(args, { cwd, env: org.env, input: others });
    expect(refused).toMatchObject({ code: 2, error: { code: "SOURCE_CHANGED" } });
    expect(org.ledger().users).toBe(10);

    const second = await runCli(args, { cwd, env: org.env, input: write(all) });
    expect(second).toMatchObject({
      code: 0,
      summary: { records: 30, created: 30, finished: true },
    });
    expect(org.ledger()).toMatchObject({ users: 30, loginCollisions: 0 });
  });

  it("does not take the beginning of a stream for the whole of it", async () => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    const args = ["import", "-", "--format", "csv", "--run", "run", "--yes", "--json"];
    await runCli([...args, "--limit", "10"], { cwd, env: org.env, input: csvOf(people(30)) });
    const short = await runCli(args, { cwd, env: org.env, input: csvOf(people(15)) });
    expect(short).toMatchObject({ code: 2, error: { code: "SOURCE_CHANGED" } });
    const whole = await runCli(args, { cwd, env: org.env, input: csvOf(people(30)) });
    expect(whole).toMatchObject({ code: 0, summary: { records: 30, created: 30, finished: true } });
  });
});

describe("records that can't be read", () => {
  it("are rejected with the line where they open, and nothing of them is shown", async () => {
    const org = await startStandInOrg();
    const cwd = makeTempFolder();
    const good = csvOf(people(3)).split("\n");
    const lines = [
      good[0],
      good[1],
      `"open@example.com,"First","Last","${OLD_HASH}"x`,
      `"few@example.com","${OLD_HASH}"`,
      good[2],
      `"quote@example.com","First" tail,"Last","${OLD_HASH}"`,
      good[3],
      `"never@example.com","First","Last","${OLD_HASH}`,
    ];
    writeFileSync(join(cwd, "users.csv"), `${lines.join("\n")}\n`);
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
    const end = await runCli(["import", "users.csv", "--run", "run", "--yes", "--json"], {
      cwd,
      env,
    });
    expect(end).toMatchObject({ code: 1, summary: { records: 7, created: 3, rejected: 4 } });
    const failures = readFileSync(join(cwd, "run/failures.csv"), "utf8");
    const [header, ...rows] = failures.trimEnd().split("\n");
    expect(header).toBe("line,outcome,code,reason,hint");
    expect(rows.map((row) => row.split(",").slice(0, 3).join(","))).toEqual([
      "3,rejected,UNREADABLE_TEXT_AFTER_QUOTE",
      "4,rejected,UNREADABLE_FIELD_COUNT",
      "6,rejected,UNREADABLE_TEXT_AFTER_QUOTE",
      "8,rejected,UNREADABLE_QUOTE_OPEN",
    ]);
    for (const text of [failures, end.stdout, end.stderr]) {
      expect(text).not.toMatch(/open@|few@|quote@|never@|Rho8dfix/);
    }
  });

  it("are counted in NDJSON and in a JSON array too", async () => {
    const org = await startStandInOrg();
    const cwd = makeTempFolder();
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
    const broken = `{"email":"broken@example.com","passwordHash":"${OLD_HASH}",}`;
    const [one = "", two = ""] = people(2).map((person) => JSON.stringify(person));
    writeFileSync(join(cwd, "a.ndjson"), `${one}\n${broken}\n[1]\n${two}\n`);
    writeFileSync(join(cwd, "b.json"), `[\n${one},\n"text",\n${two}\n]\n`);
    const ndjson = await runCli(["import", "a.ndjson", "--yes", "--json"], { cwd, env });
    expect(ndjson).toMatchObject({ code: 1, summary: { records: 4, created: 2, rejected: 2 } });
    const json = await runCli(["import", "b.json", "--yes", "--json"], { cwd, env });
    expect(json).toMatchObject({ code: 1, summary: { records: 3, rejected: 1 } });
    for (const { stdout, stderr } of [ndjson, json]) {
      expect(stdout + stderr).not.toMatch(/broken@|Rho8dfix/);
    }
  });
});

describe("a source that can't be read at all", () => {
  const files: readonly (readonly [string, string, Buffer | undefined, readonly string[]])[] = [
    ["is not there", "missing.csv", undefined, []],
    ["is empty", "empty.csv", Buffer.from(""), []],
    ["has a header with a column twice", "twice.csv", Buffer.from("email,email\na,b\n"), []],
    ["is gzip cut short", "cut.csv.gz", gzipSync(csvOf(people(500))).subarray(0, 300), []],
    [
      "is not in the encoding that was named",
      "wide.csv",
      Buffer.from("a,b\n"),
      ["--encoding", "klingon"],
    ],
  ];
  it.each(shortForm(files, 3))(
    "that %s is told, and nothing is sent",
    async (_, name, bytes, flags) => {
      const org = await startStandInOrg();
      const cwd = makeTempFolder();
      if (bytes !== undefined) writeFileSync(join(cwd, name), bytes);
      const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
      const end = await runCli(["import", name, ...flags, "--yes", "--json"], { cwd, env });
      // A word that names no encoding is a flag that makes no sense.
      expect(end.code).toBe(flags.includes("klingon") ? 2 : 3);
      expect(end.error?.message).not.toBe("");
      expect(end.error?.hint).toMatch(/\S/);
      expect(org.created()).toEqual([]);
    },
  );
});
