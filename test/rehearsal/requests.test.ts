import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aPerson, csvOf, OLD_HASH, OLD_HASH_PARTS } from "../support/invented-people.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import {
  isUserCreate,
  type ReceivedRequest,
  type StandInOptions,
  type StandInOrg,
  startStandInOrg,
} from "../support/stand-in-org.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const PROFILE =
  '{"login":"jürgen@example.com","firstName":"Jürgen","lastName":"Łąk","email":"jürgen@example.com"}';
const JÜRGEN = aPerson(1, { email: "jürgen@example.com", firstName: "Jürgen", lastName: "Łąk" });
const HOOK_TYPE = "com.okta.user.credential.password.import";
const SSWS = { OKTA_API_TOKEN: "00token" };

interface Sent {
  readonly org: StandInOrg;
  readonly end: CliEnd;
  readonly creates: readonly ReceivedRequest[];
}

async function importInto(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  { env = SSWS, ...options }: StandInOptions & { readonly env?: Record<string, string> } = {},
): Promise<Sent> {
  const org = await startStandInOrg(options);
  const cwd = makeTempFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const end = await runCli(["import", ...args, "--yes", "--json"], {
    cwd,
    env: { OKTA_ORG_URL: org.url, ...env },
  });
  return { org, end, creates: org.requests.filter(isUserCreate) };
}

function expectOneCreate({ end, creates }: Sent, path: string, body: string): void {
  expect(end).toMatchObject({ code: 0, summary: { created: 1, finished: true } });
  expect(creates).toHaveLength(1);
  expect(creates[0]).toMatchObject({ method: "POST", path, body });
  expect(creates[0]?.headers).toMatchObject({
    accept: "application/json",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
  });
}

