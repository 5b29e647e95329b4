import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EmulatedUser } from "../../src/emulator/index.ts";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const HEADER = "mail,given,family,tel,land,status,updated,note";
const ROWS = [
  " Ada.King@Example.com ,Ada,King,0170 1234567,Deutschland,active,2024-01-01,likes <tea>",
  "bob@example.com,Bob,N/A,030 123456,AT,active,2024-01-02,",
  "carl@example.com,Carl,C,hello,Suisse,inactive,2024-01-03,",
  "dora@example.com,Dora,D,+4930123457,DEU,active,2024-01-04,",
  "DORA@example.com,Dora,Dee,030 123457 ext. 9,DEU,active,2024-02-04,",
];
const PROFILE = `source: users.csv
scenario: staged
profile:
  login: mail
  email: mail
  firstName: given
  lastName: {from: family, default: Unknown}
  mobilePhone: tel
  countryCode: land
`;
const CLEAN = `clean:
  "*": [trim, nfc, empty]
  login: lower
  mobilePhone: {phone: DE}
  countryCode: country
`;
const WHERE = `where: status == "active"\n`;
const LATEST = `duplicates: {keep: latest, by: updated}\n`;

function makeFolder(config: string, rows: readonly string[] = ROWS): string {
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, "users.csv"), `${[HEADER, ...rows].join("\n")}\n`, { mode: 0o600 });
  writeFileSync(join(cwd, "migration.yaml"), config);
  return cwd;
}

