import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { csvOf, people } from "../support/invented-people.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import {
  isUserCreate,
  oktaError,
  type StandInAnswer,
  startStandInOrg,
} from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { shortForm } from "../support/short-form.ts";

const IMPORT = ["import", "users.csv", "--run", "run", "--yes", "--json"];
const NOWHERE = { OKTA_ORG_URL: "http://127.0.0.1:9", OKTA_API_TOKEN: "00secret" };

function folderWith(count: number): string {
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, "users.csv"), csvOf(people(count)));
  return cwd;
}

/** A command that could not begin: one line says why, and nothing was left behind. */
function expectRefusal(end: CliEnd, code: number, errorCode: string): void {
  expect(end).toMatchObject({ code, error: { event: "error", code: errorCode }, otherLines: [] });
  expect(end.lines.filter(({ event }) => event === "error")).toHaveLength(1);
  expect(end.error?.message).toMatch(/\S/);
  expect(end.error?.hint).toMatch(/\S/);
  expect(end.stdout + end.stderr).not.toContain("00secret");
  expect(end.stdout + end.stderr).not.toMatch(/\n\s+at /);
}

describe("flags that make no sense", () => {
  it.each(
    shortForm(
      [
        [["--bogus"], /--bogus/],
        [["--rate-share", "0"], /--rate-share/],
        [["--rate-share", "1.5"], /--rate-share/],
        [["--max-concurrency", "0"], /--max-concurrency/],
        [["--max-failures", "-1"], /--max-failures/],
        [["--max-failures", "101%"], /--max-failures/],
        [["--limit", "0"], /--limit/],
        [["--limit"], /--limit/],
        [["--stop-at", "25:00"], /--stop-at/],
        [["--on-existing", "replace"], /--on-existing/],
        [["--staged", "--hook"], /--staged.*--hook/],
        [["--format", "xml"], /--format/],
        [["--delimiter", "::"], /--delimiter/],
        [["second.csv"], /argument/],
      ],
      3,
    ),
  )("%j are told, and nothing else happens", async (flags, message) => {
    const cwd = folderWith(1);
    const end = await runCli([...IMPORT, ...flags], { cwd, env: NOWHERE });
    expectRefusal(end, 2, "OPTION_INVALID");
    expect(end.error?.message).toMatch(message);
    expect(readdirSync(cwd)).toEqual(["users.csv"]);
  });

  it("so is a command that there is not, and a log level", async () => {
    const cwd = folderWith(1);
    expectRefusal(await runCli(["improt", "--json"], { cwd }), 2, "OPTION_INVALID");
    const env = { ...NOWHERE, OKTA_MIGRATE_LOG: "loud" };
    expectRefusal(await runCli(IMPORT, { cwd, env }), 2, "OPTION_INVALID");
  });

  it("are told to people on standard error, with what to do", async () => {
    const args = ["import", "users.csv", "--limit", "many"];
    const end = await runCli(args, { cwd: folderWith(1), env: NOWHERE });
    expect(end).toMatchObject({ code: 2, stdout: "" });
    expect(end.stderr).toMatch(/^error: --limit .*\n {2}\S/);
  });
});

describe("the address of the org and the credential", () => {
  it.each(
    shortForm(
      [
        [{}, "ORG_URL_MISSING"],
        [
          { OKTA_ORG_URL: "http://example.okta.com", OKTA_API_TOKEN: "00secret" },
          "ORG_URL_INVALID",
        ],
        [{ OKTA_ORG_URL: "http://10.0.0.1", OKTA_API_TOKEN: "00secret" }, "ORG_URL_INVALID"],
        [{ OKTA_ORG_URL: "ftp://example.okta.com", OKTA_API_TOKEN: "00secret" }, "ORG_URL_INVALID"],
        [
          { OKTA_ORG_URL: "https://a:b@example.okta.com", OKTA_API_TOKEN: "00secret" },
          "ORG_URL_INVALID",
        ],
        [
          { OKTA_ORG_URL: "https://acme-admin.okta.com", OKTA_API_TOKEN: "00secret" },
          "ORG_URL_INVALID",
        ],
        [{ OKTA_ORG_URL: "https://example.okta.com" }, "CREDENTIAL_MISSING"],
        [{ ...NOWHERE, OKTA_ACCESS_TOKEN: "00secret.a" }, "CREDENTIAL_AMBIGUOUS"],
      ],
      3,
    ),
  )("%j is refused before anything is asked", async (env, code) => {
    expectRefusal(await runCli(IMPORT, { cwd: folderWith(1), env }), 2, code);
  });

  it("where none is set the error names the variables and shows an example", async () => {
    const cwd = folderWith(1);
    const env = { OKTA_ORG_URL: "https://example.okta.com" };
    const credential = await runCli(IMPORT, { cwd, env });
    expect(credential.error?.message).toMatch(/OKTA_ACCESS_TOKEN.*OKTA_API_TOKEN/);
    expect(credential.error?.hint).toMatch(/export OKTA_\w+=/);
    const url = await runCli(IMPORT, { cwd });
    expect(url.error?.hint).toMatch(/https:\/\/\S+\.okta\.com/);
  });

  it("is taken with a scheme in any case, a trailing slash, or as a bare host", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(1);
    const { host } = new URL(org.url);
    for (const url of [org.url, `${org.url}/`, host, ` HTTP://${host}/ `]) {
      const end = await runCli(IMPORT, { cwd, env: { ...org.env, OKTA_ORG_URL: url } });
      expect(end).toMatchObject({ code: 0, summary: { org: org.url, created: 1 } });
    }
    expect(org.ledger().usersCreated).toBe(1);
  });
});

