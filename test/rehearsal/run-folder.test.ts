import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { aPerson, csvOf, people } from "../support/invented-people.ts";
import { runCli, startCli } from "../support/run-cli.ts";
import { isUserCreate, type StandInOptions, startStandInOrg } from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const IMPORT = ["import", "users.csv", "--run", "run", "--yes", "--json"];
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** A folder with a table of so many people. */
function folderWith(count: number): string {
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, "users.csv"), csvOf(people(count)));
  return cwd;
}

/** An org that holds every create back until it is told to let go. */
function holding(): StandInOptions & { readonly letGo: () => void } {
  let letGo = (): void => undefined;
  const free = new Promise<undefined>((resolve) => {
    letGo = () => resolve(undefined);
  });
  return { letGo: () => letGo(), answer: (request) => (isUserCreate(request) ? free : undefined) };
}

describe("the folder of a run", () => {
  it("is called after source and org, and nobody else can read it", async () => {
    const umask = process.umask(0);
    onTestFinished(() => {
      process.umask(umask);
    });
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    const rows = [aPerson(1), aPerson(2, { firstName: "" })];
    writeFileSync(join(cwd, "staff list.csv"), csvOf(rows));
    const end = await runCli(["import", "staff list.csv", "--yes", "--json"], {
      cwd,
      env: org.env,
    });
    const { host } = new URL(org.url);
    const folder = `okta-migrate-runs/staff-list-${host.replace(":", "-")}`;
    expect(end.summary?.run).toBe(folder);
    expect(modeOf(join(cwd, "okta-migrate-runs"))).toBe("700");
    expect(modeOf(join(cwd, folder))).toBe("700");
    const files = readdirSync(join(cwd, folder));
    expect(files).toEqual(
      expect.arrayContaining(["created.csv", "failures.csv", "journal", "summary.json"]),
    );
    for (const file of files) expect(modeOf(join(cwd, folder, file))).toBe("600");
    expect(JSON.parse(readFileSync(join(cwd, folder, "summary.json"), "utf8"))).toEqual(
      end.summary,
    );
    const [user] = [...org.users()];
    expect(readFileSync(join(cwd, folder, "created.csv"), "utf8")).toBe(
      `line,login,oktaId\n2,person1@example.com,${String(user?.id)}\n`,
    );
  });

  it("that was there before is closed to others as well", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(1);
    mkdirSync(join(cwd, "run"));
    chmodSync(join(cwd, "run"), 0o755);
    expect((await runCli(IMPORT, { cwd, env: org.env })).code).toBe(0);
    expect(modeOf(join(cwd, "run"))).toBe("700");
  });

  it("a folder that holds other things keeps its mode, the run's files are private all the same", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(2);
    chmodSync(cwd, 0o755);
    const end = await runCli(["import", "users.csv", "--run", ".", "--yes", "--json"], {
      cwd,
      env: org.env,
    });
    expect(end.summary).toMatchObject({ created: 2 });
    expect(modeOf(cwd)).toBe("755");
    expect(modeOf(join(cwd, "journal"))).toBe("600");
    expect(modeOf(join(cwd, "created.csv"))).toBe("600");
  });

  it("is nobody else's while a run works in it, and status can look in", async () => {
    const held = holding();
    const org = await startStandInOrg(held);
    const options = { cwd: folderWith(3), env: { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" } };
    const running = startCli(IMPORT, options);
    await running.line(({ event, phase }) => event === "progress" && phase === "sending");

    const second = await runCli(IMPORT, options);
    expect(second).toMatchObject({ code: 5, error: { code: "JOURNAL_LOCKED" } });
    const retry = await runCli(["retry", "--run", "run", "--yes", "--json"], options);
    expect(retry).toMatchObject({ code: 5, error: { code: "JOURNAL_LOCKED" } });
    const status = await runCli(["status", "run", "--json"], options);
    expect(status).toMatchObject({ code: 0, summary: { records: 3, pending: 3, finished: false } });

    held.letGo();
    expect(await running.ended).toMatchObject({ code: 0, summary: { created: 3 } });
    const after = await runCli(["status", "--run", "run", "--json"], options);
    expect(after).toMatchObject({ code: 0, summary: { created: 3, finished: true } });
    expect(org.created()).toHaveLength(3);
  });

  it("belongs to one org, one scenario and one source", async () => {
    const org = await startEmulatedOrg();
    const other = await startEmulatedOrg();
    const cwd = folderWith(2);
    writeFileSync(join(cwd, "others.csv"), csvOf([aPerson(7)]));
    expect((await runCli([...IMPORT, "--limit", "1"], { cwd, env: org.env })).code).toBe(0);
    const elsewhere = await runCli(IMPORT, { cwd, env: other.env });
    expect(elsewhere).toMatchObject({ code: 2, error: { code: "RUN_MISMATCH" } });
    const staged = await runCli([...IMPORT, "--staged"], { cwd, env: org.env });
    expect(staged).toMatchObject({ code: 2, error: { code: "RUN_MISMATCH" } });
    const source = IMPORT.with(1, "others.csv");
    const others = await runCli(source, { cwd, env: org.env });
    expect(others).toMatchObject({ code: 2, error: { code: "SOURCE_CHANGED" } });
    expect([org.ledger().users, other.ledger().users]).toEqual([1, 0]);
  });

  it("goes on by login where the source changed and that is meant", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(4);
    const options = { cwd, env: org.env };
    expect((await runCli([...IMPORT, "--limit", "2"], options)).code).toBe(0);
    const rows = [
      aPerson(5),
      aPerson(2, { email: "PERSON2@example.com" }),
      aPerson(3, { firstName: "Changed" }),
      aPerson(4),
    ];
    writeFileSync(join(cwd, "users.csv"), csvOf(rows));
    const refused = await runCli(IMPORT, options);
    expect(refused).toMatchObject({ code: 2, error: { code: "SOURCE_CHANGED" } });
    const end = await runCli([...IMPORT, "--source-changed"], options);
    expect(end).toMatchObject({
      code: 0,
      summary: { records: 5, created: 5, existing: 0, pending: 0, finished: true },
    });
    expect(org.ledger()).toMatchObject({ usersCreated: 5, loginCollisions: 0 });
    const created = readFileSync(join(cwd, "run/created.csv"), "utf8").trimEnd().split("\n");
    expect(created).toHaveLength(6);
    const again = await runCli(IMPORT, options);
    expect(again).toMatchObject({ code: 0, summary: { records: 5, created: 5, finished: true } });
  });

  it("is found by status where it is the only one, and not guessed where there are more", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(1);
    const options = { cwd, env: org.env };
    const none = await runCli(["status", "--json"], options);
    expect(none).toMatchObject({ code: 2, error: { code: "RUN_NOT_FOUND" } });
    await runCli(["import", "users.csv", "--yes"], options);
    // Without an org in the environment: a status asks nobody.
    const found = await runCli(["status"], { cwd });
    expect(found).toMatchObject({ code: 0, stdout: "" });
    expect(found.stderr).toMatch(/created\s+1\b/);
    writeFileSync(join(cwd, "more.csv"), csvOf([aPerson(2)]));
    await runCli(["import", "more.csv", "--yes"], options);
    const several = await runCli(["status", "--json"], options);
    expect(several).toMatchObject({ code: 2, error: { code: "RUN_NOT_FOUND" } });
    expect(several.error?.message).toMatch(/more-.*users-/);
  });

  it("whose journal is damaged is not gone on with", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(2);
    const options = { cwd, env: org.env };
    await runCli([...IMPORT, "--limit", "1"], options);
    const path = join(cwd, "run/journal");
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x5a, 4096));
    for (const args of [IMPORT, ["status", "run", "--json"]]) {
      const end = await runCli(args, options);
      expect(end).toMatchObject({ code: 5, error: { code: "JOURNAL_CORRUPT" } });
    }
    writeFileSync(path, "not a journal");
    expect(await runCli(IMPORT, options)).toMatchObject({ code: 5 });
    expect(org.ledger().users).toBe(1);
  });

  it("that can't be written is told before anything is sent", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(1);
    writeFileSync(join(cwd, "run"), "a file");
    const end = await runCli(IMPORT, { cwd, env: org.env });
    expect(end).toMatchObject({ code: 5, error: { code: "JOURNAL_UNWRITABLE" } });
    expect(org.ledger().users).toBe(0);
  });
});

