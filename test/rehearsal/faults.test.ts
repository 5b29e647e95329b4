import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FAULT_KINDS } from "../../src/emulator/index.ts";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import {
  type MiniOptions,
  type MiniOrg,
  refusal,
  startMiniOrg,
  WEB_PAGE,
} from "../support/mini-org.ts";
import { type CliEnd, runCli, startCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { writeRows, writeUsers } from "../support/user-files.ts";
import { shortForm } from "../support/short-form.ts";

const ARGS = ["import", "users.csv", "--staged", "--run", "run", "--yes", "--json"];
const SHORT_TIMEOUT = { OKTA_MIGRATE_REQUEST_TIMEOUT_MS: "300" };

/** Runs an import of `users.csv` in a folder. */
function importInto(
  folder: string,
  org: { env: MiniOrg["env"] },
  ...more: string[]
): Promise<CliEnd> {
  return runCli([...ARGS, ...more], { cwd: folder, env: { ...org.env, ...SHORT_TIMEOUT } });
}

/** Imports so many users into a mini org. */
async function importMini(
  count: number,
  options: MiniOptions,
): Promise<{ end: CliEnd; org: MiniOrg; folder: string }> {
  const folder = makeTempFolder();
  writeUsers(folder, count);
  const org = await startMiniOrg(options);
  return { end: await importInto(folder, org), org, folder };
}

const failures = (folder: string): string =>
  readFileSync(join(folder, "run", "failures.csv"), "utf8");

describe("an org that misbehaves", () => {
  it.each([
    ["a tenth of all requests", 0.1, false],
    ["a third of all requests, look-ups too", 0.3, true],
  ])("with %s of every kind of fault gets everyone once", async (_, share, faultReads) => {
    const folder = makeTempFolder();
    const logins = writeUsers(folder, 150);
    const faults = Object.fromEntries(
      FAULT_KINDS.map((kind) => [kind, share / FAULT_KINDS.length]),
    );
    const org = await startEmulatedOrg({
      faults,
      faultReads,
      latencyMs: 5,
      lateCommitMs: 400,
      seed: 3,
    });
    const end = await importInto(folder, org);
    expect(end.summary).toMatchObject({
      records: 150,
      created: 150,
      existing: 0,
      failed: 0,
      pending: 0,
    });
    expect(end.code).toBe(0);
    expect([...org.users()].map(({ login }) => login).toSorted()).toEqual(logins.toSorted());
    expect(org.ledger().usersCreated).toBe(150);
    expect(org.ledger().internalErrors).toBe(0);
  });

  it.each([
    ["down", { down: true }, { down: false }],
    ["read-only", { readOnly: true }, { readOnly: false }],
  ])("that is %s for a while pauses the run and costs no record", async (_, ill, well) => {
    const folder = makeTempFolder();
    writeUsers(folder, 400);
    const org = await startEmulatedOrg({ latencyMs: 30 });
    const running = startCli([...ARGS, "--max-concurrency", "5"], { cwd: folder, env: org.env });
    await running.line(({ event, created }) => event === "progress" && Number(created) > 0);
    org.change(ill);
    await running.line(({ event }) => event === "org-paused");
    const before = total(org.ledger().requests);
    await running.line(
      ({ event, nextProbeMs }) => event === "org-paused" && Number(nextProbeMs) > 1600,
    );
    const whilePaused = total(org.ledger().requests) - before;
    org.change(well);
    await running.line(({ event }) => event === "org-resumed");
    const end = await running.ended;
    expect(whilePaused).toBeLessThan(12);
    expect(end.summary).toMatchObject({ created: 400, failed: 0, pending: 0 });
    expect(end.code).toBe(0);
    expect(org.ledger().usersCreated).toBe(400);
  });

  it("that refuses the token in mid-run stops it at once, and a good token goes on", async () => {
    const folder = makeTempFolder();
    writeUsers(folder, 120);
    let isRefusing = true;
    const org = await startMiniOrg({
      answer: ({ earlier, kind, act }) =>
        isRefusing && kind === "create" && earlier >= 40 ? refusal(401, "E0000011") : act(),
    });
    const end = await importInto(folder, org, "--max-concurrency", "5");
    expect(end).toMatchObject({ code: 4, error: { code: "ORG_CREDENTIAL_REFUSED" } });
    expect(end.summary).toMatchObject({ failed: 0, created: org.users.size });
    expect(org.requests.length).toBeLessThan(40 + 2 * 5 + 6);
    isRefusing = false;
    const resumed = await importInto(folder, org);
    expect(resumed.summary).toMatchObject({ created: 120, existing: 0, failed: 0, pending: 0 });
    expect(org.users.size).toBe(120);
  });

  it("that takes a permission away stops the run, whatever record met it", async () => {
    const { end } = await importMini(60, {
      answer: ({ earlier, kind, act }) =>
        kind === "create" && earlier === 20 ? refusal(403, "E0000006") : act(),
    });
    expect(end).toMatchObject({ code: 4, error: { code: "ORG_PERMISSION_MISSING" } });
    expect(end.summary?.failed).toBe(0);
  });

  it.each(["E0000038", "E0000080"])(
    "that says 403 %s of one record fails that record alone",
    async (code) => {
      const { end, folder } = await importMini(30, {
        answer: ({ login, kind, act }) =>
          kind === "create" && login === "ann7@example.com"
            ? refusal(403, code, "Not this one")
            : act(),
      });
      expect(end.code).toBe(1);
      expect(end.summary).toMatchObject({ created: 29, failed: 1, pending: 0 });
      expect(failures(folder)).toContain("ann7@example.com");
      expect(failures(folder)).toContain(code);
    },
  );

  it("that denies an attribute once and knows it a moment later fails nobody", async () => {
    const { end } = await importMini(12, {
      answer: ({ kind, earlierForLogin, login, act }) =>
        kind === "create" && earlierForLogin === 0 && login === "ann9@example.com"
          ? refusal(400, "E0000001", "Property name 'department' is not defined in profile")
          : act(),
    });
    expect(end.code).toBe(0);
    expect(end.summary).toMatchObject({ created: 12, failed: 0 });
  });

  it("that answers with a page for people stops the run, resumable", async () => {
    let isPortal = true;
    const { end, org, folder } = await importMini(40, {
      answer: ({ earlier, kind, act }) =>
        isPortal && kind === "create" && earlier >= 20
          ? WEB_PAGE
          : isPortal && kind === "look-up"
            ? WEB_PAGE
            : act(),
    });
    expect(end).toMatchObject({ code: 4, error: { code: "ORG_ANSWER_UNEXPECTED" } });
    isPortal = false;
    expect((await importInto(folder, org)).summary).toMatchObject({
      created: 40,
      failed: 0,
      pending: 0,
    });
  });

  it("that sends bodies without end is not believed, and not read to the end", async () => {
    const { end, org } = await importMini(8, {
      answer: ({ login, kind, response, act }) => {
        if (kind !== "create" || login !== "ann8@example.com") return act();
        act();
        response.writeHead(200, { "content-type": "application/json" });
        const pour = (): void => {
          while (!response.destroyed && response.write(" ".repeat(65_536)));
        };
        response.on("drain", pour);
        pour();
        return undefined;
      },
    });
    expect(end.summary).toMatchObject({ created: 8, existing: 0, failed: 0 });
    expect(org.users.size).toBe(8);
  });
});

describe("a create whose answer is lost", () => {
  it("is found again though the connection died in the middle of the answer", async () => {
    const { end, org } = await importMini(20, {
      answer: ({ kind, earlier, response, act }) => {
        const answer = act();
        if (kind !== "create" || earlier % 4 !== 0) return answer;
        response.writeHead(200, { "content-length": answer.body.length });
        response.write(answer.body.slice(0, 40), () => response.destroy());
        return undefined;
      },
    });
    expect(end.summary).toMatchObject({ created: 20, existing: 0, failed: 0 });
    expect(org.users.size).toBe(20);
  });

  it("and that commits only after the look-up is ours, not somebody's before us", async () => {
    const late: (() => unknown)[] = [];
    const { end, org } = await importMini(20, {
      answer: ({ kind, earlierForLogin, login, act, drop }) => {
        if (kind !== "create" || login !== "ann11@example.com") return act();
        if (earlierForLogin === 0) {
          late.push(act);
          return drop();
        }
        // The first one gets through at last, just before the second arrives.
        late.splice(0).forEach((commit) => commit());
        return act();
      },
    });
    expect(end.summary).toMatchObject({ created: 20, existing: 0, failed: 0 });
    expect(org.users.size).toBe(20);
  });

  it("is ours though the org tells the moment of creation in whole seconds, and its clock is off", async () => {
    const { end } = await importMini(16, {
      answer: ({ kind, earlierForLogin, login, act, drop }) => {
        const { headers = [], ...answer } = act();
        const hoursAway = [
          ...headers,
          ["date", new Date(Date.now() - 7_200_000).toUTCString()],
        ] as const;
        if (kind === "create" && earlierForLogin === 0 && login?.endsWith("1@example.com") === true)
          return drop();
        const body = answer.body.replace(
          /"created":"([^"]+)"/,
          (_, created: string) =>
            `"created":"${new Date(Date.parse(created) - 7_200_000).toISOString()}"`,
        );
        return { ...answer, body, headers: hoursAway };
      },
    });
    expect(end.summary).toMatchObject({ created: 16, existing: 0, failed: 0 });
  });

  it("for a login that somebody had before the run is existing, profile and all", async () => {
    const folder = makeTempFolder();
    writeUsers(folder, 10);
    const org = await startMiniOrg({
      answer: ({ kind, login, earlierForLogin, act, drop }) =>
        kind === "create" && login === "ann3@example.com" && earlierForLogin === 0 ? drop() : act(),
    });
    const profile = {
      login: "ann3@example.com",
      email: "mail3@example.com",
      firstName: "Ann3",
      lastName: "Example",
    };
    org.add(profile, Date.now() - 60_000);
    const end = await importInto(folder, org);
    expect(end.summary).toMatchObject({ created: 9, existing: 1, failed: 0 });
    expect(readFileSync(join(folder, "run", "created.csv"), "utf8")).not.toContain("ann3@");
  });

  it("for a login with a slash is looked up in the list, though the list lags", async () => {
    const folder = makeTempFolder();
    writeRows(folder, ["a/b@example.com", "c?d@example.com", "plain@example.com"]);
    const org = await startMiniOrg({
      answer: ({ kind, request, earlierForLogin, earlier, act, drop }) => {
        if (request.path.includes("%2Fb%40") && kind === "look-up") return refusal(404, "E0000007");
        if (kind === "list" && earlier === 0) return { ...act(), body: "[]" };
        const answer = act();
        return kind === "create" && earlierForLogin === 0 ? drop() : answer;
      },
    });
    const end = await importInto(folder, org);
    expect(end.summary).toMatchObject({ created: 3, existing: 0, failed: 0 });
    expect(org.users.size).toBe(3);
    expect(org.requests.filter(({ method }) => method === "POST")).toHaveLength(3);
  });

  it("is not taken for done because somebody's short name is the same", async () => {
    const folder = makeTempFolder();
    writeRows(folder, ["plain@example.com", "annabel"]);
    const org = await startMiniOrg({
      loginPattern: ".+",
      answer: ({ kind, login, earlierForLogin, act, drop }) =>
        kind === "create" && login === "annabel" && earlierForLogin === 0 ? drop() : act(),
    });
    org.add(
      { login: "annabel@other.example", email: "x@other.example", firstName: "A", lastName: "O" },
      Date.now(),
    );
    const end = await importInto(folder, org);
    expect(end.summary).toMatchObject({ created: 2, existing: 0, failed: 0 });
    expect(org.users.has("annabel")).toBe(true);
  });

  it("again and again is given up for this run, and a retry finds the user", async () => {
    let isLosing = true;
    const { end, org, folder } = await importMini(8, {
      answer: ({ kind, login, act, drop }) => {
        if (!isLosing || login !== "ann8@example.com") return act();
        return kind === "create" ? drop() : act();
      },
    });
    expect(end).toMatchObject({ code: 1, summary: { created: 7, failed: 1 } });
    expect(failures(folder)).toContain("ANSWER_LOST");
    isLosing = false;
    const retried = await runCli(["retry", "--run", "run", "--staged", "--yes", "--json"], {
      cwd: folder,
      env: org.env,
    });
    expect(retried).toMatchObject({ code: 0, summary: { created: 8, failed: 0 } });
    expect(org.users.size).toBe(8);
  });
});