async function ask(org: EmulatedOrg, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${org.url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: "SSWS emulator-token",
      accept: "application/json",
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

/** By login: several are on their way at once. */
function usersOf(org: EmulatedOrg): readonly EmulatedUser[] {
  return [...org.users()].toSorted((one, other) => (one.login < other.login ? -1 : 1));
}

const IMPORT = ["import", "--run", "run", "--yes", "--json"];

describe("data that is cleaned on its way", () => {
  it("is told rule by rule by check, with counts and examples, and nothing is written but what is asked", async () => {
    const cwd = makeFolder(PROFILE + CLEAN + WHERE + LATEST);
    const end = await runCli(["check", "--run", "run", "--matrix", "--json"], { cwd });
    expect(end.code).toBe(1);
    const plan = end.lines.find(({ event }) => event === "plan");
    expect(plan).toMatchObject({ leftOut: 1, totals: { records: 4, pending: 3, rejected: 1 } });
    const cleaning = plan?.["cleaning"] as readonly Record<string, unknown>[];
    const of = (attribute: string, rule: string): unknown =>
      cleaning.find((line) => line["attribute"] === attribute && line["rule"] === rule);
    expect(of("login", "lower")).toMatchObject({ changed: 2, lossy: 2, unread: 0 });
    expect(of("mobilePhone", "phone DE")).toMatchObject({
      changed: 3,
      lossy: 1,
      examples: [
        { line: 2, before: "0170 1234567", after: "+491701234567", kind: "changed" },
        { line: 3, before: "030 123456", after: "+4930123456" },
        { line: 6, before: "030 123457 ext. 9", after: "+4930123457", kind: "lossy" },
      ],
    });
    expect(of("countryCode", "country")).toMatchObject({ changed: 3 });
    expect(of("firstName", "trim")).toMatchObject({ changed: 0, examples: [] });
    expect(readFileSync(join(cwd, "run/failures.csv"), "utf8")).toMatch(
      /,5,rejected,DUPLICATE_DROPPED,"The record of line 6 has the same login and has a later updated/,
    );
    const matrix = readFileSync(join(cwd, "run/mapping-matrix.csv"), "utf8");
    expect(matrix).toContain(
      'tel,mobilePhone,string,13,100,no,no,direct,"nfc; trim; empty; phone DE",100 %,yes',
    );
    expect(matrix).toContain("note,,,11,,,,not judged,,25 %,no");
    const page = readFileSync(join(cwd, "run/mapping-matrix.html"), "utf8");
    expect(page).toContain('<th scope="row">tel</th>');
    expect(page).not.toMatch(/<script|https?:/);
    for (const name of ["mapping-matrix.csv", "mapping-matrix.html"]) {
      expect(statSync(join(cwd, "run", name)).mode & 0o777).toBe(0o600);
    }
    expect((await runCli(["check", "--run", "run"], { cwd })).stderr).toMatch(
      /phone DE\s+3 changed, 1 with a loss: line 2: "0170 1234567"/,
    );
  });

  it("is not sent with a loss that nobody agreed to; agreed to, the org gets it clean", async () => {
    const org = await startEmulatedOrg();
    const cwd = makeFolder(PROFILE + CLEAN + WHERE + LATEST);
    const refused = await runCli(IMPORT, { cwd, env: org.env });
    expect(refused.code).toBe(2);
    expect(refused.error).toMatchObject({ code: "CONFIRMATION_NEEDED" });
    expect(refused.error?.message).toContain("login lower (2), mobilePhone phone DE (1)");
    expect(org.ledger().usersCreated).toBe(0);

    writeFileSync(
      join(cwd, "migration.yaml"),
      `${PROFILE}${CLEAN}${WHERE}${LATEST}lossy: accept\n`,
    );
    const end = await runCli(IMPORT, { cwd, env: org.env });
    expect(end.summary).toMatchObject({ records: 4, created: 3, rejected: 1, pending: 0 });
    const profiles = usersOf(org).map(({ profile }) => profile);
    expect(profiles).toEqual([
      {
        login: "ada.king@example.com",
        email: "Ada.King@Example.com",
        firstName: "Ada",
        lastName: "King",
        mobilePhone: "+491701234567",
        countryCode: "DE",
      },
      expect.objectContaining({ login: "bob@example.com", lastName: "Unknown", countryCode: "AT" }),
      expect.objectContaining({ login: "dora@example.com", lastName: "Dee", countryCode: "DE" }),
    ]);
  });

  it("goes on in the same run when where lets more records in, and nobody comes twice", async () => {
    const org = await startEmulatedOrg();
    const rows = ROWS.slice(0, 4);
    const cwd = makeFolder(`${PROFILE}where: land == "AT"\n`, rows);
    const first = await runCli([...IMPORT, "--limit", "1"], { cwd, env: org.env });
    expect(first.summary).toMatchObject({ records: 1, created: 1, finished: true, leftOut: 3 });
    const status = await runCli(["status", "run"], { cwd });
    expect(status.stderr).toContain("3 more are left out by where");
    writeFileSync(
      join(cwd, "migration.yaml"),
      `${PROFILE}${CLEAN}lossy: accept\nwhere: given != "Ada"\n`,
    );
    const second = await runCli(IMPORT, { cwd, env: org.env });
    expect(second.summary).toMatchObject({ records: 3, created: 3, rejected: 0, finished: true });
    const { summary } = await runCli(["status", "run", "--json"], { cwd });
    expect(summary).toMatchObject({ records: 3, leftOut: 1 });
    expect(usersOf(org).map(({ login }) => login)).toEqual([
      "bob@example.com",
      "carl@example.com",
      "dora@example.com",
    ]);
  });

  it("from standard input neither waits for the latest nor loses anything unasked", async () => {
    const org = await startEmulatedOrg();
    const input = `${[HEADER, ...ROWS].join("\n")}\n`;
    const latest = makeFolder(`${PROFILE}${LATEST}`);
    const piped = ["import", "-", "--format", "csv", "--run", "run", "--yes", "--json"];
    const one = await runCli(piped, { cwd: latest, env: org.env, input });
    expect(one.error).toMatchObject({ code: "OPTION_INVALID" });
    const losing = makeFolder(PROFILE + CLEAN);
    const two = await runCli(piped, { cwd: losing, env: org.env, input });
    expect(two.error).toMatchObject({ code: "CONFIRMATION_NEEDED" });
    expect(org.ledger().usersCreated).toBe(0);
  });
});

describe("a user type and a realm", () => {
  it("are found by name, judged by the type's own schema, and sent by id", async () => {
    const org = await startEmulatedOrg();
    const partner = (await ask(org, "/api/v1/meta/types/user", {
      name: "partner",
      displayName: "Partner",
    })) as { readonly id: string; readonly _links: { readonly schema: { readonly href: string } } };
    const schemaPath = new URL(partner._links.schema.href).pathname;
    await ask(org, schemaPath, {
      definitions: {
        custom: {
          id: "#custom",
          type: "object",
          properties: { tier: { title: "Tier", type: "string", maxLength: 3 } },
        },
      },
    });
    const realm = (await ask(org, "/api/v1/realms", { profile: { name: "Car Co" } })) as {
      readonly id: string;
    };
    const rows = ["ada@example.com,Ada,King,,,gold,,", "bob@example.com,Bob,Jones,,,A,,"];
    const config = `${PROFILE.replace("  countryCode: land\n", "  tier: status\n")}type: Partner\nrealm: Car Co\n`;
    const cwd = makeFolder(config, rows);
    const doctor = await runCli(["doctor", "--json"], { cwd, env: org.env });
    expect(doctor.lines.find(({ id }) => id === "schema")).toMatchObject({ status: "pass" });
    const end = await runCli(IMPORT, { cwd, env: org.env });
    expect(end.lines.find(({ event }) => event === "plan")).toMatchObject({
      type: "partner",
      realm: "Car Co",
    });
    expect(end.summary).toMatchObject({ records: 2, created: 1, rejected: 1 });
    expect(readFileSync(join(cwd, "run/failures.csv"), "utf8")).toContain("TOO_LONG");
    expect(await ask(org, "/api/v1/users/bob@example.com")).toMatchObject({
      type: { id: partner.id },
      realmId: realm.id,
      profile: { tier: "A" },
    });
  });

  it.each([
    ["type: Partners", "USER_TYPE_UNKNOWN", '"user"'],
    ["realm: Nowhere", "REALM_UNKNOWN", '"Default Realm"'],
  ])(
    "that the org does not have is told before anything is sent: %s",
    async (line, code, known) => {
      const org = await startEmulatedOrg();
      const cwd = makeFolder(`${PROFILE}${line}\n`, ROWS.slice(1, 2));
      const end = await runCli(IMPORT, { cwd, env: org.env });
      expect(end.code).toBe(2);
      expect(end.error).toMatchObject({ code });
      expect(end.error?.message).toContain(known);
      expect(org.ledger().requests["POST /api/v1/users"]).toBeUndefined();
    },
  );
});
