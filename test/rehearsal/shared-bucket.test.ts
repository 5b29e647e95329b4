import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { EmulatorState } from "../../src/emulator/index.ts";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { bareEnvironment, type CliEnd, runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { writeUsers } from "../support/user-files.ts";

const CREATES = "POST /api/v1/users";
const WINDOW_MS = 2000;

async function importUsers(org: EmulatedOrg, count: number, ...more: string[]): Promise<CliEnd> {
  const folder = makeTempFolder();
  writeUsers(folder, count);
  const args = ["import", "users.csv", "--staged", "--run", "run", "--yes", "--json", ...more];
  const end = await runCli(args, { cwd: folder, env: org.env });
  expect(end.code).toBe(0);
  expect(end.summary).toMatchObject({ created: count, failed: 0, pending: 0 });
  return end;
}

/** The org's windows of creates, less the first and the last, which the run did not have whole. */
function wholeWindows(org: EmulatedOrg): EmulatorState["windows"][string] {
  return windowsOf(org).slice(1, -1);
}

function windowsOf(org: EmulatedOrg): EmulatorState["windows"][string] {
  const windows = org.ledger().windows[CREATES];
  if (windows === undefined)
    throw new Error(`no windows among ${Object.keys(org.ledger().windows).join(", ")}`);
  return windows;
}

const sum = (windows: EmulatorState["windows"][string]): number =>
  windows.reduce((total, { accepted }) => total + accepted, 0);

describe("a bucket of our own", () => {
  it("is filled to 99 % of the share over whole windows, without a single 429", async () => {
    await Promise.all([fill(0.9, 0), fill(0.5, 270_000)]);
  });
});

async function fill(share: number, clockSkewMs: number): Promise<void> {
  const budget = 200 * share;
  const org = await startEmulatedOrg({
    limit: 200,
    windowMs: WINDOW_MS,
    latencyMs: 25,
    clockSkewMs,
  });
  const end = await importUsers(org, budget * 5, "--rate-share", String(share));
  const windows = wholeWindows(org);
  expect(windows.length).toBeGreaterThanOrEqual(3);
  expect(sum(windows) / (windows.length * budget)).toBeGreaterThanOrEqual(0.99);
  for (const { accepted } of windowsOf(org)) expect(accepted).toBeLessThanOrEqual(budget);
  expect(end.summary?.rateLimited).toBe(0);
  expect(org.ledger().rateLimited).toEqual({ window: 0, tokenCap: 0, concurrency: 0, bare: 0 });
}

describe("a bucket that others use", () => {
  it("leaves them theirs: no 429 for anybody, and Remaining never 0", async () => {
    await Promise.all([besideOthers(), besideSecondProcess()]);
  });

  it("as a second run does: both end, and what they are refused is next to nothing", async () => {
    const org = await startEmulatedOrg({ limit: 200, windowMs: WINDOW_MS, latencyMs: 10 });
    const folder = makeTempFolder();
    writeUsers(folder, 300);
    const other = runCli(
      [
        "import",
        "users.csv",
        "--staged",
        "--run",
        "other",
        "--yes",
        "--json",
        "--on-existing",
        "skip",
      ],
      { cwd: folder, env: org.env },
    );
    const args = ["import", "users.csv", "--staged", "--run", "run", "--yes", "--json"];
    const [one, two] = await Promise.all([runCli(args, { cwd: folder, env: org.env }), other]);
    expect(one.code).toBe(0);
    expect(two.code).toBe(0);
    expect(Number(one.summary?.created) + Number(two.summary?.created)).toBe(300);
    expect(Number(one.summary?.existing) + Number(two.summary?.existing)).toBe(300);
    expect(org.ledger().usersCreated).toBe(300);
    expect(org.ledger().rateLimited.window).toBeLessThanOrEqual(6);
  });
});

async function besideOthers(): Promise<void> {
  const org = await startEmulatedOrg({
    limit: 200,
    windowMs: WINDOW_MS,
    otherTraffic: 100,
    latencyMs: 10,
  });
  const end = await importUsers(org, 400);
  expect(end.summary?.rateLimited).toBe(0);
  expect(org.ledger().rateLimited.window).toBe(0);
  // A machine that stalls costs the window it stalls in: the best one tells what is left to others.
  const best = Math.max(...wholeWindows(org).map(({ accepted }) => accepted));
  expect(best).toBeGreaterThan(80);
}

async function besideSecondProcess(): Promise<void> {
  const org = await startEmulatedOrg({ limit: 200, windowMs: WINDOW_MS, latencyMs: 10 });
  const neighbour = startNeighbour(org, 40);
  try {
    const end = await importUsers(org, 500);
    expect(end.summary?.rateLimited).toBe(0);
  } finally {
    const { refused, lowestRemaining, sent } = await neighbour.stop();
    expect(sent).toBeGreaterThan(100);
    expect(refused).toBe(0);
    expect(lowestRemaining).toBeGreaterThan(0);
  }
  expect(org.ledger().rateLimited.window).toBe(0);
}

describe("a token's own cap", () => {
  it("is learned from a few refusals, told with the setting that raises it, and then kept", async () => {
    const org = await startEmulatedOrg({
      limit: 200,
      windowMs: WINDOW_MS,
      tokenCap: 100,
      latencyMs: 10,
    });
    const end = await importUsers(org, 520);
    const learned = end.lines.find(({ event }) => event === "rate-cap-learned");
    expect(learned).toMatchObject({ cap: 100 });
    expect(learned?.["hint"]).toMatch(/Application rate limits|Tokens/);
    expect(end.summary?.rateLimited).toBeLessThanOrEqual(20);
    for (const { refused } of windowsOf(org).slice(4)) expect(refused).toBe(0);
    expect(wholeWindows(org).at(-1)?.accepted).toBeGreaterThanOrEqual(85);
  });
});

describe("a limit that changes in mid-run", () => {
  it("is followed within a window, whether it shrinks or grows", async () => {
    await Promise.all([followLimit(80), followLimit(300)]);
  });
});

async function followLimit(later: number): Promise<void> {
  const limits = [
    { atMs: 0, limit: 160 },
    { atMs: 5000, limit: later },
  ];
  const timetable = { limits, down: [], readOnly: [] };
  const org = await startEmulatedOrg({ windowMs: WINDOW_MS, latencyMs: 10, timetable });
  const end = await importUsers(org, 300 + 3 * later);
  expect(end.summary?.rateLimited).toBeLessThanOrEqual(4);
  const after = windowsOf(org)
    .filter(({ startedAtMs }) => startedAtMs > 5000)
    .slice(0, -1);
  expect(after.length).toBeGreaterThanOrEqual(2);
  for (const { accepted, limit } of after.slice(1)) {
    expect(accepted / (0.9 * limit)).toBeGreaterThan(0.97);
  }
  for (const { refused } of after) expect(refused).toBe(0);
}

describe("a concurrency limit", () => {
  it("lowers what is in flight and delays nobody by a minute", async () => {
    const org = await startEmulatedOrg({ concurrency: 8, latencyMs: 60 });
    const end = await importUsers(org, 600);
    expect(end.summary?.elapsedMs).toBeLessThan(1000 * (600 / (8 / 0.06)) * 1.6 + 3000);
    expect(end.summary?.rateLimited).toBeLessThan(40);
  });
});

/** A process that asks for creates at an even pace and notes what the org tells it. */
function startNeighbour(org: EmulatedOrg, perSecond: number): { stop(): Promise<Neighbour> } {
  const child = spawn(
    process.execPath,
    ["--input-type=module", "-e", NEIGHBOUR, org.url, String(perSecond)],
    {
      env: bareEnvironment(),
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  const ended = new Promise<Neighbour>((resolve) => {
    child.once("close", () => resolve(JSON.parse(stdout) as Neighbour));
  });
  return {
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}

interface Neighbour {
  readonly sent: number;
  readonly refused: number;
  readonly lowestRemaining: number;
}

const NEIGHBOUR = `
  const [url, perSecond] = process.argv.slice(1);
  const seen = { sent: 0, refused: 0, lowestRemaining: Infinity };
  const headers = { authorization: "SSWS emulator-token", accept: "application/json", "content-type": "application/json" };
  const timer = setInterval(async () => {
    seen.sent += 1;
    const answer = await fetch(url + "/api/v1/users?activate=false", { method: "POST", headers, body: "{}" });
    if (answer.status === 429) seen.refused += 1;
    const remaining = Number(answer.headers.get("x-rate-limit-remaining"));
    seen.lowestRemaining = Math.min(seen.lowestRemaining, remaining);
    await answer.text();
  }, 1000 / Number(perSecond));
  process.stdin.on("end", () => {
    clearInterval(timer);
    console.log(JSON.stringify(seen));
    process.exit();
  }).resume();
`;
