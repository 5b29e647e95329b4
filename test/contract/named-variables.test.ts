import { describe, expect, it } from "vitest";
import { MigrationError } from "../../src/core/index.ts";
import {
  createCredential,
  createServiceApp,
  type Credential,
  parseOrgUrl,
} from "../../src/okta/index.ts";
import {
  aNewUser,
  connect,
  type Connected,
  json,
  oktaError,
  type Reply,
  startStandIn,
} from "./okta-client-stand-in.ts";
import { APP_KEY_PEM, refuse } from "./service-app-stand-in.ts";

const ADDRESS = "OKTA_CLIENT_ORGURL";
const TOKEN_NAME = "OKTA_CLIENT_TOKEN";

/** Everything that an error tells people. */
async function toldBy(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!(error instanceof MigrationError)) throw new Error("it went well, or failed in another way");
  return `${error.message} ${error.hint}`;
}

function connectAs(url: string, credential: Credential): Connected {
  return connect(url, { orgUrl: parseOrgUrl(url, ADDRESS), credential });
}

const apiToken = (): Credential => createCredential("ssws", "00secret", TOKEN_NAME);
const accessToken = (): Credential => createCredential("bearer", "00secret", TOKEN_NAME);

async function create({ org, signal }: Connected): Promise<unknown> {
  return org.users.create(aNewUser(), await org.users.admit(signal));
}

const challenge =
  (status: number, error: string): Reply =>
  (response) =>
    response.writeHead(status, { "www-authenticate": `Bearer error="${error}"` }).end();

describe("with the variables of Okta's SDKs an error names them, and not ours", () => {
  it.each<[string, Reply]>([
    ["is none of an org", json(404, {})],
    ["sends us on", (response) => response.writeHead(302, { location: "https://x.example" }).end()],
    [
      "answers with a page",
      (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
    ],
    ["is no API's", oktaError(404, "E0000008")],
    ["gives no schema", json(200, [])],
  ])("where the address %s", async (_what, reply) => {
    const { url } = await startStandIn(reply);
    const told = await toldBy(connectAs(url, apiToken()).org.readSchema());
    expect(told).toContain(ADDRESS);
    expect(told).not.toContain("OKTA_ORG_URL");
  });

  it("where a look-up is answered with a page", async () => {
    const page: Reply = (response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html>");
    const { url } = await startStandIn(page);
    const { org, signal } = connectAs(url, apiToken());
    expect(await toldBy(org.users.find("ada@example.com", signal))).toContain(ADDRESS);
  });

  it("where nobody is there", async () => {
    const { org } = connectAs("http://127.0.0.1:9", apiToken());
    expect(await toldBy(org.readSchema())).toContain(ADDRESS);
  });

  it.each<[string, Reply, () => Credential]>([
    ["E0000011", oktaError(401, "E0000011"), apiToken],
    ["E0000011", oktaError(401, "E0000011"), accessToken],
    ["E0000004", oktaError(401, "E0000004"), apiToken],
    ["E0000005", oktaError(403, "E0000005"), apiToken],
    ["E0000006", oktaError(403, "E0000006"), apiToken],
    ["insufficient_scope", challenge(403, "insufficient_scope"), accessToken],
    ["invalid_dpop_proof", challenge(400, "invalid_dpop_proof"), accessToken],
    ["no code", json(401, {}), apiToken],
    ["no code", json(403, {}), apiToken],
  ])("where the token is refused with %s", async (_code, reply, credential) => {
    const { url } = await startStandIn(reply);
    const told = await toldBy(create(connectAs(url, credential())));
    expect(told).toContain(TOKEN_NAME);
    expect(told).not.toMatch(/OKTA_(?:API|ACCESS)_TOKEN/);
  });

  it("where the service app is refused", async () => {
    const { url } = await startStandIn(refuse("invalid_client", 401));
    const key = { text: APP_KEY_PEM, at: "OKTA_CLIENT_PRIVATEKEY" };
    const app = await createServiceApp({ clientId: "0oa1", at: "OKTA_CLIENT_CLIENTID", key });
    const told = await toldBy(connectAs(url, app).org.readSchema());
    expect(told).toMatch(/client ID from OKTA_CLIENT_CLIENTID.*key from OKTA_CLIENT_PRIVATEKEY/);
  });
});