describe("a resume", () => {
  it("of a finished run sends nothing, and says the same again", async () => {
    const org = await startEmulatedOrg();
    const options = { cwd: folderWith(3), env: org.env };
    const first = await runCli(IMPORT, options);
    const second = await runCli(IMPORT, options);
    expect(second).toMatchObject({ code: 0, summary: { created: 3, finished: true } });
    expect(second.summary?.requests).toBeGreaterThanOrEqual(first.summary?.requests ?? Infinity);
    expect(org.ledger().requests["POST /api/v1/users"]).toMatchObject({ requests: 3 });
  });

  it("needs no source on the command line once the run knows it", async () => {
    const org = await startEmulatedOrg();
    const options = { cwd: folderWith(3), env: org.env };
    await runCli([...IMPORT, "--limit", "1"], options);
    const rest = await runCli(["import", "--run", "run", "--yes", "--json"], options);
    expect(rest).toMatchObject({ code: 0, summary: { created: 3, finished: true } });
  });

  it("without a terminal wants --yes, and nothing is sent until then", async () => {
    const org = await startEmulatedOrg();
    const options = { cwd: folderWith(2), env: org.env };
    const asked = await runCli(
      IMPORT.filter((arg) => arg !== "--yes"),
      options,
    );
    expect(asked).toMatchObject({ code: 2, error: { code: "CONFIRMATION_NEEDED" } });
    expect(org.ledger().users).toBe(0);
    expect(await runCli(IMPORT, options)).toMatchObject({ code: 0, summary: { created: 2 } });
  });
});
