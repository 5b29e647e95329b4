import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type AppSetup, readAppKeys } from "../../src/emulator/index.ts";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { HAS_OPENSSL, makeCertificate } from "../support/private-ca.ts";
import { bareEnvironment } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const SDK = fileURLToPath(new URL("../../scripts/okta-sdk.mjs", import.meta.url));
const SDK_CALLS = fileURLToPath(new URL("../../scripts/okta-sdk-calls.mjs", import.meta.url));
const CLIENT_ID = "0oaservice0000000001";
const LOGIN = "ines.moreau@example.com";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { format: "pem", type: "spki" },
  privateKeyEncoding: { format: "pem", type: "pkcs1" },
});

/** An org over TLS, and what a script needs to trust it. */
interface TrustedOrg extends EmulatedOrg {
  readonly caFile: string | undefined;
}

async function startOrg(app: Partial<AppSetup>): Promise<TrustedOrg> {
  const apps = [{ clientId: CLIENT_ID, keys: readAppKeys(publicKey), ...app }];
  const tls = makeCertificate(makeTempFolder(), "127.0.0.1");
  const org = await startEmulatedOrg({ apps, ...(tls === undefined ? {} : { tls }) });
  return { ...org, caFile: tls?.caFile };
}

/** Lets the SDK create a user in a process of its own, and reads what it says. */
function runSdk(org: TrustedOrg, scopes = "okta.users.manage okta.users.read"): Promise<unknown> {
  return runScript([SDK], {
    NODE_EXTRA_CA_CERTS: org.caFile,
    ORG_URL: org.url,
    CLIENT_ID,
    PRIVATE_KEY: privateKey,
    SCOPES: scopes,
    LOGIN,
  });
}

/** Runs a script of the SDK, and reads what it says. */
function runScript(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<unknown> {
  const child = spawn(process.execPath, args, {
    env: bareEnvironment(env),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(stdout));
      else reject(new Error(`${args.join(" ")} ended with ${String(code)}`));
    });
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

  it.runIf(!HAS_OPENSSL)("was not tested over TLS, for want of openssl", () => {
    console.warn("Not tested over TLS, for want of openssl: Okta's own SDK.");
  });
});

describe("what Okta's own SDK does with an org, it does with the emulated one", () => {
  let told: Promise<Readonly<Record<string, unknown>>> | undefined;

  /** Makes all calls, in one process and one org, and picks what came of those of one kind. */
  async function call(kind: string): Promise<unknown> {
    told ??= makeCalls([
      "users",
      "lifecycle",
      "groups",
      "schema",
      "types",
      "hooks",
      "execution",
      "groupEnd",
    ]);
    return (await told)[kind];
  }

  async function makeCalls(kinds: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const org = await startOrg({});
    const env = {
      ORG_URL: org.url,
      TOKEN: "emulator-token",
      NODE_EXTRA_CA_CERTS: org.caFile,
    };
    const all = (await runScript([SDK_CALLS, ...kinds], env)) as Readonly<Record<string, unknown>>;
    expect(org.ledger().internalErrors).toBe(0);
    return all;
  }

  it("users of every kind are created, found, listed page by page and changed", async () => {
    expect(await call("users")).toEqual({
      statuses: ["ACTIVE", "ACTIVE", "STAGED", "STAGED"],
      providers: ["IMPORT", "IMPORT", "OKTA"],
      question: "Where was it?",
      again: "400 E0000001",
      found: "hash@example.com",
      created: true,
      absent: "404 E0000007",
      listed: ["hash", "hook", "none", "recovery"].map((name) => `${name}@example.com`),
      searched: ["none@example.com", "recovery@example.com"],
      changed: ["Moreau", "Ines"],
      replaced: ["Sato", null],
    });
  });

  it("a user is activated, suspended, expired, reset, deactivated and deleted", async () => {
    expect(await call("lifecycle")).toEqual({
      statuses: ["ACTIVE", "SUSPENDED", "ACTIVE", "RECOVERY", "DEPROVISIONED"],
      expired: "PASSWORD_EXPIRED",
      reset: true,
      gone: "404 E0000007",
      tokens: ["string", "string"],
    });
  });

  it("a group is made and found, and its members come and go", async () => {
    expect(await call("groups")).toEqual({
      group: "From the old system",
      listed: ["Everyone", "Migrated"],
      searched: ["Migrated"],
      members: ["two@example.com", "three@example.com"],
      groupsOfUser: ["Everyone", "Migrated"],
      absent: "404 E0000007",
    });
  });

  it("the schema is read and extended, and user types are listed and made", async () => {
    expect(await call("schema")).toEqual({ base: 31, login: 100, before: [], after: 40 });
    expect(await call("types")).toEqual([
      ["user", true],
      ["supplier", false],
    ]);
  });

  it("a password import hook is registered, found, turned off and on, and deleted", async () => {
    expect(await call("hooks")).toEqual({
      statuses: ["ACTIVE", "INACTIVE", "ACTIVE"],
      uri: "https://hook.example.com/",
      secret: "not shown",
      listed: ["Old passwords"],
      busy: "403 E0000038",
      gone: "404 E0000007",
    });
  });

  it("a hook is tried out", async () => {
    expect(await call("execution")).toBe("com.okta.action.update");
  });

  it("a group is renamed and ends", async () => {
    expect(await call("groupEnd")).toEqual({ replaced: "New name", gone: "404 E0000007" });
  });
});
