import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { aPerson, csvOf, people } from "../support/invented-people.ts";
import { runCli, startCli } from "../support/run-cli.ts";
import { oktaError, startStandInOrg } from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const { version } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as { readonly version: string };

function folderWith(count: number): string {
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, "users.csv"), csvOf(people(count)));
  return cwd;
}

describe("--json", () => {
  it("writes one object a line and nothing else, the summary last", async () => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "users.csv"), csvOf([aPerson(1), aPerson(2, { firstName: "" })]));
    for (const args of [
      ["check", "users.csv"],
      ["import", "users.csv", "--dry-run", "--show-request"],
      ["import", "users.csv", "--yes"],
      ["status"],
      ["retry", "--yes"],
    ]) {
      const end = await runCli([...args, "--json"], { cwd, env: org.env });
      expect(end.otherLines).toEqual([]);
      expect(end.lines.at(-1)?.event).toBe("summary");
      expect(end.stdout.endsWith("}\n")).toBe(true);
      const { summary } = end;
      expect(Object.keys(summary ?? {})).toEqual([
        "event",
        "run",
        "org",
        "scenario",
        "records",
        "created",
        "updated",
        "existing",
        "rejected",
        "failed",
        "pending",
        "requests",
        "rateLimited",
        "retries",
        "elapsedMs",
        "finished",
      ]);
      expect(end.lines.every(({ event }) => typeof event === "string")).toBe(true);
    }
  });

  it("tells beforehand how long it will take at the org's limit and the share of it", async () => {
    const org = await startEmulatedOrg({ limit: 600 });
    const options = { cwd: folderWith(90), env: org.env };
    const args = ["import", "users.csv", "--rate-share", "0.5", "--dry-run"];
    const end = await runCli([...args, "--json"], options);
    expect(end.lines.find(({ event }) => event === "plan")).toMatchObject({
      org: org.url,
      scenario: "passwords",
      totals: { records: 90, pending: 90 },
      estimate: { limitPerMinute: 600, ratePerMinute: 300, durationMs: 18_000 },
    });
    const { stderr } = await runCli(args, options);
    expect(stderr).toMatch(/time\s+about 18 s at 300 of 600 a minute/);
  });

  it("tells the progress at most once a second", async () => {
    const org = await startEmulatedOrg({ latencyMs: 50 });
    const cwd = folderWith(120);
    const args = ["import", "users.csv", "--max-concurrency", "2", "--yes", "--json"];
    const running = startCli(args, { cwd, env: org.env });
    const atMs: number[] = [];
    running.child.stdout?.on("data", (text: string) => {
      for (const line of text.split("\n")) {
        if (line.startsWith('{"event":"progress"')) atMs.push(performance.now());
      }
    });
    const end = await running.ended;
    expect(end.summary).toMatchObject({ created: 120 });
    expect(atMs.length).toBeGreaterThan(1);
    // Arrivals are jittered by a busy machine; the command's own time is the measure.
    const seconds = (end.summary?.elapsedMs ?? 0) / 1000;
    expect(atMs.length).toBeLessThanOrEqual(Math.floor(seconds) + 1);
    const progress = end.lines.filter(({ event }) => event === "progress");
    for (const line of progress) {
      expect(line).toMatchObject({ records: expect.any(Number), pending: expect.any(Number) });
    }
  });

  it("says what is needed by a program that starts the emulator", async () => {
    const running = startCli(["emulator", "--json"], { cwd: makeTempFolder() });
    const first = await running.line(() => true);
    expect(Object.keys(first)).toEqual(["event", "url"]);
    expect(first).toMatchObject({
      event: "listening",
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    running.child.kill("SIGTERM");
    await running.ended;
  });
});

