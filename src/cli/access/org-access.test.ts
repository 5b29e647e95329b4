import { generateKeyPairSync } from "node:crypto";
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type MigrationEvent, Secret } from "../../core/index.ts";
import { KeptSignIns } from "./kept-sign-ins.ts";
import { readOrgAccess } from "./org-access.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "okta-migrate-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const PEM = String(
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
    type: "pkcs8",
    format: "pem",
  }),
);
const OWN = { OKTA_ORG_URL: "https://example.okta.com", OKTA_CLIENT_ID: "0oa1" };
const SDK = {
  OKTA_CLIENT_ORGURL: "https://example.okta.com",
  OKTA_CLIENT_CLIENTID: "0oa1",
  OKTA_CLIENT_PRIVATEKEY: PEM,
};

function keyFile(name: string, mode: number): string {
  const path = join(FOLDER, name);
  writeFileSync(path, PEM);
  chmodSync(path, mode);
  return path;
}

async function read(environment: Readonly<Record<string, string>>) {
  const events: MigrationEvent[] = [];
  const access = await readOrgAccess({
    environment: { XDG_CONFIG_HOME: FOLDER, ...environment },
    purpose: { creates: true, groups: true, hook: false },
    events: { emit: (event) => events.push(event) },
  });
  return { access, warnings: events.filter(({ event }) => event === "warning") };
}

/** A config folder of somebody who has signed in to the org. */
async function signedIn(): Promise<string> {
  const folder = mkdtempSync(join(FOLDER, "config-"));
  const environment = { XDG_CONFIG_HOME: folder, OKTA_MIGRATE_TOKEN_STORE: "file" };
  await new KeptSignIns({ environment }).keep({
    origin: "https://example.okta.com",
    clientId: "0oaNative",
    login: "ada@example.com",
    scopes: ["okta.users.manage"],
    accessToken: new Secret("an-access-token"),
    scheme: "Bearer",
    endsAtMs: 0,
    refreshToken: new Secret("a-refresh-token"),
    key: undefined,
  });
  return folder;
}

describe("access to the org by a kept sign-in", () => {
  it.each([
    ["of our own variables", { OKTA_ORG_URL: "example.okta.com" }],
    ["of Okta's SDKs", { OKTA_CLIENT_ORGURL: "https://example.okta.com/" }],
    ["of Okta's Terraform provider", { OKTA_ORG_NAME: "example", OKTA_BASE_URL: "okta.com" }],
    ["beside the client ID that it was made with", OWN],
    [
      "beside another program's token",
      { OKTA_ORG_URL: "example.okta.com", OKTA_CLIENT_TOKEN: "t" },
    ],
  ])("is had for the org %s", async (_what, environment) => {
    const { access } = await read({ ...environment, XDG_CONFIG_HOME: await signedIn() });
    expect(access.credential.kind).toBe("sign-in");
    expect(access.description).toBe("signed in as ada@example.com by login");
    expect(access.orgUrl.origin).toBe("https://example.okta.com");
  });

  it("comes after any variable that holds a credential", async () => {
    const XDG_CONFIG_HOME = await signedIn();
    const named = { OKTA_ORG_URL: "example.okta.com", XDG_CONFIG_HOME };
    for (const variable of ["OKTA_API_TOKEN", "OKTA_ACCESS_TOKEN"]) {
      const { access } = await read({ ...named, [variable]: "t" });
      expect(access.description).toContain(variable);
    }
    const partly = read({ ...named, OKTA_PRIVATE_KEY_FILE: keyFile("lonely.pem", 0o600) });
    await expect(partly).rejects.toMatchObject({ code: "CREDENTIAL_INCOMPLETE" });
  });

  it("is had for no other org, and none is guessed", async () => {
    const XDG_CONFIG_HOME = await signedIn();
    const other = read({ OKTA_ORG_URL: "other.okta.com", XDG_CONFIG_HOME });
    await expect(other).rejects.toMatchObject({
      code: "CREDENTIAL_MISSING",
      hint: expect.stringContaining("okta-migrate login"),
    });
    await expect(read({ XDG_CONFIG_HOME })).rejects.toMatchObject({
      code: "ORG_URL_MISSING",
      hint: expect.stringContaining("export OKTA_ORG_URL=https://example.okta.com"),
    });
  });

  it("is refused where others can read it, and is not read as that of another org", async () => {
    const XDG_CONFIG_HOME = await signedIn();
    const folder = join(XDG_CONFIG_HOME, "okta-migrate");
    const path = join(folder, readdirSync(folder)[0] ?? "");
    copyFileSync(path, path.replace("example", "other"));
    const other = read({ OKTA_ORG_URL: "other.okta.com", XDG_CONFIG_HOME });
    await expect(other).rejects.toMatchObject({ code: "SIGN_IN_UNREADABLE" });
    chmodSync(path, 0o640);
    const exposed = read({ OKTA_ORG_URL: "example.okta.com", XDG_CONFIG_HOME });
    await expect(exposed).rejects.toMatchObject({ code: "SIGN_IN_EXPOSED", at: path });
  });
});