describe("what goes over the wire", () => {
  it("with passwords: active at once, with the hash as Okta wants it cut", async () => {
    const sent = await importInto({ "users.csv": csvOf([JÜRGEN]) }, ["users.csv"]);
    const hash = `{"algorithm":"BCRYPT","workFactor":4,"salt":"${OLD_HASH_PARTS.salt}","value":"${OLD_HASH_PARTS.value}"}`;
    const body = `{"profile":${PROFILE},"credentials":{"password":{"hash":${hash}}}}`;
    expectOneCreate(sent, "/api/v1/users?activate=true", body);
  });

  it("staged: not active, without credentials", async () => {
    const sent = await importInto({ "users.csv": csvOf([JÜRGEN]) }, ["users.csv", "--staged"]);
    expectOneCreate(sent, "/api/v1/users?activate=false", `{"profile":${PROFILE}}`);
    expect(sent.end.summary?.scenario).toBe("staged");
  });

  it("with the hook: active, the password to be asked for at the first sign-in", async () => {
    const sent = await importInto({ "users.csv": csvOf([JÜRGEN]) }, ["users.csv", "--hook"]);
    const body = `{"profile":${PROFILE},"credentials":{"password":{"hook":{"type":"default"}}}}`;
    expectOneCreate(sent, "/api/v1/users?activate=true", body);
  });

  it.each([
    [{ OKTA_API_TOKEN: "00token" }, "SSWS 00token"],
    [{ OKTA_ACCESS_TOKEN: "eyJ.a.b" }, "Bearer eyJ.a.b"],
  ])("carries the token on every request: %j", async (env, authorization) => {
    const { org } = await importInto({ "users.csv": csvOf([JÜRGEN]) }, ["users.csv"], { env });
    expect(org.requests.length).toBeGreaterThan(1);
    for (const { headers } of org.requests) {
      expect(headers["authorization"]).toBe(authorization);
      expect(headers["user-agent"]).toMatch(/^okta-migrate\/\d+\.\d+\.\d+\b/);
      expect(headers["accept"]).toBe("application/json");
    }
  });

  it.each(["$2a$", "$2b$", "$2y$"])(
    "takes a %s hash and sends salt and value unchanged",
    async (prefix) => {
      const person = aPerson(1, { passwordHash: OLD_HASH.replace("$2b$", prefix) });
      const { org } = await importInto({ "users.csv": csvOf([person]) }, ["users.csv"]);
      expect(org.created()[0]?.credentials).toEqual({
        password: { hash: { algorithm: "BCRYPT", ...OLD_HASH_PARTS } },
      });
    },
  );

  it("puts a bcrypt hash together from columns of its own, and says which factor it took", async () => {
    const { passwordHash: _, ...person } = aPerson(1, {
      salt: OLD_HASH_PARTS.salt,
      hashedPassword: OLD_HASH_PARTS.value,
    });
    const { org, end } = await importInto({ "users.csv": csvOf([person]) }, ["users.csv"]);
    expect(org.created()[0]?.credentials).toEqual({
      password: { hash: { algorithm: "BCRYPT", ...OLD_HASH_PARTS, workFactor: 10 } },
    });
    const plan = end.lines.find(({ event }) => event === "plan");
    expect(JSON.stringify(plan?.["notes"])).toMatch(/work factor.*10/);

    const withFactor = { ...person, workFactor: "12" };
    const second = await importInto({ "users.csv": csvOf([withFactor]) }, ["users.csv"]);
    expect(second.org.created()[0]?.credentials).toMatchObject({
      password: { hash: { workFactor: 12 } },
    });
  });

  it("passes objects in Okta's own shape on, each algorithm as it is documented", async () => {
    const digest = (bytes: number): string => Buffer.alloc(bytes, 7).toString("base64");
    const salt = Buffer.from("salt of 16 bytes").toString("base64");
    const hashes = [
      { algorithm: "BCRYPT", ...OLD_HASH_PARTS },
      { algorithm: "SHA-512", salt, saltOrder: "PREFIX", value: digest(64) },
      { algorithm: "SHA-256", salt, saltOrder: "POSTFIX", value: digest(32) },
      { algorithm: "SHA-1", value: digest(20) },
      { algorithm: "MD5", salt, saltOrder: "POSTFIX", value: digest(16) },
      {
        algorithm: "PBKDF2",
        digestAlgorithm: "SHA512_HMAC",
        iterationCount: 10_000,
        keySize: 64,
        salt,
        value: digest(64),
      },
    ];
    const records = hashes.map((hash, index) => ({ ...aPerson(index + 1), passwordHash: hash }));
    const { org, end } = await importInto({ "users.json": JSON.stringify(records) }, [
      "users.json",
    ]);
    expect(end.summary).toMatchObject({ created: 6, finished: true });
    const sent = org
      .created()
      .toSorted((a, b) => String(a.profile["login"]).localeCompare(String(b.profile["login"])))
      .map(({ credentials }) => credentials);
    expect(sent).toEqual(hashes.map((hash) => ({ password: { hash } })));
  });

  it("types custom attributes as the org's schema says, and joins the groups at the create", async () => {
    const config = `profile:
  login: email
  email: email
  firstName: firstName
  lastName: lastName
  badge: badge
  score: score
  vip: vip
  tags: tags
  sites: '["Berlin", "Graz"]'
groups: [Migrated 2026-11, Everyone new]
`;
    const row = aPerson(1, { badge: "007", score: "1.5", vip: "true", tags: '["a","b;c"]' });
    const { org, end } = await importInto(
      { "users.csv": csvOf([row]), "migration.yaml": config },
      ["users.csv", "--staged"],
      {
        custom: {
          badge: { type: "string" },
          score: { type: "number" },
          vip: { type: "boolean" },
          tags: { type: "array", items: { type: "string" } },
          sites: { type: "array", items: { type: "string" } },
        },
      },
    );
    expect(end.code).toBe(0);
    expect(org.created()[0]).toEqual({
      profile: {
        login: "person1@example.com",
        email: "person1@example.com",
        firstName: "First1",
        lastName: "Last1",
        badge: "007",
        score: 1.5,
        vip: true,
        tags: ["a", "b;c"],
        sites: ["Berlin", "Graz"],
      },
      groupIds: ["00g1", "00g2"],
    });
    const made = org.requests.filter((request) => request.path === "/api/v1/groups");
    expect(made.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { profile: { name: "Migrated 2026-11" } },
      { profile: { name: "Everyone new" } },
    ]);
  });

  it.each([[[]], [["--staged"]], [["--hook"]]])(
    "asks for nothing that makes Okta send a mail: %j",
    async (flags) => {
      const rows = csvOf([aPerson(1), aPerson(2)]);
      const files = { "users.csv": rows, "migration.yaml": "groups: [Migrated]\n" };
      const { org } = await importInto(files, ["users.csv", ...flags]);
      const changing = org.requests.filter(({ method }) => method !== "GET");
      for (const request of changing) {
        expect(request.method).toBe("POST");
        expect(request.path).toMatch(/^\/api\/v1\/(groups|users\?activate=(true|false))$/);
      }
      for (const { path, body } of org.requests) {
        expect(`${path} ${body}`).not.toMatch(/sendEmail|lifecycle|nextLogin|reset_password/i);
      }
    },
  );

  it("has nothing that could be mistaken for a mail-sending activation where a password is missing", async () => {
    const rows = csvOf([aPerson(1), aPerson(2, { passwordHash: "" })]);
    const { org, end } = await importInto({ "users.csv": rows }, ["users.csv"]);
    expect(end.summary).toMatchObject({ created: 1, rejected: 1 });
    // Active without any credential is what Okta mails an activation link for.
    for (const request of org.requests.filter(isUserCreate)) {
      if (request.path.endsWith("activate=true")) expect(request.body).toContain('"credentials"');
    }
  });

  it.each([
    ["none", [], true],
    ["one of another kind", [{ status: "ACTIVE", type: "com.okta.saml.tokens.transform" }], true],
    ["an inactive one", [{ status: "INACTIVE", type: HOOK_TYPE }], true],
    ["an active one", [{ status: "ACTIVE", type: HOOK_TYPE }], false],
  ])("--hook warns of an org without an active import hook: %s", async (_, hooks, isWarned) => {
    const { end } = await importInto({ "users.csv": csvOf([JÜRGEN]) }, ["users.csv", "--hook"], {
      answer: ({ path }) =>
        path.startsWith("/api/v1/inlineHooks") ? { status: 200, body: hooks } : undefined,
    });
    const warnings = end.lines.filter(({ event }) => event === "warning");
    const told = warnings.some(({ message }) =>
      /no active password import hook/.test(String(message)),
    );
    expect(told).toBe(isWarned);
    expect(end.summary?.created).toBe(1);
  });

  it("does not follow a redirect, and takes the token nowhere else", async () => {
    const elsewhere = await startStandInOrg();
    const { end, org } = await importInto({ "users.csv": csvOf([JÜRGEN]) }, ["users.csv"], {
      answer: ({ path }) => ({ status: 302, headers: { location: `${elsewhere.url}${path}` } }),
    });
    expect(end.code).toBe(4);
    expect(org.created()).toHaveLength(0);
    expect(elsewhere.requests).toEqual([]);
  });
});
