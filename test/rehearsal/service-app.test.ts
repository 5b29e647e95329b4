import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AppSetup, readAppKeys } from "../../src/emulator/index.ts";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { type CliEnd, runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const USERS = ["login,email,firstName,lastName"].concat(
  Array.from({ length: 30 }, (_unused, at) => `u${at}@example.com,u${at}@example.com,U,Nr${at}`),
);

interface AppOfOurs {
  readonly org: EmulatedOrg;
  readonly cwd: string;
  readonly run: (...args: readonly string[]) => Promise<CliEnd>;
}

async function startAsApp(settings: Partial<AppSetup>): Promise<AppOfOurs> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const cwd = makeTempFolder();
  const pem = { format: "pem" } as const;
  writeFileSync(join(cwd, "key.pem"), privateKey.export({ ...pem, type: "pkcs8" }), {
    mode: 0o600,
  });
  writeFileSync(join(cwd, "users.csv"), `${USERS.join("\n")}\n`);
  const keys = readAppKeys(String(publicKey.export({ ...pem, type: "spki" })));
  const org = await startEmulatedOrg({ apps: [{ clientId: "0oaApp", keys, ...settings }] });
  const env = {
    OKTA_ORG_URL: org.url,
    OKTA_CLIENT_ID: "0oaApp",
    OKTA_PRIVATE_KEY_FILE: join(cwd, "key.pem"),
  };
  return { org, cwd, run: (...args) => runCli([...args, "--json", "--yes"], { cwd, env }) };
}

describe.each([
  ["a service app whose tokens are bound to a key", true],
  ["a service app with bearer tokens", false],
])("%s", (_what, dpop) => {
  it("creates users, and looks logins up whose paths have to be encoded", async () => {
    const { org, run } = await startAsApp({ dpop });
    const first = await run("import", "users.csv", "--staged");
    expect([first.code, first.summary]).toMatchObject([0, { created: 30, rateLimited: 0 }]);
    const again = await run(
      "import",
      "users.csv",
      "--staged",
      "--run",
      "b",
      "--on-existing",
      "update",
    );
    expect([again.code, again.summary]).toMatchObject([0, { updated: 30 }]);
    expect([...org.users()].length).toBe(30);
  });

  it("gets another token when the org ends the one it has", async () => {
    const { org, run } = await startAsApp({ dpop });
    const running = run("import", "users.csv", "--staged", "--max-concurrency", "2");
    await expect.poll(() => [...org.users()].length).toBeGreaterThan(2);
    org.endTokens("expired");
    const { code, summary } = await running;
    expect([code, summary]).toMatchObject([0, { created: 30, failed: 0 }]);
  });

  it("that has no admin role is told what to click", async () => {
    const { org, run } = await startAsApp({ dpop, role: "none" });
    const { code, stdout } = await run("import", "users.csv", "--staged");
    expect(code).toBe(4);
    expect(stdout).toMatch(/admin/i);
    expect([...org.users()].length).toBe(0);
  });

  it("without the scope to manage users is told which one", async () => {
    const { run } = await startAsApp({ dpop, scopes: ["okta.users.read"] });
    const { code, stdout } = await run("import", "users.csv", "--staged");
    expect(code).toBe(4);
    expect(stdout).toContain("okta.users.manage");
  });
});

it("a service app that gets no further token in mid-run stops, and the same command goes on", async () => {
  const { org, run } = await startAsApp({ dpop: true });
  const args = ["import", "users.csv", "--staged", "--max-concurrency", "2"];
  const running = run(...args);
  await expect.poll(() => [...org.users()].length).toBeGreaterThan(2);
  org.changeApp("0oaApp", { scopes: ["okta.users.read"] });
  org.endTokens("revoked");
  const end = await running;
  expect([end.code, end.error]).toMatchObject([4, { code: "ORG_SCOPE_NOT_GRANTED" }]);
  expect(end.error?.hint).toMatch(/Okta API Scopes > Grant.*run the same command again/);
  expect(end.summary).toMatchObject({ failed: 0, finished: false });
  org.changeApp("0oaApp", { scopes: "all" });
  const again = await run(...args);
  expect([again.code, again.summary]).toMatchObject([0, { created: 30, existing: 0 }]);
  expect([...org.users()].length).toBe(30);
});