describe("an org that does not let us in", () => {
  it("burns no record, and the same command goes on with the right token", async () => {
    const org = await startEmulatedOrg();
    const cwd = folderWith(3);
    for (const env of [
      { ...org.env, OKTA_API_TOKEN: "00secret" },
      { OKTA_ORG_URL: org.url, OKTA_ACCESS_TOKEN: "00secret" },
      { OKTA_CLIENT_ORGURL: org.url, OKTA_CLIENT_TOKEN: "00secret" },
    ]) {
      const end = await runCli(IMPORT, { cwd, env });
      expectRefusal(end, 4, "ORG_CREDENTIAL_REFUSED");
      for (const name of Object.keys(env).filter((variable) => /TOKEN/.test(variable))) {
        expect(end.error?.message).toContain(name);
      }
    }
    const end = await runCli(IMPORT, { cwd, env: org.env });
    expect(end).toMatchObject({ code: 0, summary: { created: 3, failed: 0 } });
  });

  it.each([
    ["ORG_CREDENTIAL_REFUSED", oktaError(401, "E0000011")],
    ["ORG_PERMISSION_MISSING", oktaError(403, "E0000006")],
  ])("any more, amid a run, stops it with nothing burned: %s", async (code, refusal) => {
    let creates = 0;
    const org = await startStandInOrg({
      answer: (request) => (isUserCreate(request) && (creates += 1) > 5 ? refusal : undefined),
    });
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "00secret" };
    const options = { cwd: folderWith(40), env };
    const end = await runCli(IMPORT, options);
    expect(end).toMatchObject({ code: 4, error: { code } });
    expect(end.lines.at(-1)).toMatchObject({ created: 5, failed: 0, pending: 35, finished: false });
    creates = -1_000;
    const rest = await runCli(IMPORT, options);
    expect(rest).toMatchObject({ code: 0, summary: { created: 40, failed: 0, finished: true } });
  });
});

describe("an org that can't be reached", () => {
  it.each([
    ["http://127.0.0.1:9", /refused/],
    ["https://no-such-org.invalid", /no-such-org\.invalid/],
  ])("%s is told within seconds", async (url, message) => {
    const startedAtMs = performance.now();
    const env = { OKTA_ORG_URL: url, OKTA_API_TOKEN: "00secret" };
    const end = await runCli(IMPORT, { cwd: folderWith(1), env });
    expectRefusal(end, 4, "ORG_UNREACHABLE");
    expect(end.error?.message).toMatch(message);
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
  });

  const page: StandInAnswer = {
    status: 200,
    body: "hello",
    headers: { "content-type": "text/html" },
  };
  it.each([
    ["a web page", page],
    ["JSON that is no org's", { status: 200, body: { hello: "world" } }],
    ["a redirect", { status: 302, headers: { location: "https://example.com/" } }],
  ])("%s is no org", async (_, answer) => {
    const org = await startStandInOrg({ answer: () => answer });
    const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "00secret" };
    const end = await runCli(IMPORT, { cwd: folderWith(1), env });
    expectRefusal(end, 4, "ORG_ANSWER_UNEXPECTED");
    expect(org.created()).toEqual([]);
  });

  it("is needed by import and not by check", async () => {
    const cwd = folderWith(2);
    expect(await runCli(["check", "users.csv", "--json"], { cwd })).toMatchObject({ code: 0 });
    // One that is named is asked, and told when it does not answer.
    const named = await runCli(["check", "users.csv", "--json"], { cwd, env: NOWHERE });
    expectRefusal(named, 4, "ORG_UNREACHABLE");
  });
});

describe("a source that is missing", () => {
  it("is told: none named, no file, a folder, and no match for the login", async () => {
    const cwd = folderWith(1);
    expectRefusal(await runCli(["import", "--json"], { cwd, env: NOWHERE }), 2, "SOURCE_MISSING");
    for (const source of ["gone.csv", "."]) {
      const end = await runCli(IMPORT.with(1, source), { cwd, env: NOWHERE });
      expectRefusal(end, 3, "SOURCE_UNREADABLE");
    }
    writeFileSync(join(cwd, "odd.csv"), "shoe,hat\n42,56\n");
    const odd = await runCli(["check", "odd.csv", "--staged", "--json"], { cwd });
    expectRefusal(odd, 2, "MAPPING_INCOMPLETE");
  });
});
