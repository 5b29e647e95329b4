import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { csvOf, people } from "../support/invented-people.ts";
import { type CliEnd, runCli, startCli } from "../support/run-cli.ts";
import { isUserCreate, startStandInOrg } from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const IMPORT = ["import", "users.csv", "--run", "run", "--yes", "--json"];

function folderWith(count: number): string {
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, "users.csv"), csvOf(people(count)));
  return cwd;
}

function expectToAddUp({ summary }: CliEnd, records: number): void {
  expect(summary?.records).toBe(records);
  const {
    created = 0,
    updated = 0,
    existing = 0,
    rejected = 0,
    failed = 0,
    pending = 0,
  } = summary ?? {};
  expect(created + updated + existing + rejected + failed + pending).toBe(records);
}

describe("a run that is interrupted", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "by %s lets what is in flight come to its end, and goes on with the next call",
    async (signal) => {
      const org = await startEmulatedOrg({ latencyMs: 40 });
      const options = { cwd: folderWith(600), env: org.env };
      const running = startCli([...IMPORT, "--max-concurrency", "5"], options);
      await running.line(({ event, created }) => event === "progress" && Number(created) > 0);
      running.child.kill(signal);
      const end = await running.ended;
      expect(end).toMatchObject({ code: 130, signal: null, error: undefined });
      expectToAddUp(end, 600);
      expect(end.summary).toMatchObject({ failed: 0, finished: false });
      expect(end.summary?.pending).toBeGreaterThan(0);
      // Whoever was on the way has an outcome: nothing is in doubt.
      expect(org.ledger().users).toBe(end.summary?.created);
      org.change({ latencyMs: 0 });
      const rest = await runCli(IMPORT, options);
      expect(rest).toMatchObject({ code: 0, summary: { created: 600, finished: true } });
      expect(org.ledger()).toMatchObject({ usersCreated: 600, loginCollisions: 0 });
    },
  );

  it("twice ends at once, and the journal is sound", async () => {
    let isHanging = true;
    const never = new Promise<undefined>(() => undefined);
    const org = await startStandInOrg({
      answer: (request) => (isHanging && isUserCreate(request) ? never : undefined),
    });
    const options = { cwd: folderWith(3), env: { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" } };
    const running = startCli(
      IMPORT.filter((arg) => arg !== "--json"),
      options,
    );
    await expect.poll(() => org.requests.filter(isUserCreate).length).toBe(1);
    running.child.kill("SIGINT");
    await running.stderr(/Once more ends at once/);
    running.child.kill("SIGINT");
    expect(await running.ended).toMatchObject({ code: null, signal: "SIGINT" });
    isHanging = false;
    const status = await runCli(["status", "run", "--json"], options);
    expect(status.summary).toMatchObject({ records: 3, pending: 3, finished: false });
    const rest = await runCli(IMPORT, options);
    expect(rest).toMatchObject({ code: 0, summary: { created: 3, finished: true } });
    // The one in doubt was looked up before it was sent again.
    const paths = org.requests.map(({ method, path }) => `${method} ${path}`);
    const lookUp = paths.indexOf("GET /api/v1/users/person1%40example.com");
    expect(lookUp).toBeGreaterThan(0);
    expect(paths.lastIndexOf("POST /api/v1/users?activate=true")).toBeGreaterThan(lookUp);
  });

  it("while it waits for an org that is down does not wait to the end of it", async () => {
    const org = await startEmulatedOrg({ latencyMs: 20 });
    const options = { cwd: folderWith(500), env: org.env };
    const running = startCli(IMPORT, options);
    await expect.poll(() => [...org.users()].length, { interval: 5 }).toBeGreaterThan(0);
    org.change({ down: true });
    await running.line(({ event }) => event === "org-paused");
    running.child.kill("SIGINT");
    const end = await running.ended;
    expect(end.code).toBe(130);
    expectToAddUp(end, 500);
    expect(end.summary?.failed).toBe(0);
    org.change({ down: false, latencyMs: 0 });
    const rest = await runCli(IMPORT, options);
    expect(rest).toMatchObject({ code: 0, summary: { created: 500, failed: 0, finished: true } });
    expect(org.ledger().usersCreated).toBe(500);
  });

  it("while it waits for standard input ends, and takes the same stream up again", async () => {
    const org = await startEmulatedOrg();
    const options = { cwd: makeTempFolder(), env: org.env };
    const args = ["import", "-", "--format", "csv", "--run", "run", "--yes", "--json"];
    const running = startCli(args, { ...options, openInput: true });
    running.child.stdin?.write(csvOf(people(1500)));
    await running.line(({ event, created }) => event === "progress" && Number(created) > 0);
    running.child.kill("SIGINT");
    const end = await running.ended;
    expect(end).toMatchObject({ code: 130, summary: { failed: 0, finished: false } });
    const rest = await runCli(args, { ...options, input: csvOf(people(1600)) });
    expect(rest).toMatchObject({ code: 0, summary: { records: 1600, created: 1600 } });
    expect(org.ledger()).toMatchObject({ usersCreated: 1600, loginCollisions: 0 });
  });

  it("before the org has answered at all ends too", async () => {
    const never = new Promise<undefined>(() => undefined);
    const org = await startStandInOrg({ answer: () => never });
    const options = { cwd: folderWith(1), env: { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" } };
    const running = startCli(IMPORT, options);
    await expect.poll(() => org.requests.length).toBe(1);
    running.child.kill("SIGINT");
    expect(await running.ended).toMatchObject({ code: 130 });
    expect(org.created()).toEqual([]);
  });

  it("while it reads has sent nothing, and reads on with the next call", async () => {
    const org = await startEmulatedOrg();
    const options = { cwd: folderWith(150_000), env: org.env };
    const running = startCli([...IMPORT, "--limit", "3"], options);
    await running.line(({ event, phase }) => event === "progress" && phase === "reading");
    running.child.kill("SIGINT");
    const end = await running.ended;
    expect(end.code).toBe(130);
    expect(org.ledger().users).toBe(0);
    const rest = await runCli([...IMPORT, "--limit", "3"], options);
    expect(rest).toMatchObject({ code: 0, summary: { records: 150_000, created: 3 } });
  });
});