describe("a redirect", () => {
  const closers: (() => void)[] = [];
  afterEach(() => closers.splice(0).forEach((close) => close()));

  it.each([302, 307])("with %i stops the run; the other host hears nothing", async (status) => {
    let heard = 0;
    const other = createServer((_, response) => {
      heard += 1;
      response.end();
    }).on("connection", () => (heard += 1));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    closers.push(() => other.close());
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/api/v1/users`;
    const { end } = await importMini(20, {
      answer: ({ kind, earlier, act }) =>
        kind === "create" && earlier >= 5
          ? { status, body: "", headers: [["location", location]] }
          : act(),
    });
    expect(end).toMatchObject({ code: 4, error: { code: "ORG_ANSWER_UNEXPECTED" } });
    expect(heard).toBe(0);
    expect(end.summary?.failed).toBe(0);
  });
});

describe("headers that lie", () => {
  const inSeconds = (seconds: number): string => String(Math.floor(Date.now() / 1000) + seconds);
  it.each<readonly [string, () => readonly (readonly [string, string])[]]>(
    shortForm(
      [
        ["a reset in a year", () => limits("600", "599", inSeconds(31_536_000))],
        ["a reset an hour ago", () => limits("600", "599", inSeconds(-3600))],
        ["a reset in milliseconds", () => limits("600", "599", String(Date.now()))],
        ["a reset that is no number", () => limits("600", "599", "soon")],
        ["a remainder that is no number", () => limits("600", "NaN", inSeconds(30))],
        ["a negative remainder", () => limits("600", "-3", inSeconds(30))],
        ["an endless remainder", () => limits("600", "999999999999999999999", inSeconds(30))],
        ["a remainder above the limit", () => limits("600", "7000", inSeconds(30))],
        ["a limit that is no number", () => limits("many", "599", inSeconds(30))],
        ["empty headers", () => limits("", "", "")],
        [
          "headers twice",
          () => [...limits("600", "599", inSeconds(30)), ...limits("700", "650", inSeconds(40))],
        ],
        [
          "headers as lists",
          () => limits("600, 700", "599, 650", `${inSeconds(30)}, ${inSeconds(31)}`),
        ],
        [
          "a date that is none",
          () => [...limits("6000", "5999", inSeconds(30)), ["date", "yesterday"]],
        ],
        [
          "a date of 1970",
          () => [
            ...limits("6000", "5999", inSeconds(30)),
            ["date", "Thu, 01 Jan 1970 00:00:00 GMT"],
          ],
        ],
        [
          "a date minutes ahead",
          () => [
            ...limits("6000", "5999", inSeconds(390)),
            ["date", new Date(Date.now() + 360_000).toUTCString()],
          ],
        ],
        ["a Retry-After without need", () => [["retry-after", "3600"]]],
      ],
      2,
    ),
  )("%s: the run ends within reason, each request once", async (_, lie) => {
    const { end, org } = await importMini(15, {
      answer: ({ act }) => {
        const { headers = [], ...answer } = act();
        return { ...answer, headers: [...headers, ...lie()] };
      },
    });
    expect(end.summary).toMatchObject({ created: 15, failed: 0, pending: 0, rateLimited: 0 });
    expect(end.summary?.requests).toBe(org.requests.length);
    expect(org.requests.length).toBeLessThan(15 + 8);
    expect(end.summary?.elapsedMs).toBeLessThan(20_000);
  });

  it("a 429 with nonsense around it is not answered with a hail of requests", async () => {
    const { end, org } = await importMini(30, {
      answer: ({ kind, earlier, act }) =>
        kind === "create" && earlier >= 10 && earlier < 14
          ? {
              ...refusal(429, "E0000047"),
              headers: [
                ["retry-after", "-5"],
                ["x-rate-limit-reset", "never"],
              ],
            }
          : act(),
    });
    expect(end.summary).toMatchObject({ created: 30, failed: 0, rateLimited: 4 });
    expect(org.requests.length).toBeLessThan(30 + 4 + 8);
  });
});

function limits(
  limit: string,
  remaining: string,
  reset: string,
): readonly (readonly [string, string])[] {
  return [
    ["x-rate-limit-limit", limit],
    ["x-rate-limit-remaining", remaining],
    ["x-rate-limit-reset", reset],
  ];
}

function total(requests: Readonly<Record<string, { readonly requests: number }>>): number {
  return Object.values(requests).reduce((sum, tally) => sum + tally.requests, 0);
}
