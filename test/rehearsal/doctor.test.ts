import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import {
  type AdminRole,
  type AppSetup,
  type EmulatorOptions,
  NATIVE_APP,
  readAppKeys,
} from "../../src/emulator/index.ts";
import { startConnectProxy } from "../support/connect-proxy.ts";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { csvOf, people } from "../support/invented-people.ts";
import { makeCertificate } from "../support/private-ca.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import { hasTerminal, startOnTerminal } from "../support/run-on-terminal.ts";
import { signInto } from "../support/signed-in.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

/** The checks of a diagnosis: status and words, by id. */
function checksOf(end: CliEnd): Readonly<Record<string, { status: string; message: string }>> {
  const checks = end.lines.filter(({ event }) => event === "check");
  return Object.fromEntries(
    checks.map(({ id, status, message }) => [
      String(id),
      { status: String(status), message: String(message) },
    ]),
  );
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const cwd = makeTempFolder();
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(cwd, name), text, { mode: 0o600 });
  }
  return cwd;
}

/** Everything that was asked of an org. */
function askedOf(org: EmulatedOrg): readonly string[] {
  return org.calls().map(({ method, path }) => `${method} ${path}`);
}

async function startAsApp(setup: Partial<AppSetup>, options: Partial<EmulatorOptions> = {}) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = { format: "pem" } as const;
  const cwd = folderWith({ "key.pem": String(privateKey.export({ ...pem, type: "pkcs8" })) });
  const keys = readAppKeys(String(publicKey.export({ ...pem, type: "spki" })));
  const org = await startEmulatedOrg({
    ...options,
    apps: [{ clientId: "0oaApp", keys, dpop: true, ...setup }],
  });
  const env = {
    OKTA_ORG_URL: org.url,
    OKTA_CLIENT_ID: "0oaApp",
    OKTA_PRIVATE_KEY_FILE: join(cwd, "key.pem"),
  };
  return {
    org,
    cwd,
    run: (...args: readonly string[]) => runCli([...args, "--json"], { cwd, env }),
  };
}

/** Makes a group rule, as an administrator does; active only where it is said. */
async function makeRule(org: EmulatedOrg, name: string, operation?: "activate"): Promise<void> {
  const headers = { authorization: "SSWS emulator-token", "content-type": "application/json" };
  const send = async (path: string, body: unknown): Promise<Readonly<Record<string, unknown>>> => {
    const request = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(org.url + path, request);
    expect(answer.status, path).toBeLessThan(300);
    return answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>);
  };
  const { id: group } = await send("/api/v1/groups", { profile: { name: `Of ${name}` } });
  const { id } = await send("/api/v1/groups/rules", {
    type: "group_rule",
    name,
    conditions: { expression: { value: 'user.title=="Tester"', type: "urn:okta:expression:1.0" } },
    actions: { assignUserToGroups: { groupIds: [group] } },
  });
  if (operation !== undefined) {
    await send(`/api/v1/groups/rules/${String(id)}/lifecycle/${operation}`, {});
  }
}

