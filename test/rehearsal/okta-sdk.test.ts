import { spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type AppSetup, readAppKeys } from "../../src/emulator/index.ts";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { bareEnvironment } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const SDK = fileURLToPath(new URL("../../scripts/okta-sdk.mjs", import.meta.url));
const CLIENT_ID = "0oaservice0000000001";
const LOGIN = "ines.moreau@example.com";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { format: "pem", type: "spki" },
  privateKeyEncoding: { format: "pem", type: "pkcs1" },
});

/** A certificate for this machine; undefined where there is no `openssl`. */
function makeCertificate(): { readonly cert: string; readonly key: string } | undefined {
  const args =
    "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout - -out -";
  const { status, stdout } = spawnSync("openssl", args.split(" "), { encoding: "utf8" });
  if (status !== 0) return undefined;
  const partOf = (kind: string): string =>
    new RegExp(`-----BEGIN ${kind}-----[^]*?-----END ${kind}-----`).exec(stdout)?.[0] ?? "";
  return { cert: partOf("CERTIFICATE"), key: partOf("PRIVATE KEY") };
}

const certificate = makeCertificate();

async function startOrg(app: Partial<AppSetup>): Promise<EmulatedOrg> {
  const apps = [{ clientId: CLIENT_ID, keys: readAppKeys(publicKey), ...app }];
  return startEmulatedOrg({ apps, ...(certificate === undefined ? {} : { tls: certificate }) });
}

/** Lets the SDK create a user in a process of its own, and reads what it says. */
function runSdk(org: EmulatedOrg, scopes = "okta.users.manage okta.users.read"): Promise<unknown> {
  const trusted = join(makeTempFolder(), "cert.pem");
  writeFileSync(trusted, certificate?.cert ?? "");
  const child = spawn(process.execPath, [SDK], {
    env: bareEnvironment({
      ORG_URL: org.url,
      CLIENT_ID,
      PRIVATE_KEY: privateKey,
      SCOPES: scopes,
      LOGIN,
      NODE_EXTRA_CA_CERTS: trusted,
    }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve(JSON.parse(stdout)));
  });
}

describe("Okta's own SDK against the emulated org, over TLS", () => {
  it("with a private key and DPoP it gets in and creates a user with a hash", async () => {
    const org = await startOrg({ dpop: true });
    expect(await runSdk(org)).toEqual({ status: "ACTIVE", login: LOGIN, isDPoP: true });
    expect([...org.users()]).toMatchObject([{ login: LOGIN, password: "hash" }]);
    const { requests, internalErrors } = org.ledger();
    expect(requests["POST /oauth2/v1/token"]?.statuses).toEqual({ "400": 1, "200": 1 });
    expect(internalErrors).toBe(0);
  });

  it("for an app without DPoP it gets a bearer token", async () => {
    const org = await startOrg({ dpop: false });
    expect(await runSdk(org)).toMatchObject({ status: "ACTIVE", isDPoP: false });
  });

  it("scopes without a role let nobody create a user", async () => {
    const org = await startOrg({ dpop: true, role: "none" });
    expect(await runSdk(org)).toEqual({ refused: 403 });
    expect(org.ledger().users).toBe(0);
  });

  it.runIf(certificate === undefined)("was not tested over TLS, for want of openssl", () => {
    console.warn("Not tested over TLS, for want of openssl: Okta's own SDK.");
  });
});
