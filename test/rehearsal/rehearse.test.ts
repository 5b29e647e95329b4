import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { csvOf, OLD_PASSWORD, people, type Person } from "../support/invented-people.ts";
import { type CliEnd, type RunningCli, runCli, startCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const REHEARSE = ["rehearse", "users.csv", "--out", "out", "--json"];

function folderWith(rows: readonly Person[], password = OLD_PASSWORD): string {
  const cwd = makeTempFolder();
  const accounts = rows.map(({ email = "" }) => `${email},${password}\n`);
  writeFileSync(join(cwd, "users.csv"), csvOf(rows), { mode: 0o600 });
  writeFileSync(join(cwd, "passwords.csv"), `login,password\n${accounts.join("")}`, {
    mode: 0o600,
  });
  return cwd;
}

/** `load name verdict` of every proof but time and memory, which not every system tells. */
function proofsOf({ lines }: CliEnd): readonly string[] {
  return lines
    .filter(({ event, name }) => event === "load-proof" && name !== "time-and-memory")
    .map(({ load, name, verdict }) => `${String(load)} ${String(name)} ${String(verdict)}`);
}

/** Ids of the processes that a rehearsal started and that are there. */
function childrenOf({ child }: RunningCli): readonly number[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === child.pid)
    .map(([pid = 0]) => pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("a rehearsal", () => {
  it("of invented users ends with GO, touches no real org, and says all that it proved", async () => {
    const cwd = makeTempFolder();
    const end = await runCli(
      ["rehearse", "--users", "60", "--loads", "10,40", "--faults", "--json"],
      {
        cwd,
        env: { OKTA_ORG_URL: "https://example.okta.com", OKTA_API_TOKEN: "of-a-real-org" },
      },
    );
    expect(end.error).toBeUndefined();
    expect(end.code).toBe(0);
    expect(proofsOf(end)).toEqual([
      "10 counts passed",
      "10 sign-in passed",
      "10 rate-limits passed",
      "40 counts passed",
      "40 kill-and-resume passed",
      "40 sign-in passed",
      "40 rate-limits skipped",
      "40 with faults counts passed",
      "40 with faults faults passed",
      "40 with faults sign-in passed",
      "40 with faults rate-limits skipped",
    ]);
    expect(end.lines.find(({ event }) => event === "warning")?.["message"]).toContain(
      "OKTA_ORG_URL names an org that is not on this machine: it is not used.",
    );
    const orgs = end.lines.filter(({ event }) => event === "load-begun").map(({ org }) => org);
    expect(orgs).toEqual(Array(3).fill(expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)));
    expect(end.lines.at(-1)).toMatchObject({
      event: "rehearsal",
      records: 60,
      decision: { verdict: "GO", toMend: 0 },
      fullRun: { creates: 60, perMinute: 270 },
    });

    const folder = join(cwd, "okta-migrate-rehearsals", "invented-users");
    expect(readdirSync(folder).toSorted()).toEqual(["rehearsal.json", "rehearsal.md"]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const page = readFileSync(join(folder, "rehearsal.md"), "utf8");
    expect(page).toContain("# Rehearsal of invented-users: GO");
    expect(page + readFileSync(join(folder, "rehearsal.json"), "utf8")).not.toMatch(
      /@example|of-a-real-org|\$2b\$/,
    );
  });

  it("of a source with attributes, groups and a type of its own and a bad record says what is to be mended", async () => {
    const rows = people(6).map((row, at) => ({ ...row, legacyId: `L-${at}`, teams: "A;B" }));
    const cwd = folderWith([...rows, { ...rows[0], email: "", legacyId: "L-7" }]);
    writeFileSync(
      join(cwd, "migration.yaml"),
      "source: users.csv\nprofile: {login: email, email: email, firstName: firstName, lastName: lastName, legacyId: legacyId}\npassword: {hash: passwordHash}\ngroupsFrom: teams\ntype: Our Partner\nrealm: Car Co\n",
    );
    const end = await runCli(["rehearse", "--loads", "all", "--out", "out", "--json"], { cwd });
    expect(end.error).toBeUndefined();
    expect(end.code).toBe(1);
    expect(end.lines.at(-1)).toMatchObject({
      decision: { verdict: "GO-AFTER-MENDING", title: "GO with 1 record to mend" },
      causes: [{ code: "REQUIRED_MISSING", count: 1 }],
      loads: [{ load: "all", created: 6, rejected: 1, failed: 0 }],
    });
    expect(proofsOf(end)).toContain("all sign-in skipped");
    expect(String(end.lines.at(-1)?.["notProven"])).toContain("of these types: legacyId");
    expect(String(end.lines.at(-1)?.["notProven"])).toContain(
      "the user type Our Partner and the realm Car Co",
    );
    expect(String(end.lines.at(-1)?.["notProven"])).toContain("the 2 groups that records name");
    expect(readFileSync(join(cwd, "out", "failures.csv"), "utf8")).toContain("REQUIRED_MISSING");
  });

  it("by the hook has it called for those who sign in, and for nobody twice", async () => {
    const cwd = makeTempFolder();
    const args = ["rehearse", "--hook", "--users", "12", "--loads", "all", "--json"];
    const end = await runCli(args, { cwd });
    expect(end.error).toBeUndefined();
    expect(end.code).toBe(0);
    expect(proofsOf(end)).toEqual([
      "all counts passed",
      "all kill-and-resume passed",
      "all hook passed",
      "all rate-limits skipped",
    ]);
    const told = (name: string): unknown =>
      end.lines.find((line) => line.event === "load-proof" && line["name"] === name)?.["sentence"];
    expect(told("hook")).toBe(
      "The hook was called for the first sign-in of 5 sampled users and for no later one.",
    );
    // Not when all were there: that would prove nothing.
    expect(told("kill-and-resume")).toMatch(/^Killed when ([6-9]|1[01]) of 12 were created/);
    expect(end.lines.at(-1)).toMatchObject({ scenario: "hook", decision: { verdict: "GO" } });
  });

  it("with passwords that are not theirs is NO-GO after the first load", async () => {
    const cwd = folderWith(people(60), "Not-Their-Passw0rd!");
    const end = await runCli(
      [...REHEARSE, "--passwords", "passwords.csv", "--loads", "10,20,all"],
      {
        cwd,
      },
    );
    expect(end.code).toBe(1);
    expect(proofsOf(end)).toEqual([
      "10 counts passed",
      "10 sign-in failed",
      "10 rate-limits passed",
    ]);
    expect(end.lines.at(-1)).toMatchObject({ decision: { verdict: "NO-GO" } });
    expect(end.stdout).not.toMatch(/person\d|Passw0rd/);
  });

  it.skipIf(!existsSync("/proc/self"))("where nothing can be written ends at once", async () => {
    const end = await runCli(["rehearse", "--users", "5", "--out", "/proc/x", "--json"]);
    expect(end).toMatchObject({ code: 5, error: { code: "JOURNAL_UNWRITABLE" } });
    expect(end.error?.message).toBe("/proc/x can't be written (ENOENT).");
  });

  it("that can't have its passwords leaves the verdict of an earlier one alone", async () => {
    const cwd = folderWith(people(2));
    mkdirSync(join(cwd, "out"));
    writeFileSync(join(cwd, "out", "rehearsal.json"), "{}");
    const end = await runCli([...REHEARSE, "--passwords", "absent.csv"], { cwd });
    expect(end).toMatchObject({ code: 2, error: { code: "OPTION_INVALID" } });
    expect(end.error?.message).toBe(
      "--passwords names a file of accounts that can't be read: absent.csv does not exist.",
    );
    expect(readdirSync(join(cwd, "out"))).toEqual(["rehearsal.json"]);
  });

  it("refuses a source that is not on this machine", async () => {
    const cwd = makeTempFolder();
    const end = await runCli(["rehearse", "postgres://hr.example.com/people", "--json"], { cwd });
    expect(end).toMatchObject({ code: 2, error: { code: "OPTION_INVALID" } });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe("a rehearsal that is given up", () => {
  it("by Ctrl-C leaves no process and no run behind, and says nothing of GO", async () => {
    const cwd = folderWith(people(900));
    const running = startCli([...REHEARSE, "--loads", "900"], { cwd });
    await running.line(({ event }) => event === "load-begun");
    // The emulated org and the import.
    const pids = await vi.waitFor(
      () => {
        const found = childrenOf(running);
        expect(found).toHaveLength(2);
        return found;
      },
      { timeout: 20_000 },
    );
    running.child.kill("SIGINT");
    const end = await running.ended;
    expect(end).toMatchObject({ code: 130, signal: null, error: undefined });
    expect(pids.filter(isAlive)).toEqual([]);
    expect(end.lines.some(({ event }) => event === "rehearsal")).toBe(false);
    expect(readdirSync(join(cwd, "out"))).toEqual([]);
  });

  it("by kill -9 closes its org's input, which ends the org", async () => {
    const running = startCli(["emulator", "--json", "--until-input-ends"], { openInput: true });
    await running.line(({ event }) => event === "listening");
    running.child.stdin?.destroy();
    expect(await running.ended).toMatchObject({ code: 0, signal: null });
  });
});
