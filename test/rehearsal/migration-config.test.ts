import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { aPerson, csvOf, OLD_HASH, OLD_HASH_PARTS, people } from "../support/invented-people.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import { type StandInOptions, type StandInOrg, startStandInOrg } from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { shortForm } from "../support/short-form.ts";

interface Ran {
  readonly org: StandInOrg;
  readonly end: CliEnd;
  readonly cwd: string;
}

async function runWith(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  options: StandInOptions = {},
): Promise<Ran> {
  const org = await startStandInOrg(options);
  const cwd = makeTempFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const env = { OKTA_ORG_URL: org.url, OKTA_API_TOKEN: "t" };
  return { org, cwd, end: await runCli(args, { cwd, env }) };
}

const CONFIG = `source: staff.csv
profile:
  login: mail.lower()
  email: mail
  firstName: given
  lastName: 'family + " (" + country + ")"'
  displayName: coalesce(nick, given + " " + family)
  userType: {value: migrated}
  department: {from: dept, default: none}
  legacyId: uid
  level: level
password:
  hash: pw
`;
const STAFF = csvOf([
  {
    mail: "Ada.King@example.com",
    given: "Ada",
    family: "King",
    country: "GB",
    nick: "",
    dept: "",
    uid: "0042",
    level: "3",
    pw: OLD_HASH,
  },
]);

describe("migration.yaml", () => {
  it("gives each attribute its column, expression, constant or default, typed as the org has it", async () => {
    const { org, end } = await runWith(
      { "migration.yaml": CONFIG, "staff.csv": STAFF },
      ["import", "--yes", "--json"],
      {
        base: { userType: { type: "string" } },
        custom: { legacyId: { type: "string" }, level: { type: "integer" } },
      },
    );
    expect(end).toMatchObject({ code: 0, summary: { created: 1 } });
    expect(org.created()).toEqual([
      {
        profile: {
          login: "ada.king@example.com",
          email: "Ada.King@example.com",
          firstName: "Ada",
          lastName: "King (GB)",
          displayName: "Ada King",
          userType: "migrated",
          department: "none",
          legacyId: "0042",
          level: 3,
        },
        credentials: { password: { hash: { algorithm: "BCRYPT", ...OLD_HASH_PARTS } } },
      },
    ]);
  });

  it("is shown as it was understood, before anything is sent", async () => {
    const { org, end } = await runWith(
      { "migration.yaml": CONFIG, "staff.csv": STAFF },
      ["import"],
      {
        custom: { legacyId: { type: "string" }, level: { type: "integer" } },
        base: { userType: { type: "string" } },
      },
    );
    expect(end.code).toBe(2);
    expect(org.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    for (const text of ["mail.lower()", "legacyId", "uid", '"migrated"', "`pw`"]) {
      expect(end.stderr).toContain(text);
    }
  });

  it("without a config shows the match by name before anything is sent", async () => {
    const { org, end } = await runWith({ "users.csv": csvOf(people(1)) }, ["import", "users.csv"]);
    expect(end.code).toBe(2);
    expect(org.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(end.stderr).toMatch(/firstName\s+firstName/);
    expect(end.stderr).toMatch(/login\s+email/);
    expect(end.stderr).toContain("passwordHash");
  });

  it("is the one that --config names, and not the one that lies about", async () => {
    const wrong = "scenario: staged\nprofile: {login: nobody}\n";
    const { end } = await runWith(
      { "migration.yaml": wrong, "other.yaml": CONFIG, "staff.csv": STAFF },
      ["check", "--config", "other.yaml", "--json"],
      {
        base: { userType: { type: "string" } },
        custom: { legacyId: { type: "string" }, level: { type: "integer" } },
      },
    );
    expect(end).toMatchObject({ code: 0, summary: { scenario: "passwords", records: 1 } });
  });

  it("may name the scenario, and a flag goes before it", async () => {
    const files = { "migration.yaml": "scenario: staged\n", "users.csv": csvOf(people(1)) };
    const { org } = await runWith(files, ["import", "users.csv", "--yes"]);
    expect(org.requests.at(-1)?.path).toBe("/api/v1/users?activate=false");
    const second = await runWith(files, ["import", "users.csv", "--hook", "--yes"]);
    expect(second.org.created()[0]?.credentials).toEqual({
      password: { hook: { type: "default" } },
    });
  });

  const without = csvOf([
    aPerson(1),
    aPerson(2, { passwordHash: "" }),
    aPerson(3, { passwordHash: "$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g" }),
  ]);
  it.each([
    ["reject", 1, []],
    ["hook", 0, ["/api/v1/users?activate=true", '{"password":{"hook":{"type":"default"}}}']],
    ["staged", 0, ["/api/v1/users?activate=false", undefined]],
  ] as const)(
    "otherwise: %s says what becomes of a password that can't be carried",
    async (otherwise, code, [path, credentials]) => {
      const files = { "migration.yaml": `otherwise: ${otherwise}\n`, "users.csv": without };
      const { org, end } = await runWith(files, ["import", "users.csv", "--yes", "--json"]);
      expect(end.code).toBe(code);
      const others = org.requests.filter(
        ({ method, path: to, body }) =>
          method === "POST" && to.startsWith("/api/v1/users") && !body.includes("person1@"),
      );
      expect(others.map((request) => request.path)).toEqual(path === undefined ? [] : [path, path]);
      for (const { body } of others) {
        const sent = (JSON.parse(body) as { credentials?: unknown }).credentials;
        expect(JSON.stringify(sent)).toBe(credentials);
      }
      expect(end.summary).toMatchObject(
        code === 1 ? { created: 1, rejected: 2 } : { created: 3, rejected: 0 },
      );
    },
  );

  it("otherwise: changed after a run takes up what it rejected", async () => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "users.csv"), without);
    const again = () => runCli(["import", "users.csv", "--yes", "--json"], { cwd, env: org.env });
    expect((await again()).summary).toMatchObject({ created: 1, rejected: 2 });
    writeFileSync(join(cwd, "migration.yaml"), "otherwise: staged\n");
    expect((await again()).summary).toMatchObject({ created: 3, rejected: 0, finished: true });
  });

  it("makes a missing group once, and finds it on the next run", async () => {
    const org = await startEmulatedOrg();
    const cwd = makeTempFolder();
    writeFileSync(join(cwd, "migration.yaml"), 'groups: [Migrated 2026-11, "Quote \\"s\\""]\n');
    writeFileSync(join(cwd, "one.csv"), csvOf([aPerson(1)]));
    writeFileSync(join(cwd, "two.csv"), csvOf([aPerson(2)]));
    for (const name of ["one.csv", "one.csv", "two.csv"]) {
      const end = await runCli(["import", name, "--yes", "--json"], { cwd, env: org.env });
      expect(end).toMatchObject({ code: 0, summary: { created: 1 } });
    }
    expect(org.ledger().requests["POST /api/v1/groups"]).toMatchObject({ requests: 2 });
    const [one, two] = [...org.users()];
    expect(one?.groups).toHaveLength(2);
    expect(two?.groups).toEqual(one?.groups);
  });

  it("makes no group in a dry run, in check, or before the confirmation", async () => {
    const files = { "migration.yaml": "groups: [Migrated]\n", "users.csv": csvOf(people(2)) };
    for (const args of [
      ["import", "users.csv", "--dry-run", "--show-request"],
      ["check", "users.csv"],
      ["import", "users.csv"],
    ]) {
      const { org } = await runWith(files, args);
      expect(org.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    }
  });
});

