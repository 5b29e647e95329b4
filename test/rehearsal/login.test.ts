import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type EmulatorOptions, NATIVE_APP } from "../../src/emulator/index.ts";
import type { KeptSignIn } from "../../src/okta/index.ts";
import { systemClock } from "../../src/platform/index.ts";
import { startStandIn } from "../contract/okta-client-stand-in.ts";
import { CLIENT_ID, PersonServer } from "../contract/person-stand-in.ts";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { csvOf, people } from "../support/invented-people.ts";
import {
  type CliEnd,
  type CliOptions,
  runCli,
  type RunningCli,
  startCli,
} from "../support/run-cli.ts";
import { signInto } from "../support/signed-in.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const { clientId } = NATIVE_APP;
const IMPORT = ["import", "users.csv", "--staged", "--json", "--yes"];

interface Desk {
  readonly org: EmulatedOrg;
  /** The folder of sign-ins. */
  readonly folder: string;
  readonly run: (args: readonly string[], env?: CliOptions["env"]) => Promise<CliEnd>;
  readonly start: (args: readonly string[]) => RunningCli;
}

/** Somebody with a list of users, and no token. */
async function sitDown(options: Omit<EmulatorOptions, "clock"> = {}): Promise<Desk> {
  const org = await startEmulatedOrg({ deviceIntervalSeconds: 1, ...options });
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, "users.csv"), csvOf(people(5)));
  const env = {
    OKTA_ORG_URL: org.url,
    OKTA_CLIENT_ID: clientId,
    XDG_CONFIG_HOME: join(cwd, "config"),
  };
  return {
    org,
    folder: join(cwd, "config", "okta-migrate"),
    run: (args, more) => runCli(args, { cwd, env: { ...env, ...more } }),
    start: (args) => startCli(args, { cwd, env }),
  };
}

function fileIn(folder: string): string {
  const [name = "none"] = readdirSync(folder);
  return join(folder, name);
}

interface KeptTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

function tokensIn(folder: string): KeptTokens {
  return JSON.parse(readFileSync(fileIn(folder), "utf8")) as KeptTokens;
}

/** Signs in beforehand. */
function signInBefore(org: EmulatedOrg, folder: string): Promise<KeptSignIn> {
  return signInto({ orgUrl: org.url, clientId, configFolder: dirname(folder) });
}

async function isActive(org: EmulatedOrg, token: string): Promise<unknown> {
  const body = new URLSearchParams({ client_id: clientId, token });
  const answer = await fetch(`${org.url}/oauth2/v1/introspect`, { method: "POST", body });
  return ((await answer.json()) as { readonly active?: boolean }).active;
}

function revocationsOf(org: EmulatedOrg): number {
  return org.calls().filter(({ path }) => path === "/oauth2/v1/revoke").length;
}

