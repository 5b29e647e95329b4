import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Agent, request } from "undici";
import { describe, expect, it } from "vitest";
import { HAS_OPENSSL, makeCertificate } from "../support/private-ca.ts";
import { bareEnvironment, startCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const SCRIPT = fileURLToPath(new URL("../../scripts/guide-import.mjs", import.meta.url));
const LOGINS = ["ines.moreau", "bo.lind", "aiko.mori"].map((name) => `${name}@example.com`);
const CREATED = LOGINS.map((login) => `created ${login}`);

/** An emulator of the command line over TLS, and what the guide's script does with it. */
async function startOrg() {
  const made = makeCertificate(makeTempFolder(), "127.0.0.1", "localhost");
  const { caFile = "", keyFile = "" } = made ?? {};
  const tls = ["--tls-cert", caFile, "--tls-key", keyFile];
  const emulator = startCli(["emulator", "--json", ...tls]);
  const { url } = await emulator.line(({ event }) => event === "listening");
  const dispatcher = new Agent({ connect: { ca: readFileSync(caFile) } });
  const ask = async (method: "GET" | "POST", path: string): Promise<string> => {
    const { body } = await request(`${String(url)}/__emulator/${path}`, { method, dispatcher });
    return body.text();
  };
  return {
    port: new URL(String(url)).port,
    run: (orgUrl: string, ...flags: string[]) => runScript(flags, orgUrl, caFile),
    users: async () => {
      const lines = (await ask("GET", "users")).trim().split("\n");
      return lines.map((line) => JSON.parse(line) as { login: string; status: string });
    },
    state: async () => JSON.parse(await ask("GET", "state")) as { maxInFlight: number },
    reset: () => ask("POST", "reset"),
    end: async () => {
      await dispatcher.close();
      emulator.child.kill("SIGTERM");
      await emulator.ended;
    },
  };
}

function runScript(flags: readonly string[], orgUrl: string, caFile: string) {
  const env = { OKTA_ORG_URL: orgUrl, OKTA_ACCESS_TOKEN: "emulator-token" };
  const child = spawn(process.execPath, [SCRIPT, ...flags], {
    env: bareEnvironment({ ...env, NODE_EXTRA_CA_CERTS: caFile }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  return new Promise<{ code: number | null; lines: readonly string[] }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, lines: said.trim().split("\n") }));
  });
}

describe.runIf(HAS_OPENSSL)("the script of Okta's guide against the emulator", () => {
  it("creates its three users in each scenario, however the org is written", async () => {
    const org = await startOrg();
    const seen: (readonly [string, readonly string[]])[] = [];
    for (const [orgUrl, ...flags] of [
      [`https://127.0.0.1:${org.port}`],
      [`https://localhost:${org.port}/`, "--staged"],
      [`127.0.0.1:${org.port}`, "--hook"],
      [`http://127.0.0.1:${org.port}/`, "--staged", "--hook"],
    ] as const) {
      expect(await org.run(orgUrl, ...flags)).toEqual({ code: 0, lines: CREATED });
      const users = await org.users();
      expect(users.map(({ login }) => login)).toEqual(LOGINS);
      seen.push([flags.join(" "), users.map(({ status }) => status)]);
      await org.reset();
    }
    expect(seen).toEqual([
      ["", ["ACTIVE", "ACTIVE", "ACTIVE"]],
      ["--staged", ["STAGED", "STAGED", "STAGED"]],
      ["--hook", ["ACTIVE", "ACTIVE", "ACTIVE"]],
      ["--staged --hook", ["ACTIVE", "ACTIVE", "ACTIVE"]],
    ]);
    await org.end();
  });

  it("run twice is told that its users are there, one after the other", async () => {
    const org = await startOrg();
    await org.run(`https://127.0.0.1:${org.port}`);
    const lines = LOGINS.map((login) => `failed ${login}: Api validation failed: login`);
    expect(await org.run(`https://127.0.0.1:${org.port}`)).toEqual({ code: 0, lines });
    expect(await org.users()).toHaveLength(3);
    expect((await org.state()).maxInFlight).toBe(1);
    await org.end();
  });
});

it.runIf(!HAS_OPENSSL)("was not tested, for want of openssl", () => {
  console.warn("Not tested, for want of openssl: the script of Okta's guide.");
});