describe("mistakes in migration.yaml", () => {
  const good = "profile:\n  login: email\n  email: email\n  firstName: firstName\n";
  it.each(
    shortForm(
      [
        ["an unknown key", `${good}groop: [x]\n`, /migration\.yaml:5\b.*groop/],
        [
          "an unknown key deep down",
          "password:\n  hash: passwordHash\n  pepper: x\n",
          /:3\b.*pepper/,
        ],
        ["a value that is none", "scenario: fast\n", /:1\b.*passwords, staged, hook/],
        [
          "an expression that does not compile",
          `${good}  lastName: 'lastName.lower('\n`,
          /:5\b.*lastName/,
        ],
        [
          "a column that is not there",
          `${good}  lastName: lastNmae\n`,
          /:5\b.*lastNmae.*lastName/s,
        ],
        ["YAML that is none", `${good}  lastName: [\n`, /migration\.yaml:[56]\b/],
        [
          "too many groups",
          `groups: [${Array.from({ length: 21 }, (_, i) => `g${i}`).join(", ")}]\n`,
          /:1\b.*20/,
        ],
      ],
      2,
    ),
  )("%s is told with its line", async (_, config, message) => {
    const files = { "migration.yaml": config, "users.csv": csvOf(people(1)) };
    const { org, end, cwd } = await runWith(files, ["import", "users.csv", "--yes", "--json"]);
    expect(end).toMatchObject({ code: 2, error: { code: "CONFIG_INVALID" } });
    expect(end.error?.message).toMatch(message);
    expect(org.created()).toEqual([]);
    expect(readdirSync(cwd)).not.toContain("okta-migrate-runs");
  });

  it("are all told at once", async () => {
    const config = `scenario: fast\n${good}  lastName: lastNmae\ngroop: 1\n`;
    const files = { "migration.yaml": config, "users.csv": csvOf(people(1)) };
    const { end } = await runWith(files, ["check", "users.csv"]);
    expect(end.code).toBe(2);
    expect(end.stderr).toMatch(/:1\b/);
    expect(end.stderr).toMatch(/groop/);
  });

  it("a config that is named and not there is one", async () => {
    const { end } = await runWith({ "users.csv": csvOf(people(1)) }, [
      "import",
      "users.csv",
      "--config",
      "nowhere.yaml",
      "--json",
    ]);
    expect(end).toMatchObject({ code: 2, error: { code: "CONFIG_UNREADABLE" } });
  });

  it("a hash in the config is refused and not repeated", async () => {
    const config = `${good}  lastName: {value: "${OLD_HASH}"}\n`;
    const files = { "migration.yaml": config, "users.csv": csvOf(people(1)) };
    const { end } = await runWith(files, ["import", "users.csv", "--yes", "--json"]);
    expect(end.code).toBe(2);
    expect(end.stdout + end.stderr).not.toContain(OLD_HASH_PARTS.value);
  });
});