describe("somebody who signs in", () => {
  it.each([
    ["tokens are bound to a key", true],
    ["tokens are bearer tokens", false],
  ])(
    "by a code imports users without a token in the environment, where %s",
    async (_what, dpop) => {
      const { org, folder, run, start } = await sitDown({ signInDelayMs: 3_600_000 });
      org.changeApp(clientId, { dpop });
      const login = start(["login", "--json"]);
      const shown = await login.line(({ event }) => event === "verification");
      expect(shown).toMatchObject({ uri: `${org.url}/activate`, lifetimeMs: 600_000 });
      await fetch(`${org.url}/activate?user_code=${String(shown["userCode"])}`);
      const end = await login.ended;
      expect(end.code).toBe(0);
      expect(end.lines.at(-1)).toMatchObject({
        event: "signed-in",
        login: "administrator@example.com",
        renewable: true,
        keptIn: "file",
      });
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(fileIn(folder)).mode & 0o777).toBe(0o600);

      const before = tokensIn(folder);
      org.endTokens("expired");
      const imported = await run(IMPORT);
      expect(imported.summary).toMatchObject({ created: 5, failed: 0 });
      expect(imported.lines.find(({ event }) => event === "plan")?.["access"]).toBe(
        "signed in as administrator@example.com by login",
      );
      const after = tokensIn(folder);
      expect(after.accessToken).not.toBe(before.accessToken);
      expect(await isActive(org, after.accessToken)).toBe(true);
      const all = [end, imported].map(({ stdout, stderr }) => stdout + stderr).join("");
      for (const { accessToken, refreshToken } of [before, after]) {
        expect(all).not.toContain(accessToken);
        expect(all).not.toContain(refreshToken);
      }
    },
  );

  it("learns that it can't be kept before it is sent to the org", async () => {
    const { org, run, folder } = await sitDown();
    writeFileSync(dirname(folder), "a file in the place of the folder");
    for (const flags of [[], ["--browser"]]) {
      const { code, error } = await run(["login", ...flags, "--json"]);
      expect([code, error?.code]).toEqual([2, "SIGN_IN_UNWRITABLE"]);
    }
    expect(org.calls()).toEqual([]);
  });

  it("is signed out again where the sign-in can't be kept any more", async () => {
    const { org, start, folder } = await sitDown({ signInDelayMs: 3_600_000 });
    const login = start(["login", "--json"]);
    const shown = await login.line(({ event }) => event === "verification");
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "a file in the place of the folder");
    await fetch(`${org.url}/activate?user_code=${String(shown["userCode"])}`);
    const { code, error } = await login.ended;
    expect([code, error?.code]).toEqual([2, "SIGN_IN_UNWRITABLE"]);
    expect(revocationsOf(org)).toBe(2);
  });

  it("and stops while the org grants tokens leaves none of them behind", async () => {
    const server = new PersonServer(() => standIn.url, { nowMs: () => systemClock.wallNow() });
    const standIn = await startStandIn(server.reply);
    const config = makeTempFolder();
    const env = { OKTA_ORG_URL: standIn.url, XDG_CONFIG_HOME: config };
    const login = startCli(["login", "--client-id", CLIENT_ID], { env });
    server.whenAsked = async () => {
      login.child.kill("SIGINT");
      await login.stderr(/Stopping: nobody is signed in/);
    };
    const { code, stderr } = await login.ended;
    expect([code, stderr]).toEqual([130, expect.stringContaining("has revoked them")]);
    expect([server.forms.length, server.revoked.length]).toEqual([1, 2]);
    expect(readdirSync(join(config, "okta-migrate"))).toEqual([]);
  });

  it("with a browser is sent back to the terminal", async () => {
    const { org, folder, start } = await sitDown();
    const login = start(["login", "--browser", "--json"]);
    const { uri } = await login.line(({ event }) => event === "verification");
    const callback = new URL(new URL(String(uri)).searchParams.get("redirect_uri") ?? "");
    expect(callback.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    // Another page of the same browser knows no state, and does no harm.
    expect((await fetch(`${callback.href}?code=forged&state=forged`)).status).toBe(400);
    expect((await fetch(`${callback.origin}/other`)).status).toBe(404);
    const page = await fetch(String(uri));
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining("Go on in the terminal"),
    ]);
    expect((await login.ended).code).toBe(0);
    expect(await isActive(org, tokensIn(folder).accessToken)).toBe(true);
  });

  it("asks in the browser for less where the org refuses what doctor alone would read", async () => {
    const { org, folder, start } = await sitDown({ missingScopes: "refuse" });
    const granted = ["okta.users.manage", "okta.users.read", "okta.schemas.read"];
    org.changeApp(clientId, { scopes: granted });
    const login = start(["login", "--browser", "--json"]);
    const asked: string[] = [];
    for (let page = 1; page <= 3; page += 1) {
      const shown = login.line(
        ({ event, uri }) => event === "verification" && !asked.includes(String(uri)),
      );
      const address = String((await shown)["uri"]);
      asked.push(address);
      await fetch(address);
    }
    const { code, lines } = await login.ended;
    expect(code).toBe(0);
    const scopes = asked.map((uri) => new URL(uri).searchParams.get("scope") ?? "");
    expect(scopes.map((scope) => scope.includes("okta.roles.read"))).toEqual([true, false, false]);
    expect(lines.filter(({ event }) => event === "signed-in")).toMatchObject([
      { scopes: expect.arrayContaining(granted) as unknown },
    ]);
    expect(await isActive(org, tokensIn(folder).accessToken)).toBe(true);
  });

  it("and is refused is told what to do, and nothing is kept", async () => {
    const { folder, run, start } = await sitDown({ signIn: "deny" });
    const byCode = await run(["login", "--json"]);
    expect([byCode.code, byCode.error]).toMatchObject([
      4,
      { code: "SIGN_IN_DENIED", hint: expect.stringContaining("okta-migrate login") },
    ]);
    const login = start(["login", "--browser"]);
    const shown = await login.stderr(/http:\S+\/authorize\?\S+\n/);
    const page = await fetch(/http:\S+\/authorize\?\S+/.exec(shown)?.[0] ?? "");
    expect(await page.text()).toContain("You are not signed in.");
    const byBrowser = await login.ended;
    expect([byBrowser.code, byBrowser.stderr]).toEqual([4, expect.stringContaining("denied")]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("and thinks better of it ends with Ctrl-C", async () => {
    const { folder, start } = await sitDown({ signInDelayMs: 3_600_000 });
    for (const flags of [[], ["--browser"]]) {
      const login = start(["login", ...flags]);
      await login.stderr(/Waiting for up to/);
      login.child.kill("SIGINT");
      expect((await login.ended).code).toBe(130);
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("somebody who is signed in", () => {
  it("signs out: the org has revoked the tokens, and they are gone", async () => {
    const { org, folder, run } = await sitDown();
    const { accessToken, refreshToken } = await signInBefore(org, folder);
    const { code, lines } = await run(["logout", "--json"]);
    expect([code, lines]).toEqual([0, [{ event: "signed-out", org: org.url, revoked: true }]]);
    expect(await isActive(org, accessToken.reveal())).toBe(false);
    expect(await isActive(org, refreshToken?.reveal() ?? "")).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    const again = await run(["logout"]);
    expect([again.code, again.stderr]).toEqual([
      0,
      expect.stringContaining("Nobody was signed in"),
    ]);
  });

  it("signs out where the org is gone, and is told that it does not know", async () => {
    const { org, folder, run } = await sitDown();
    await signInBefore(org, folder);
    await org.close();
    const { code, stderr } = await run(["logout", "--all"], { OKTA_ORG_URL: undefined });
    expect([code, stderr]).toEqual([0, expect.stringContaining("could not be told")]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is told to sign in again when the org does not renew it, and resumes then", async () => {
    const { org, folder, run } = await sitDown();
    await signInBefore(org, folder);
    org.endTokens("revoked");
    const stopped = await run(IMPORT);
    expect([stopped.code, stopped.error]).toMatchObject([
      4,
      { code: "SIGN_IN_ENDED", hint: expect.stringContaining("okta-migrate login") },
    ]);
    await signInBefore(org, folder);
    expect((await run(IMPORT)).summary).toMatchObject({ created: 5, finished: true });
  });
});