describe("without --json", () => {
  it("nothing goes to standard output, and no progress where there is no terminal", async () => {
    const org = await startEmulatedOrg({ latencyMs: 10 });
    const cwd = folderWith(40);
    for (const args of [["check", "users.csv"], ["import", "users.csv", "--yes"], ["status"]]) {
      const end = await runCli(args, { cwd, env: org.env });
      expect(end).toMatchObject({ code: 0, stdout: "" });
      expect(end.stderr).not.toBe("");
      expect(end.stderr).not.toContain("\u001b");
      expect(end.stderr).not.toContain("\r");
    }
  });

  it("the end says how many, why not the others, what to do, and where the files are", async () => {
    const org = await startStandInOrg({
      answer: ({ method, body }) =>
        method === "POST" && body.includes("person3@")
          ? oktaError(400, "E0000001", "mobilePhone: no such number")
          : undefined,
    });
    const cwd = makeTempFolder();
    const rows = [aPerson(1), aPerson(2, { firstName: "" }), aPerson(3)];
    writeFileSync(join(cwd, "users.csv"), csvOf(rows));
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
    const args = ["import", "users.csv", "--run", "run", "--yes"];
    const { stderr, code } = await runCli(args, { cwd, env });
    expect(code).toBe(1);
    for (const text of [
      /created\s+1\n/,
      /rejected\s+1\n/,
      /failed\s+1\n/,
      /records\s+3\n/,
      /REQUIRED_MISSING.*1 record/,
      /line 3: firstName/,
      /ORG_VALIDATION.*1 record/,
      /run\/failures\.csv/,
      /import run\/failures\.csv --run run/,
    ]) {
      expect(stderr).toMatch(text);
    }
  });
});

describe("--version and --help", () => {
  it("name the version", async () => {
    expect(await runCli(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it("list the commands that work, each with an example", async () => {
    const { stdout, code } = await runCli(["--help"]);
    expect(code).toBe(0);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map(([, name = ""]) => name);
    expect(commands).toEqual(
      expect.arrayContaining(["check", "import", "status", "retry", "emulator", "sample"]),
    );
    for (const command of commands.filter((name) => name !== "help")) {
      const help = await runCli([command, "--help"]);
      expect(help.code).toBe(0);
      expect(help.stdout).toMatch(/Example:\n\s+\$ okta-migrate /);
      expect(help.stdout).toMatch(/--json/);
      for (const line of help.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  it("no command at all shows the help, as a mistake", async () => {
    const end = await runCli([]);
    expect(end.code).toBe(2);
    expect(end.stdout + end.stderr).toContain("Usage: okta-migrate");
  });
});

describe("names that would play tricks", () => {
  const trick = "\u001b[31m\u0007\u009b2J\u202egnp\u2066\u200b";
  /** What must never reach a terminal as it is: controls but line ends, marks of direction, the unseen. */
  const isUnsafe = (text: string): boolean => /[^\P{C}\n]|[\u2028\u2029]/u.test(text);

  it("of columns, values, groups, files and the org's own words come out escaped", async () => {
    const org = await startStandInOrg({
      answer: ({ method, body }) =>
        method === "POST" && body.includes("person2@")
          ? oktaError(400, "E0000001", `title: ${trick} is no title`)
          : undefined,
      custom: { [`odd${trick}`]: { type: "integer" } },
    });
    const cwd = makeTempFolder();
    const name = `users${trick}.csv`;
    const rows = [
      aPerson(1, { [`odd${trick}`]: "x", [`free${trick}`]: "y", lastName: "" }),
      aPerson(2),
      aPerson(3, { email: `${trick}@example.com` }),
    ];
    writeFileSync(join(cwd, name), csvOf(rows));
    writeFileSync(join(cwd, "migration.yaml"), `groups: ${JSON.stringify([`G ${trick}`])}\n`);
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t", OKTA_MIGRATE_LOG: "trace" };
    for (const args of [
      ["check", name],
      ["import", name, "--dry-run"],
      ["import", name, "--yes"],
      ["import", name, "--yes", "--json"],
      ["status"],
      ["status", "--json"],
      ["import", `gone${trick}.csv`],
      ["import", `gone${trick}.csv`, "--json"],
      ["import", name, `--${trick}`],
      [trick],
      ["import", name, "--config", `${trick}.yaml`],
      ["import", name, "--run", trick, "--limit", trick],
    ]) {
      const end = await runCli(args, { cwd, env });
      expect
        .soft(
          isUnsafe(end.stderr),
          `stderr of ${JSON.stringify(args)}: ${JSON.stringify(end.stderr)}`,
        )
        .toBe(false);
      expect
        .soft(
          isUnsafe(end.stdout),
          `stdout of ${JSON.stringify(args)}: ${JSON.stringify(end.stdout)}`,
        )
        .toBe(false);
    }
  });
});
