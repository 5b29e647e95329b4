import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type Leak, LeakSearch } from "../support/canaries.ts";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { csvOf, people } from "../support/invented-people.ts";
import { runCli, startCli } from "../support/run-cli.ts";
import { hasTerminal, type OnTerminal, startOnTerminal } from "../support/run-on-terminal.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const USERS = 40;
const NEW_TOKEN = "a-new-token-0123456789";
const WRONG_TOKEN = "a-wrong-token-987654321";
const OLD_TOKEN = "emulator-token";
const IMPORT = ["import", "users.csv", "--run", "run", "--max-concurrency", "4", "--yes"];
const QUESTION = /New token for 127\.0\.0\.1:\d+, in the place of OKTA_API_TOKEN \(not shown\):/g;

interface Scene {
  readonly org: EmulatedOrg;
  readonly cwd: string;
}

async function makeScene(): Promise<Scene> {
  const org = await startEmulatedOrg({ latencyMs: 20 });
  const cwd = makeTempFolder();
  writeFileSync(join(cwd, "users.csv"), csvOf(people(USERS)));
  return { org, cwd };
}

/** Resolves when the run is under way, and its token is good no longer. */
async function replaceInMidRun({ org }: Scene): Promise<void> {
  await vi.waitFor(() => expect(org.ledger().users).toBeGreaterThan(5), 20_000);
  org.replaceToken(NEW_TOKEN);
}

function expectEachOnce({ org }: Scene): void {
  const logins = [...org.users()].map(({ login }) => login);
  expect(logins.toSorted()).toEqual(
    people(USERS)
      .map(({ email = "" }) => email)
      .toSorted(),
  );
}

const SEARCH = new LeakSearch({ NEW_TOKEN, WRONG_TOKEN, OLD_TOKEN });

/** Tokens in what the run wrote, and in what was shown. */
function leaksOf({ cwd }: Scene, ...shown: readonly string[]): readonly Leak[] {
  return [...SEARCH.inText("shown", shown.join("\n")), ...SEARCH.inFolder(cwd, ["users.csv"])];
}

const isThere = hasTerminal();
if (!isThere)
  console.warn("Not tested, for want of util-linux's script: a new token on a terminal.");

describe.skipIf(!isThere)("a token that expires in mid-run, on a terminal", () => {
  async function startAndReplace(scene: Scene): Promise<OnTerminal> {
    const { org, cwd } = scene;
    const running = startOnTerminal(IMPORT, { columns: 200, cwd, env: org.env });
    await replaceInMidRun(scene);
    await running.shows(new RegExp(QUESTION.source));
    return running;
  }

  it("is asked for until it is right, and the run goes on: each user once", async () => {
    const scene = await makeScene();
    const running = await startAndReplace(scene);
    const shown = await running.shows(/no longer accepts the API token from OKTA_API_TOKEN/);
    expect(shown).toMatch(/nothing is lost/);
    running.type(`${WRONG_TOKEN}\r`);
    await running.shows(/not taken:.*The org does not accept the API token/s);
    running.type(`${NEW_TOKEN}\r`);
    const end = await running.ended;
    expect(end.code).toBe(0);
    expect(end.shown).toContain("The org accepts the new token; the run goes on.");
    expectEachOnce(scene);
    const summary = JSON.parse(readFileSync(join(scene.cwd, "run", "summary.json"), "utf8"));
    expect(summary).toMatchObject({ created: USERS, existing: 0, failed: 0, finished: true });
    expect(leaksOf(scene, end.shown)).toEqual([]);
  });

  it.each([
    ["Enter alone", "\r", 4],
    ["Ctrl-C", "\u0003", 130],
  ])(
    "%s ends the run, and the same command with a new token completes it",
    async (_what, keys, code) => {
      const scene = await makeScene();
      const { org, cwd } = scene;
      const running = await startAndReplace(scene);
      running.type(keys);
      expect((await running.ended).code).toBe(code);
      const env = { ...org.env, OKTA_API_TOKEN: NEW_TOKEN };
      const again = await runCli([...IMPORT, "--json"], { cwd, env });
      expect([again.code, again.summary]).toMatchObject([
        0,
        { created: USERS, existing: 0, failed: 0 },
      ]);
      expectEachOnce(scene);
    },
  );
});

describe("a token that expires in mid-run, without a terminal", () => {
  it("ends it with what to do, and the same command with a new token completes it", async () => {
    const scene = await makeScene();
    const { org, cwd } = scene;
    const running = startCli([...IMPORT, "--json"], { cwd, env: org.env });
    await replaceInMidRun(scene);
    const end = await running.ended;
    expect(end.code).toBe(4);
    expect(end.error?.message).toMatch(/no longer accepts the API token from OKTA_API_TOKEN: /);
    expect(end.error?.message).toMatch(/revoked.*30 days without use.*deactivated.*E0000011/);
    expect(end.error?.hint).toMatch(/into OKTA_API_TOKEN.*run the same command again to resume/);
    expect(end.summary).toMatchObject({ failed: 0, finished: false });
    const env = { ...org.env, OKTA_API_TOKEN: NEW_TOKEN };
    const again = await runCli([...IMPORT, "--json"], { cwd, env });
    expect([again.code, again.summary]).toMatchObject([
      0,
      { created: USERS, existing: 0, failed: 0, finished: true },
    ]);
    expectEachOnce(scene);
    const shown = [end, again].flatMap(({ stdout, stderr }) => [stdout, stderr]);
    expect(leaksOf(scene, ...shown)).toEqual([]);
  });
});