describe("access to the org", () => {
  it("by a service app is read from a key's file, and said", async () => {
    const { access, warnings } = await read({
      ...OWN,
      OKTA_PRIVATE_KEY_FILE: keyFile("mine.pem", 0o600),
      OKTA_PRIVATE_KEY_ID: "key-1",
    });
    expect(access.credential).toMatchObject({ kind: "service-app", clientId: "0oa1" });
    expect(access.credential).toMatchObject({ key: { algorithm: "ES256", keyId: "key-1" } });
    expect(access.description).toBe("service app from OKTA_CLIENT_ID");
    expect(warnings).toEqual([]);
  });

  it("by a key that others can read is warned of", async () => {
    const path = keyFile("shared.pem", 0o644);
    const { warnings } = await read({ ...OWN, OKTA_PRIVATE_KEY_FILE: path });
    expect(warnings).toEqual([
      expect.objectContaining({ hint: `Make it yours alone: chmod 600 ${path}` }),
    ]);
  });

  it("by the names of Okta's SDKs is read from the key itself or from its file, and said", async () => {
    for (const key of [PEM, PEM.replaceAll("\n", String.raw`\n`), keyFile("sdk.pem", 0o600)]) {
      const { access } = await read({ ...SDK, OKTA_CLIENT_PRIVATEKEY: key, OKTA_CLIENT_KID: "k" });
      expect(access.credential).toMatchObject({ key: { keyId: "k" } });
      expect(access.description).toBe(
        "service app from OKTA_CLIENT_CLIENTID (a name of Okta's SDKs)",
      );
    }
  });

  it.each([
    ["that is not there", join(FOLDER, "none.pem"), "PRIVATE_KEY_UNREADABLE"],
    ["that is a folder", FOLDER, "PRIVATE_KEY_UNREADABLE"],
    ["in the place of its path", PEM, "PRIVATE_KEY_INVALID"],
  ])("by a key %s is refused, and what was given is not repeated", async (_what, given, code) => {
    const reading = read({ ...OWN, OKTA_PRIVATE_KEY_FILE: given });
    const error: unknown = await reading.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, at: "OKTA_PRIVATE_KEY_FILE" });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(
      given.split("\n")[1] ?? given,
    );
  });

  it("asks for no scope that the operator did not list, and says what it does without", async () => {
    const { access, warnings } = await read({
      ...SDK,
      OKTA_CLIENT_SCOPES: "okta.users.manage, okta.users.read okta.apps.read",
    });
    expect(access.scopes.required).toEqual(["okta.users.manage"]);
    expect(access.scopes.optional.map(({ scope }) => scope)).toEqual(["okta.users.read"]);
    expect(JSON.stringify(warnings)).toContain("okta.schemas.read (");
  });

  it("is refused where the listed scopes are not enough", async () => {
    const reading = read({ ...SDK, OKTA_CLIENT_SCOPES: "okta.users.read" });
    await expect(reading).rejects.toMatchObject({
      code: "OPTION_INVALID",
      at: "OKTA_CLIENT_SCOPES",
    });
  });

  it.each([
    [
      { HTTPS_PROXY: "http://me:secret@proxy.example.com:8080" },
      "http://me:secret@proxy.example.com:8080/",
    ],
    [{ HTTPS_PROXY: "proxy.example.com:8080" }, "http://proxy.example.com:8080/"],
    [
      { https_proxy: "https://small.example.com", HTTPS_PROXY: "big.example.com" },
      "https://small.example.com/",
    ],
  ])("goes through the proxy of %j", async (environment, url) => {
    const { access } = await read({ ...SDK, ...environment, NO_PROXY: "a.example.com" });
    expect(access.proxy?.url.reveal()).toBe(url);
    expect(access.proxy?.exceptFor).toBe("a.example.com");
  });

  it.each(["socks5://proxy.example.com", "ftp://proxy", "http://", "https://me:secret@"])(
    "through %s is refused, and it is not repeated",
    async (proxy) => {
      const error: unknown = await read({ ...SDK, HTTPS_PROXY: proxy }).catch(
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: "OPTION_INVALID", at: "HTTPS_PROXY" });
      expect(JSON.stringify(error)).not.toContain("secret");
    },
  );
});