describe("doctor", () => {
  it("finds a healthy org fit, counts the source, and changes nothing", async () => {
    const org = await startEmulatedOrg({ limit: 600 });
    const cwd = folderWith({ "users.csv": csvOf(people(540)) });
    const before = [...org.users()].length + org.ledger().groups;
    const end = await runCli(["doctor", "users.csv", "--json"], { cwd, env: org.env });
    expect(end.code).toBe(0);
    expect(end.otherLines).toEqual([]);
    const checks = checksOf(end);
    expect(Object.values(checks).filter(({ status }) => status === "fail")).toEqual([]);
    expect(checks["org"]?.message).toContain("an emulator");
    expect(checks["source"]?.message).toContain("540 records");
    expect(checks["time"]?.message).toContain("540 users 1 min 00 s");
    expect(end.lines.at(-1)).toMatchObject({ event: "doctor-ended", org: org.url, fail: 0 });
    expect([...org.users()].length + org.ledger().groups).toBe(before);
    expect(askedOf(org).filter((call) => !call.startsWith("GET "))).toEqual([]);
    expect(end.stdout + end.stderr).not.toContain("emulator-token");
  });

  it("tells people on standard error, without colours", async () => {
    const org = await startEmulatedOrg({
      limit: 600,
      tokenCap: 300,
      automation: { everyoneApps: [{ label: "Payroll", provisions: true }] },
    });
    await makeRule(org, "Sales to CRM", "activate");
    await makeRule(org, "Old rule");
    const cwd = folderWith({});
    const end = await runCli(["doctor", "--users", "270"], { cwd, env: org.env });
    expect([end.code, end.stdout]).toEqual([0, ""]);
    const text = end.stderr.replace(/\s+/g, " ");
    expect(text).toContain("warn token-cap The token may use 50 % of each limit");
    expect(text).toContain(
      "> For the load, raise it in the Admin Console: Security > API > Tokens",
    );
    expect(text).toContain("270 users 1 min 00 s. At twice that: 270 users 30 s.");
    expect(text).toContain("1 active group rule (Sales to CRM)");
    expect(text).toContain("1 application of the group Everyone (Payroll), 1 of them with");
    expect(text).toContain("Nothing is in the way, 2 warnings.");
    expect(end.stderr).not.toContain("\u001b");
  });

  it("tells a service app which scope is missing and that its role may only read", async () => {
    const { org, cwd, run } = await startAsApp({
      scopes: ["okta.users.read", "okta.schemas.read", "okta.roles.read", "okta.appGrants.read"],
      role: "READ_ONLY_ADMIN",
    });
    // What it can't find for want of a scope is told beside all else.
    writeFileSync(join(cwd, "migration.yaml"), "type: partner\n");
    const end = await run("doctor");
    expect(end.code).toBe(1);
    const checks = checksOf(end);
    expect(checks["access"]).toMatchObject({
      status: "pass",
      message: expect.stringContaining("bound to a key (DPoP)") as unknown,
    });
    expect(checks["scopes"]).toMatchObject({
      status: "fail",
      message: expect.stringContaining("okta.users.manage is missing for import") as unknown,
    });
    expect(checks["schema"]?.message).toMatch(/the schema of its type partner is not there/);
    expect(checks["role"]).toMatchObject({
      status: "fail",
      message: expect.stringContaining("may not create users") as unknown,
    });
    const asked = askedOf(org);
    expect(asked).toContain("GET /oauth2/v1/clients/0oaApp/roles");
    expect(asked.filter((call) => !/^GET |^POST \/oauth2\/v1\/token$/.test(call))).toEqual([]);
  });

  it("tells of an API token whose administrator it is, and whether the role will do", async () => {
    const org = await startEmulatedOrg();
    const see = async (tokenRole: AdminRole) => {
      org.change({ tokenRole });
      const end = await runCli(["doctor", "--json"], { cwd: folderWith({}), env: org.env });
      return [end.code, checksOf(end)["role"]] as const;
    };
    const says = (status: string, text: string): object => ({
      status,
      message: expect.stringContaining(text) as unknown,
    });
    const who = "administrator@example.com";
    expect(await see("CUSTOM")).toMatchObject([
      0,
      says("pass", `${who} has the role User creator: users may be created.`),
    ]);
    expect(await see("USER_ADMIN")).toMatchObject([
      0,
      says("skipped", `${who} acts, and may not read admin roles (403)`),
    ]);
  });

  it("tells of a person who has signed in, or whose access token it is, the same", async () => {
    const org = await startEmulatedOrg();
    const { clientId } = NATIVE_APP;
    const cwd = folderWith({});
    const see = async (env: Readonly<Record<string, string>>) => {
      const mine = { OKTA_ORG_URL: org.url, XDG_CONFIG_HOME: cwd, ...env };
      return checksOf(await runCli(["doctor", "--json"], { cwd, env: mine }))["role"];
    };
    const scene = { orgUrl: org.url, clientId, configFolder: cwd };
    await signInto(scene);
    expect(await see({})).toEqual({
      status: "skipped",
      message: expect.stringMatching(
        /^Not known: administrator@example\.com acts, .* okta\.roles\.read, then okta-migrate login/,
      ) as unknown,
    });
    const scopes = ["okta.users.read", "okta.roles.read"];
    const { accessToken } = await signInto({ ...scene, scopes });
    org.changeApp(clientId, { role: "READ_ONLY_ADMIN" });
    const readOnly = {
      status: "fail",
      message: expect.stringMatching(
        /^administrator@example\.com has the role Read Only .*: may not create users\./,
      ) as unknown,
    };
    expect(await see({})).toEqual(readOnly);
    expect(await see({ OKTA_ACCESS_TOKEN: accessToken.reveal() })).toEqual(readOnly);
  });

  it("fails for a clock that is ten minutes off, and gets in all the same", async () => {
    const { run } = await startAsApp({}, { clockSkewMs: 600_000 });
    const end = await run("doctor");
    const checks = checksOf(end);
    expect([end.code, checks["clock"]?.status, checks["access"]?.status]).toEqual([
      1,
      "fail",
      "pass",
    ]);
    expect(checks["clock"]?.message).toMatch(/clock is (?:10 min 00|9 min 59) s behind/);
  });

  it("fails for what the config needs and the org does not have", async () => {
    const org = await startEmulatedOrg();
    const config = [
      "source: nowhere.csv",
      "scenario: hook",
      "profile: {login: mail, email: mail, firstName: given, lastName: family, badge: badge}",
    ];
    const cwd = folderWith({ "migration.yaml": config.join("\n") });
    const end = await runCli(["doctor", "--json"], { cwd, env: org.env });
    const checks = checksOf(end);
    const failed = Object.entries(checks).filter(([, { status }]) => status === "fail");
    expect([end.code, failed.map(([id]) => id)]).toEqual([1, ["schema", "hook", "source"]]);
    expect(checks["schema"]?.message).toContain("badge");
  });

  it("tells of an org that does not answer, and skips the rest", async () => {
    const env = { OKTA_ORG_URL: "http://127.0.0.1:9", OKTA_API_TOKEN: "t" };
    const end = await runCli(["doctor", "--json"], { cwd: folderWith({}), env });
    expect(end.code).toBe(4);
    expect(checksOf(end)["org"]?.status).toBe("fail");
    expect(checksOf(end)["role"]).toEqual({
      status: "skipped",
      message: "Not checked: the org does not answer.",
    });
  });

  it("tells of a token that is refused, and what it knows of the org all the same", async () => {
    const org = await startEmulatedOrg();
    const env = { ...org.env, OKTA_API_TOKEN: "another-token-0123456789" };
    const end = await runCli(["doctor", "--json"], { cwd: folderWith({}), env });
    expect(end.code).toBe(4);
    expect(checksOf(end)).toMatchObject({ org: { status: "pass" }, access: { status: "fail" } });
    expect(end.stdout + end.stderr).not.toContain("another-token");
  });

  it("wants to know the org", async () => {
    const end = await runCli(["doctor", "--json"], { cwd: folderWith({}) });
    expect([end.code, end.error?.code]).toEqual([2, "ORG_URL_MISSING"]);
  });

  it("sees through a proxy who issued the certificate, and that nobody else vouches for it", async () => {
    const cwd = folderWith({});
    const tls = makeCertificate(cwd, "acme.example");
    if (tls === undefined) throw new Error("This test needs openssl.");
    const org = await startEmulatedOrg({ tls });
    const proxy = await startConnectProxy();
    const env = {
      ...org.env,
      OKTA_ORG_URL: `https://acme.example:${new URL(org.url).port}`,
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    };
    const trusting = { ...env, NODE_EXTRA_CA_CERTS: tls.caFile };
    const end = await runCli(["doctor", "--json"], { cwd, env: trusting });
    expect(checksOf(end)["tls"]).toMatchObject({ status: "warn" });
    expect(checksOf(end)["tls"]?.message).toMatch(
      /^TLSv1\.3, through the proxy .* certificate by acme\.example, 1 day left\. .*private authority \(NODE_EXTRA_CA_CERTS is set\)/,
    );
    const refused = await runCli(["doctor", "--json"], { cwd, env });
    expect([refused.code, checksOf(refused)["tls"]?.status]).toEqual([4, "fail"]);
  });

  it.skipIf(!hasTerminal())("fits a narrow terminal", async () => {
    const org = await startEmulatedOrg();
    const running = startOnTerminal(["doctor"], {
      columns: 40,
      cwd: folderWith({}),
      env: { ...org.env, NO_COLOR: "1" },
    });
    const { code, shown } = await running.ended;
    expect(code).toBe(0);
    const screen = shown.slice(shown.indexOf("pass     org"));
    const lines = screen.replace(/\r\n/g, "\n").split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(stripVTControlCharacters(screen)).toBe(screen);
  });
});
