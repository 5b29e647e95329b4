import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { csvOf, OLD_HASH, OLD_PASSWORD, people, type Person } from "../support/invented-people.ts";
import { runCli } from "../support/run-cli.ts";
import { hasTerminal, startOnTerminal } from "../support/run-on-terminal.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

/** The text of an invented export. */
function exportOf(path: string): string {
  return readFileSync(new URL(`../../fixtures/exports/${path}`, import.meta.url), "utf8");
}

const MD5 = "5f4dcc3b5aa765d61d8327deb882cf99";

/** A folder with one file in it. */
function folderWith(name: string, text: string): string {
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, name), text, { mode: 0o600 });
  return cwd;
}

function draftIn(cwd: string): string {
  return readFileSync(join(cwd, "migration.yaml"), "utf8");
}

/** Customers as a German shop would export them. */
function customers(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, at) => ({
    "Kunden-Nr": `${4711 + at}`,
    Vorname: `Käthe${at}`,
    Name: `Müller${at}`,
    "E-Mail-Adresse": `kaethe${at}@example.com`,
    "Telefon (mobil)": `0171 ${5550100 + at}`,
    PLZ: "04103",
    Ort: "Leipzig",
    "Passwort-Hash": OLD_HASH,
    Status: at % 4 === 3 ? "gesperrt" : "aktiv",
  }));
}

