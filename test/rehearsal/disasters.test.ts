import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { startMiniOrg } from "../support/mini-org.ts";
import { type CliEnd, type RunningCli, runCli, startCli } from "../support/run-cli.ts";
import { runCommand } from "../support/run-command.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { writeRows, writeUsers } from "../support/user-files.ts";

const ARGS = ["import", "users.csv", "--staged", "--run", "run", "--yes", "--json"];

interface Org {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
}

function start(folder: string, org: Org, ...more: string[]): RunningCli {
  return startCli([...ARGS, ...more], { cwd: folder, env: org.env });
}

/** Resumes until nothing is left; what came before must have left everything resumable. */
async function finish(folder: string, org: Org, ...more: string[]): Promise<CliEnd> {
  return runCli([...ARGS, ...more], { cwd: folder, env: org.env });
}

/** Waits until the run has made some users, and far from all. */
async function inMidRun(running: RunningCli): Promise<void> {
  await running.line(({ event, created }) => event === "progress" && Number(created) > 5);
}

describe("a disk that is full", () => {
  it.each([
    ["from the beginning", 40, 900, "JOURNAL_UNREADABLE"],
    ["while the run is planned", 180, 4000, "JOURNAL_UNWRITABLE"],
    ["while it sends", 250, 900, "JOURNAL_UNWRITABLE"],
  ])("%s: exit 5, and the same command goes on once there is room", async (_, ...scene) => {
    const [blocks, users, code] = scene;
    const folder = makeTempFolder();
    writeUsers(folder, users);
    const org = await startEmulatedOrg();
    const limited = await runCommand("sh", ["-c", `ulimit -f ${blocks}; exec "$@"`, "sh"], ARGS, {
      cwd: folder,
      env: org.env,
    });
    expect(limited).toMatchObject({ code: 5, error: { code } });
    expect(org.ledger().usersCreated).toBeLessThan(users);
    const end = await finish(folder, org);
    expect(end).toMatchObject({ code: 0, summary: { created: users, existing: 0, failed: 0 } });
    expect(org.ledger().usersCreated).toBe(users);
    expect(org.ledger().loginCollisions).toBe(0);
  });
});

describe("a connection cut in the middle", () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  /** A cable that breaks: every so many-th connection dies after so many bytes in one direction. */
  async function startCable(url: string, every: number, fault: "request" | "answer"): Promise<Org> {
    const { port } = new URL(url);
    let connections = 0;
    const server = createServer((near: Socket) => {
      connections += 1;
      const far = connect(Number(port), "127.0.0.1");
      const end = (): void => {
        near.destroy();
        far.destroy();
      };
      for (const socket of [near, far]) socket.on("error", end).on("close", end);
      const limit = connections % every === 0 ? 150 + ((connections * 37) % 400) : Infinity;
      let seen = 0;
      const pass = (from: Socket, to: Socket, isWatched: boolean): void => {
        from.on("data", (chunk: Buffer) => {
          const room = isWatched ? limit - seen : Infinity;
          if (isWatched) seen += chunk.length;
          if (chunk.length <= room) to.write(chunk);
          else to.write(chunk.subarray(0, Math.max(0, room)), end);
        });
      };
      pass(near, far, fault === "request");
      pass(far, near, fault === "answer");
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url: at, env: { OKTA_ORG_URL: at, OKTA_API_TOKEN: "emulator-token" } };
  }

  it.each(["request", "answer"] as const)("of the %s costs nobody anything", async (direction) => {
    const folder = makeTempFolder();
    writeUsers(folder, 120);
    const org = await startEmulatedOrg();
    const cable = await startCable(org.url, 2, direction);
    const end = await finish(folder, cable);
    expect(end).toMatchObject({ code: 0, summary: { created: 120, existing: 0, failed: 0 } });
    expect(org.ledger().usersCreated).toBe(120);
  });
});

