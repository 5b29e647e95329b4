import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startConnectProxy } from "../support/connect-proxy.ts";
import { startEmulatedOrg } from "../support/emulated-org.ts";
import { makeCertificate } from "../support/private-ca.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { csvOf, people } from "../support/invented-people.ts";

const HOST = "acme.example";
const IMPORT = ["import", "users.csv", "--staged", "--yes", "--json"];
const PASSWORD = "pa55word-of-the-proxy";

/** A folder with people, and an org that is known by a name which only the proxy resolves. */
async function makeScene() {
  const folder = makeTempFolder();
  writeFileSync(join(folder, "users.csv"), csvOf(people(30)));
  const tls = makeCertificate(folder, HOST);
  if (tls === undefined) throw new Error("This test needs openssl.");
  const org = await startEmulatedOrg({ tls });
  const { port } = new URL(org.url);
  const env = { ...org.env, OKTA_ORG_URL: `https://${HOST}:${port}` };
  return {
    org,
    port,
    caFile: tls.caFile,
    run: (more: Readonly<Record<string, string>>) =>
      runCli(IMPORT, { cwd: folder, env: { ...env, ...more } }),
  };
}

describe("the way out", () => {
  it("leads through a proxy with a password, to an org of a private authority", async () => {
    const { run, org, port, caFile } = await makeScene();
    const proxy = await startConnectProxy(`me:${PASSWORD}`);
    const end = await run({
      HTTPS_PROXY: `http://me:${PASSWORD}@127.0.0.1:${proxy.port}`,
      NO_PROXY: "example.com,.other.example",
      NODE_EXTRA_CA_CERTS: caFile,
      OKTA_MIGRATE_LOG: "trace",
    });
    expect(end.code).toBe(0);
    expect(end.summary).toMatchObject({ created: 30, rateLimited: 0 });
    expect(org.ledger().users).toBe(30);
    expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:${port}`]));
    // Connections are kept: there are fewer of them than requests.
    expect(proxy.asked.length).toBeLessThan(Number(end.summary?.requests));
    expect(end.stdout + end.stderr).not.toContain(PASSWORD);
  });

  it("is told when the proxy refuses, with what to do and without its password", async () => {
    const { run, caFile } = await makeScene();
    const proxy = await startConnectProxy("me:another");
    const end = await run({
      HTTPS_PROXY: `http://me:${PASSWORD}@127.0.0.1:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: caFile,
    });
    expect(end.code).toBe(4);
    expect(end.error?.code).toBe("ORG_UNREACHABLE");
    expect(end.error?.message).toContain("proxy does not let us through (407)");
    expect(end.error?.hint).toContain("HTTPS_PROXY=http://user:password@");
    expect(end.stdout + end.stderr).not.toContain(PASSWORD);
  });

  it("is told when the proxy is not there", async () => {
    const { run } = await makeScene();
    const end = await run({ HTTPS_PROXY: "http://127.0.0.1:9" });
    expect(end.code).toBe(4);
    expect(end.error?.message).toContain("the proxy in between can't be reached");
    expect(end.error?.hint).not.toContain("OKTA_ORG_URL");
    expect(end.error?.hint).toContain("NO_PROXY");
  });

  it("goes past the proxy where NO_PROXY says so", async () => {
    const { run } = await makeScene();
    const proxy = await startConnectProxy();
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: `.${HOST}` };
    const end = await run(env);
    expect(end.error).toMatchObject({ code: "ORG_UNREACHABLE" });
    expect(proxy.asked).toEqual([]);
  });

  it("does not lead through a proxy to this machine", async () => {
    const folder = makeTempFolder();
    writeFileSync(join(folder, "users.csv"), csvOf(people(2)));
    const org = await startEmulatedOrg();
    const env = { ...org.env, HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" };
    expect((await runCli(IMPORT, { cwd: folder, env })).code).toBe(0);
    expect(org.ledger().users).toBe(2);
  });

  it("does not end at a server whose authority nobody vouches for", async () => {
    const { run } = await makeScene();
    const proxy = await startConnectProxy();
    const end = await run({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    expect(end.error?.message).toContain("TLS certificate was not accepted");
    expect(end.error?.hint).toContain("NODE_EXTRA_CA_CERTS");
  });
});