describe("init", () => {
  it("drafts what check and import then take, from a table with German names and an org", async () => {
    const org = await startEmulatedOrg();
    const { env } = org;
    const cwd = folderWith("kunden.csv", csvOf(customers(8), ";"));
    const end = await runCli(["init", "kunden.csv", "--attributes", "lacking.json"], { cwd, env });
    expect(end).toMatchObject({ code: 0, stdout: "" });
    expect(draftIn(cwd)).toContain("lastName: Name");
    expect(end.stderr).toContain("k***@e***.com");
    for (const text of [end.stderr, draftIn(cwd)]) {
      expect(text).not.toMatch(/K(ä|\\u)the\d|Müller\d|kaethe\d|5550|4711|Leipzig/);
      expect(text).not.toContain(OLD_HASH.slice(7));
    }
    expect(org.ledger().users).toBe(0);

    // What the org lacks is added as the file says, and its line is taken up.
    const added = await fetch(`${org.url}/api/v1/meta/schemas/user/default`, {
      method: "POST",
      headers: { authorization: "SSWS emulator-token", "content-type": "application/json" },
      body: readFileSync(join(cwd, "lacking.json"), "utf8"),
    });
    expect(added.status).toBe(200);
    const again = await runCli(["init", "kunden.csv", "--force", "--json"], { cwd, env });
    expect(again.lines).toMatchObject([{ event: "mapping-drafted", schema: "org", proposed: [] }]);
    expect(draftIn(cwd)).toContain("\n  kundenNr: Kunden-Nr\n");

    const check = await runCli(["check", "--json"], { cwd, env });
    expect(check).toMatchObject({ code: 0, summary: { records: 8, pending: 8 } });
    const load = await runCli(["import", "--yes", "--json"], { cwd, env });
    expect(load).toMatchObject({ code: 0, summary: { created: 8 } });
    expect(await org.signIn("kaethe3@example.com", OLD_PASSWORD)).toBe(true);
  });

  it("drafts from nested objects on standard input, and check takes them by the draft", async () => {
    const lines = people(3).map(({ email, firstName, lastName, passwordHash }) =>
      JSON.stringify({
        id: email,
        profile: { email, given_name: firstName, "family-name": lastName },
        name: { family: lastName },
        credentials: { hash: passwordHash },
      }),
    );
    const cwd = makeTempFolder();
    const input = `${lines.join("\n")}\n`;
    const end = await runCli(["init", "-", "--json"], { cwd, input });
    expect(end).toMatchObject({ code: 0, otherLines: [] });
    expect(draftIn(cwd)).toContain("source: '-'");
    expect(draftIn(cwd)).toContain("lastName: name.family");
    const check = await runCli(["check", "--json"], { cwd, input });
    expect(check).toMatchObject({ summary: { records: 3 } });
  });

  it.each([
    {
      what: "an export of Keycloak",
      files: { "users.json": exportOf("keycloak/example-realm.json") },
      args: ["users.json", "--preset", "keycloak"],
      drafted: /\n {2}preset: keycloak\n/,
      summary: { records: 3, pending: 2 },
    },
    {
      what: "an export of Auth0 with its hashes apart",
      files: {
        "users.ndjson": exportOf("auth0/users.ndjson"),
        "hashes.ndjson": exportOf("auth0/password-hashes.ndjson"),
      },
      args: ["users.ndjson", "--preset", "auth0", "--hashes", "hashes.ndjson"],
      drafted: /\n {2}hashes: hashes\.ndjson\n/,
      summary: { records: 4, pending: 3 },
    },
    {
      what: "an export of Cognito, which has no hashes",
      files: { "users.json": exportOf("cognito/users.json") },
      args: ["users.json", "--preset", "cognito"],
      drafted: /\nscenario: staged\n/,
      summary: { records: 3, pending: 3 },
    },
    {
      what: "a table with deleted people and countries by name",
      files: {
        "users.csv": csvOf(
          people(10).map((person, at) => ({
            ...person,
            country: at % 2 === 0 ? "Deutschland" : "Poland",
            deleted_at: at === 9 ? "2026-01-31" : "",
          })),
        ),
      },
      args: ["users.csv"],
      drafted: /\nclean:\n[^]*\n {2}countryCode: country\n[^]*\nwhere: 'deleted_at == ""'\n/,
      summary: { records: 9, pending: 9 },
    },
    {
      what: "LDIF",
      files: {
        "people.ldif": [
          "dn: uid=ada,dc=example,dc=com",
          "mail: ada@example.com",
          "givenName: Ada",
          "sn: Byron",
          `userPassword: {CRYPT}${OLD_HASH}`,
          "",
        ].join("\n"),
      },
      args: ["people.ldif"],
      drafted: /lastName: sn\n/,
      summary: { records: 1, pending: 1 },
    },
  ])("drafts what check takes as it stands, from $what", async (given) => {
    const cwd = makeTempFolder();
    for (const [name, text] of Object.entries(given.files)) {
      writeFileSync(join(cwd, name), text, { mode: 0o600 });
    }
    const end = await runCli(["init", ...given.args, "--json"], { cwd });
    expect(end).toMatchObject({ code: 0, otherLines: [] });
    expect(end.lines.map(({ event }) => event)).toEqual(["mapping-drafted"]);
    expect(draftIn(cwd)).toMatch(given.drafted);
    const check = await runCli(["check", "--json"], { cwd });
    expect(check.error).toBeUndefined();
    expect(check).toMatchObject({ summary: given.summary });
  });

  it("drafts what check takes as it stands, from a table in a SQLite file", async () => {
    const cwd = makeTempFolder();
    const database = new Database(join(cwd, "shop.sqlite"));
    database.exec(
      "CREATE TABLE customers (id INTEGER PRIMARY KEY, mail TEXT, given TEXT, family TEXT, pw TEXT);" +
        `INSERT INTO customers VALUES (1, 'ada@example.com', 'Ada', 'Byron', '${OLD_HASH}')`,
    );
    database.close();
    const args = ["shop.sqlite", "--table", "customers", "--key", "id"];
    expect((await runCli(["init", ...args], { cwd })).code).toBe(0);
    expect(draftIn(cwd)).toContain("\n  table: customers\n  key: id\n");
    const check = await runCli(["check", "--json"], { cwd });
    expect(check).toMatchObject({ code: 0, summary: { records: 1, pending: 1 } });
  });

  it("writes over no file unless it is told to, and reads nothing before it knows", async () => {
    const cwd = folderWith("users.csv", csvOf(people(2)));
    writeFileSync(join(cwd, "migration.yaml"), "groups: [Mine]\n");
    const refused = await runCli(["init", "users.csv", "--json"], { cwd });
    expect(refused).toMatchObject({ code: 2, error: { code: "FILE_EXISTS" } });
    expect(refused.error?.hint).toMatch(/--out.*--force/);
    expect(draftIn(cwd)).toBe("groups: [Mine]\n");
    expect((await runCli(["init", "users.csv", "--force"], { cwd })).code).toBe(0);
    expect(draftIn(cwd)).toContain("login: email");
  });

  it("leaves open what hashes are that can be several things, and check stops there", async () => {
    const cwd = folderWith("users.csv", csvOf(people(3, { passwordHash: MD5 })));
    const end = await runCli(["init", "users.csv", "--yes", "--json"], { cwd });
    expect(end.code).toBe(0);
    const [draft] = end.lines;
    expect(draft?.["open"]).toMatchObject([{ kind: "format" }]);
    expect(draftIn(cwd)).toMatch(/Undecided[^]*#\s+format: md5\n/);
    expect(`${end.stdout}${draftIn(cwd)}`).not.toContain(MD5);
    const check = await runCli(["check", "--json"], { cwd });
    expect(check).toMatchObject({ code: 2, error: { code: "PASSWORD_FORMAT_AMBIGUOUS" } });
  });

  it("looks at the first records only where that is asked, and says so", async () => {
    const cwd = folderWith("users.csv", csvOf(people(30)));
    const end = await runCli(["init", "users.csv", "--look-at", "10", "--out", "-"], { cwd });
    expect(end.code).toBe(0);
    expect(end.stdout).toContain("looked at the first 10 records");
    expect(existsSync(join(cwd, "migration.yaml"))).toBe(false);
  });

  it.each([
    [["init"], "", 2, "SOURCE_MISSING"],
    [["init", "users.csv"], "a@example.com;Ada\nb@example.com;Bob\n", 3, "SOURCE_HEADER"],
  ])("stops where it can't do what is asked: %j", async (args, table, code, error) => {
    const cwd = folderWith("users.csv", table);
    const end = await runCli([...args, "--json"], { cwd });
    expect(end).toMatchObject({ code, error: { code: error } });
  });
});

const isThere = hasTerminal();
if (!isThere) console.warn("Not tested, for want of util-linux's script: what init asks.");

describe.skipIf(!isThere)("init on a terminal", () => {
  it("asks which column is the login, and how people get in, and drafts by the answers", async () => {
    const rows = people(4).map(({ email, firstName, lastName }, at) => ({
      username: `user${at}`,
      email: email ?? "",
      firstName: firstName ?? "",
      lastName: lastName ?? "",
    }));
    const cwd = folderWith("users.csv", csvOf(rows));
    const running = startOnTerminal(["init", "users.csv"], { columns: 100, cwd });
    await running.shows(/Which column is the login/);
    running.type("\u001b[B\r");
    await running.shows(/How are people to get in/);
    running.type("\u001b[B\r");
    const { code, shown } = await running.ended;
    expect(code).toBe(0);
    expect(stripVTControlCharacters(shown)).toContain("Drafted: migration.yaml");
    expect(draftIn(cwd)).toMatch(/^ {2}login: username$/m);
    expect(draftIn(cwd)).toContain("scenario: hook");
  });

  it("asks whether those who are blocked are moved, and leaves them out by the answer", async () => {
    const rows = people(6).map((person, at) => ({ ...person, blocked: at === 0 ? "1" : "0" }));
    const cwd = folderWith("users.csv", csvOf(rows));
    const running = startOnTerminal(["init", "users.csv"], { columns: 100, cwd });
    await running.shows(/blocked: it may say who is blocked[^]*What becomes of them/);
    running.type("\r");
    expect((await running.ended).code).toBe(0);
    expect(draftIn(cwd)).toContain(`\nwhere: 'string(blocked) != "1"'\n`);
  });

  it("writes nothing where a question is left by Ctrl-C", async () => {
    const cwd = folderWith("users.csv", csvOf(people(3, { passwordHash: MD5 })));
    const running = startOnTerminal(["init", "users.csv"], { columns: 100, cwd });
    await running.shows(/What are the hashes in/);
    running.type("\u0003");
    expect((await running.ended).code).toBe(130);
    expect(existsSync(join(cwd, "migration.yaml"))).toBe(false);
  });
});