describe("a source that changes while it is read", () => {
  it.each([
    ["is deleted", (path: string) => rmSync(path)],
    ["is cut short", (path: string) => truncateSync(path, 3000)],
    ["gets other people", (path: string) => writeRows(join(path, ".."), ["eve@example.com"])],
  ])("and %s: nobody else is created, and put back it goes on", async (_, spoil) => {
    const folder = makeTempFolder();
    const logins = writeUsers(folder, 3000);
    const path = join(folder, "users.csv");
    const text = readFileSync(path);
    const org = await startEmulatedOrg({ latencyMs: 20 });
    const running = start(folder, org);
    await inMidRun(running);
    spoil(path);
    const end = await running.ended;
    expect([0, 2, 3]).toContain(end.code);
    const known = new Set(logins);
    for (const { login } of org.users()) expect(known).toContain(login);
    writeFileSync(path, text);
    org.change({ latencyMs: 0 });
    const resumed = await finish(folder, org);
    expect(resumed).toMatchObject({ code: 0, summary: { created: 3000, existing: 0, failed: 0 } });
    expect(org.ledger().usersCreated).toBe(3000);
  });
});

describe("a run's folder that is deleted while it runs", () => {
  it("is told, and a new run finds everyone who is there", async () => {
    const folder = makeTempFolder();
    writeUsers(folder, 300);
    const org = await startEmulatedOrg({ latencyMs: 40 });
    const running = start(folder, org, "--max-concurrency", "5");
    await inMidRun(running);
    rmSync(join(folder, "run"), { recursive: true });
    const end = await running.ended;
    expect(end).toMatchObject({ code: 5, error: { code: "JOURNAL_UNWRITABLE" } });
    const made = org.ledger().usersCreated;
    org.change({ latencyMs: 0 });
    const again = await finish(folder, org);
    expect(again).toMatchObject({ code: 0, summary: { created: 300 - made, existing: made } });
    expect(org.ledger().usersCreated).toBe(300);
  });
});

describe("a reader that goes away", () => {
  it("as `head -1` does, ends neither the run nor its journal", async () => {
    const folder = makeTempFolder();
    writeUsers(folder, 400);
    const org = await startEmulatedOrg({ latencyMs: 5 });
    const running = start(folder, org);
    await running.line(() => true);
    running.child.stdout?.destroy();
    running.child.stderr?.destroy();
    const end = await running.ended;
    expect(end.code).toBe(0);
    const summary: unknown = JSON.parse(readFileSync(join(folder, "run", "summary.json"), "utf8"));
    expect(summary).toMatchObject({ created: 400, pending: 0 });
    expect(existsSync(join(folder, "run", "journal-wal"))).toBe(false);
  });
});

describe("a process that is stopped for a while", () => {
  it("goes on without a burst, and looks up what ran out of time", async () => {
    const folder = makeTempFolder();
    writeUsers(folder, 500);
    const org = await startEmulatedOrg({ limit: 200, windowMs: 2000, latencyMs: 50 });
    const running = startCli(ARGS, {
      cwd: folder,
      env: { ...org.env, OKTA_MIGRATE_REQUEST_TIMEOUT_MS: "1000" },
    });
    await inMidRun(running);
    running.child.kill("SIGSTOP");
    await windowsPass(org.url, 2);
    running.child.kill("SIGCONT");
    const end = await running.ended;
    expect(end).toMatchObject({ code: 0, summary: { created: 500, existing: 0, failed: 0 } });
    expect(end.summary?.rateLimited).toBe(0);
    expect(org.ledger().usersCreated).toBe(500);
  });
});

/** Waits until so many rate limit windows of the org have ended, by its own headers. */
async function windowsPass(url: string, count: number): Promise<void> {
  const resets = new Set<string | null>();
  while (resets.size <= count) {
    const answer = await fetch(`${url}/api/v1/groups?limit=1`, {
      headers: { authorization: "SSWS emulator-token", accept: "application/json" },
    });
    resets.add(answer.headers.get("x-rate-limit-reset"));
    await answer.text();
  }
}

describe("an org that drops dead", () => {
  it("is waited for until Ctrl-C, and nobody stays in doubt", async () => {
    const folder = makeTempFolder();
    writeUsers(folder, 40);
    let isDead = false;
    const org = await startMiniOrg({
      answer: ({ act, earlier, kind, drop }) => {
        isDead ||= kind === "create" && earlier === 20;
        return isDead ? drop() : act();
      },
    });
    const running = start(folder, org);
    await running.line(({ event }) => event === "org-paused");
    running.child.kill("SIGINT");
    expect(await running.ended).toMatchObject({ code: 130, summary: { failed: 0 } });
    isDead = false;
    const end = await finish(folder, org);
    expect(end).toMatchObject({ code: 0, summary: { created: 40, existing: 0, failed: 0 } });
    expect(org.users.size).toBe(40);
  });
});
