import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import {
  aPerson,
  csvOf,
  OLD_HASH_PARTS,
  OLD_PASSWORD,
  people,
} from "../support/invented-people.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import {
  isUserCreate,
  oktaError,
  type StandInAnswer,
  type StandInOrg,
  startStandInOrg,
} from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

/** Runs a command in a folder with a table of people. */
async function importPeople(
  env: Readonly<Record<string, string>>,
  flags: readonly string[],
  { cwd = makeTempFolder(), rows = people(5) } = {},
): Promise<CliEnd & { readonly cwd: string }> {
  if (!existsSync(join(cwd, "users.csv"))) writeFileSync(join(cwd, "users.csv"), csvOf(rows));
  const end = await runCli(["import", "users.csv", "--json", ...flags], { cwd, env });
  return { ...end, cwd };
}

const envOf = (org: StandInOrg): Record<string, string> => ({
  OKTA_ORG_URL: org.url,
  OKTA_API_TOKEN: "t",
});

async function addUser(url: string, body: object, activate: boolean): Promise<void> {
  const answer = await fetch(`${url}/api/v1/users?activate=${activate}`, {
    method: "POST",
    headers: { authorization: "SSWS emulator-token", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

describe("--on-existing", () => {
  const profile = {
    login: "Person1@example.com",
    email: "person1@example.com",
    firstName: "Before",
    lastName: "Before",
    title: "Kept",
  };
  const credentials = { password: { value: "Before-1234" } };

  it.each([
    [["--yes"], { created: 1, existing: 1 }, 0, "Before"],
    [["--on-existing", "skip", "--yes"], { created: 1, existing: 1 }, 0, "Before"],
    [["--on-existing", "update", "--yes"], { created: 1, updated: 1 }, 0, "First1"],
    [["--on-existing", "fail", "--yes"], { created: 1, failed: 1 }, 1, "Before"],
  ] as const)("%j", async (flags, totals, code, firstName) => {
    const org = await startEmulatedOrg();
    await addUser(org.url, { profile, credentials }, true);
    const end = await importPeople(org.env, flags, { rows: people(2) });
    expect(end).toMatchObject({ code, summary: { records: 2, pending: 0, ...totals } });
    const [user] = [...org.users()];
    expect(user).toMatchObject({ password: "value", profile: { firstName, title: "Kept" } });
    expect(await org.signIn("person1@example.com", "Before-1234")).toBe(true);
    expect(await org.signIn("person2@example.com", OLD_PASSWORD)).toBe(true);
  });

  it("update gives a user who is still staged the password, and nobody else", async () => {
    const org = await startEmulatedOrg();
    await addUser(org.url, { profile }, false);
    const second = { ...profile, login: "person2@example.com", email: "person2@example.com" };
    await addUser(org.url, { profile: second, credentials }, true);
    const end = await importPeople(org.env, ["--on-existing", "update", "--yes"], {
      rows: people(2),
    });
    expect(end).toMatchObject({ code: 0, summary: { updated: 2 } });
    const users = [...org.users()];
    expect(users.map(({ status, password }) => [status, password])).toEqual([
      ["STAGED", "hash"],
      ["ACTIVE", "value"],
    ]);
    expect(org.ledger().mails).toBe(0);
  });
});

describe("--limit", () => {
  it("sends the first records; the rest stay pending and go with the next call", async () => {
    const org = await startEmulatedOrg();
    const first = await importPeople(org.env, ["--limit", "2", "--yes"]);
    expect(first).toMatchObject({
      code: 0,
      summary: { records: 5, created: 2, pending: 3, finished: false },
    });
    expect([...org.users()].map(({ login }) => login)).toEqual([
      "person1@example.com",
      "person2@example.com",
    ]);
    const rest = await importPeople(org.env, ["--yes"], first);
    expect(rest).toMatchObject({ code: 0, summary: { created: 5, pending: 0, finished: true } });
    expect(org.ledger()).toMatchObject({ usersCreated: 5, loginCollisions: 0 });
  });
});

describe("--dry-run", () => {
  it("does everything but sending, and leaves nothing behind", async () => {
    const org = await startStandInOrg();
    const rows = [aPerson(1), aPerson(2, { firstName: "" }), aPerson(3)];
    const end = await importPeople(envOf(org), ["--dry-run"], { rows });
    expect(end.summary).toMatchObject({
      records: 3,
      created: 0,
      rejected: 0,
      pending: 3,
      finished: false,
    });
    expect(JSON.stringify(end.lines)).toContain("REQUIRED_MISSING");
    expect(new Set(org.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(readdirSync(end.cwd)).toEqual(["users.csv"]);
  });

  it("shows the first requests as they will be sent, secrets masked", async () => {
    const org = await startStandInOrg();
    const shown = await importPeople(envOf(org), ["--dry-run", "--show-request"]);
    const requests = shown.lines.filter(({ event }) => event === "request");
    expect(requests.length).toBeGreaterThan(0);
    const sent = await importPeople(envOf(org), ["--yes"], shown);
    expect(sent.code).toBe(0);
    const creates = org.requests.filter(isUserCreate);
    for (const { method, url, body, headers } of requests) {
      const unmasked = String(body)
        .replace('"salt":"[secret]"', `"salt":"${OLD_HASH_PARTS.salt}"`)
        .replace('"value":"[secret]"', `"value":"${OLD_HASH_PARTS.value}"`);
      const create = creates.find((sentOne) => sentOne.body === unmasked);
      expect([method, url]).toEqual(["POST", `${org.url}${String(create?.path)}`]);
      expect(headers).toMatchObject({ "Content-Type": "application/json" });
    }
    expect(shown.stdout + shown.stderr).not.toContain(OLD_HASH_PARTS.value);
    expect(shown.stdout + shown.stderr).not.toContain(OLD_HASH_PARTS.salt);
  });

  it("shows them to people in the form that HTTP clients read", async () => {
    const org = await startStandInOrg();
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "users.csv"), csvOf(people(2)));
    const args = ["import", "users.csv", "--dry-run", "--show-request"];
    const { stdout } = await runCli(args, { cwd, env: envOf(org) });
    const [first = ""] = stdout.split("###\n").filter((text) => text !== "");
    const [head = "", body = ""] = first.split("\n\n");
    const [requestLine, ...headers] = head.split("\n");
    expect(requestLine).toBe(`POST ${org.url}/api/v1/users?activate=true`);
    for (const header of headers) expect(header).toMatch(/^[A-Za-z-]+: .+$/);
    expect(JSON.parse(body)).toMatchObject({ profile: { login: "person1@example.com" } });
    expect(stdout).not.toContain("SSWS t\n");
  });

  it("works on standard input too", async () => {
    const org = await startStandInOrg();
    const cwd = makeTempFolder();
    const args = ["import", "-", "--dry-run", "--show-request", "--json"];
    const end = await runCli(args, { cwd, env: envOf(org), input: csvOf(people(3)) });
    expect(end).toMatchObject({ code: 0, summary: { records: 3, pending: 3 } });
    expect(end.lines.filter(({ event }) => event === "request")).toHaveLength(3);
  });

  it("is what --show-request needs", async () => {
    const end = await importPeople({ OKTA_ORG_URL: "http://127.0.0.1:9" }, ["--show-request"]);
    expect(end).toMatchObject({ code: 2, error: { code: "OPTION_INVALID" } });
  });
});

/** An org that refuses every create but those that it likes. */
function picky(likes: (count: number) => boolean, causes = ["title: no"]) {
  let count = 0;
  let inFlight = 0;
  const seen = { mostInFlight: 0 };
  const answer = async (request: { method: string; path: string }) => {
    if (!isUserCreate({ ...request, headers: {}, body: "" })) return undefined;
    count += 1;
    const cause = causes[count % causes.length];
    const isLiked = likes(count);
    inFlight += 1;
    seen.mostInFlight = Math.max(seen.mostInFlight, inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight -= 1;
    return isLiked ? undefined : oktaError(400, "E0000001", cause);
  };
  return { seen, answer: answer as () => Promise<StandInAnswer | undefined> };
}

describe("a run in which too much fails", () => {
  it.each([
    ["3", 4],
    ["2%", 21],
    [undefined, 51],
  ])(
    "stops beyond --max-failures %s, says which cause led, and can be resumed",
    async (most, least) => {
      let isMended = false;
      const { answer } = picky((count) => isMended || count === 1 || count % 10 === 0);
      const org = await startStandInOrg({ answer });
      const rows = people(400);
      const flags = most === undefined ? ["--yes"] : ["--max-failures", most, "--yes"];
      const end = await importPeople(envOf(org), [...flags, "--max-concurrency", "1"], { rows });
      expect(end).toMatchObject({ code: 4, error: { code: "TOO_MANY_FAILURES" } });
      expect(end.error?.message).toContain("ORG_VALIDATION");
      expect(end.lines.at(-1)).toMatchObject({ event: "summary", finished: false });
      // What was on its way already comes to its end.
      const failed = end.summary?.failed ?? 0;
      expect([least, least + 1, least + 2]).toContain(failed);
      isMended = true;
      const second = await importPeople(envOf(org), ["--yes"], end);
      expect(second).toMatchObject({
        code: 1,
        summary: { records: 400, created: 400 - failed, failed, pending: 0, finished: true },
      });
    },
  );

  it("stops after the first few, sent one by one, where all fail for the same cause", async () => {
    const { answer, seen } = picky(() => false);
    const org = await startStandInOrg({ answer });
    const end = await importPeople(envOf(org), ["--yes"], { rows: people(50) });
    expect(end).toMatchObject({ code: 4, error: { code: "FIRST_RECORDS_FAILED" } });
    expect(end.summary).toMatchObject({ records: 50, failed: 5, pending: 45, finished: false });
    expect(seen.mostInFlight).toBe(1);
    expect(org.requests.filter(isUserCreate)).toHaveLength(5);
  });

  it("goes on where the first few fail for different causes", async () => {
    const causes = ["title: no", "login: Username must be in the form of an email address"];
    const { answer } = picky((count) => count > 5, causes);
    const org = await startStandInOrg({ answer });
    const end = await importPeople(envOf(org), ["--yes"], { rows: people(20) });
    expect(end).toMatchObject({ code: 1, summary: { created: 15, failed: 5, finished: true } });
  });
});

describe("--stop-at", () => {
  /** Runs a command at 11:59:56 by its clock, which goes on from there. */
  const beforeNoon = `data:text/javascript,${encodeURIComponent(
    `Date.now = () => ${Date.UTC(2026, 10, 24, 11, 59, 56)} + performance.now()`,
  )}`;

  it("ends the run at that time, and the same command goes on", async () => {
    const org = await startEmulatedOrg({ latencyMs: 25 });
    const env = { ...org.env, TZ: "UTC", NODE_OPTIONS: `--import=${beforeNoon}` };
    const rows = people(400);
    const flags = ["--stop-at", "12:00", "--max-concurrency", "1", "--yes"];
    const end = await importPeople(env, flags, { rows });
    const { summary } = end;
    expect(end).toMatchObject({ code: 130, summary: { records: 400, failed: 0, finished: false } });
    expect(summary?.pending).toBeGreaterThan(0);
    expect((summary?.created ?? 0) + (summary?.pending ?? 0)).toBe(400);
    expect(org.ledger().users).toBe(summary?.created);
    const rest = await importPeople(org.env, ["--yes"], end);
    expect(rest).toMatchObject({ code: 0, summary: { created: 400, finished: true } });
    expect(org.ledger()).toMatchObject({ usersCreated: 400, loginCollisions: 0 });
  });

  it("means tomorrow where the time is past", async () => {
    const org = await startEmulatedOrg();
    const env = { ...org.env, TZ: "UTC", NODE_OPTIONS: `--import=${beforeNoon}` };
    const end = await importPeople(env, ["--stop-at", "11:59", "--yes"]);
    expect(end).toMatchObject({ code: 0, summary: { created: 5, finished: true } });
  });
});
