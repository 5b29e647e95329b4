import { describe, expect, it } from "vitest";
import { OktaError } from "../../src/core/index.ts";
import { createCredential, type Credential } from "../../src/okta/index.ts";
import {
  aNewUser,
  connect,
  json,
  oktaError,
  type Reply,
  startStandIn,
  type StandIn,
} from "./okta-client-stand-in.ts";
import { NEEDS, OrgServers, refuse, theApp } from "./service-app-stand-in.ts";

/** What people are told, and where the tests look for a path of the Admin Console. */
interface Told {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** A refusal that says in a header what is wrong, as Okta's API does of OAuth tokens. */
const challenge =
  (status: number, error: string, rest = ""): Reply =>
  (response) =>
    response.writeHead(status, { "www-authenticate": `DPoP error="${error}"${rest}` }).end();

async function toldOf(credential: Credential, reply: Reply): Promise<Told> {
  const standIn: StandIn = await startStandIn(reply);
  if (credential.kind === "service-app") {
    const nowMs = 1_800_000_000_000;
    const servers = new OrgServers({ nowMs: () => nowMs });
    const usual = servers.answer(() => standIn);
    const isToken = (url: string): boolean => url === "/oauth2/v1/token";
    standIn.replies = [
      (response, seen) => {
        response.setHeader("date", new Date(nowMs).toUTCString());
        return isToken(seen.url) ? usual(response, seen) : reply(response, seen);
      },
    ];
  }
  return toldAt(standIn, credential);
}

async function toldAt({ url }: StandIn, credential: Credential): Promise<Told> {
  const { org, signal } = connect(url, { credential, scopes: NEEDS });
  const creating = org.users
    .admit(signal)
    .then((permit) => org.users.create(aNewUser(), permit))
    .catch((reason: unknown) => reason);
  const error = await creating;
  if (!(error instanceof OktaError)) throw new Error("the org was to refuse");
  return { code: error.code, message: error.message, hint: error.hint };
}

const PATHS = {
  tokens: /Admin Console.*Security > API > Tokens > Create token/,
  newApp: /Admin Console.*Create App Integration > API Services/,
  app: /Admin Console.*the app: see that the app is active.*Public keys/,
  appRole: /Admin Console.*the app > Admin roles > Edit assignments/,
  administrators: /Admin Console.*Security > Administrators/,
  scopes: /Admin Console.*the app > Okta API Scopes > Grant/,
  dpop: /Admin Console.*the app > General > General Settings: clear "Require Demonstrating/,
  clientId: /Admin Console.*the app > General > Client ID/,
} as const;

describe("a refusal of access by the API says what is wrong and what to click", () => {
  const apiToken = (): Credential => createCredential("ssws", "00secret");
  const accessToken = (): Credential => createCredential("bearer", "00secret");

  it.each<[string, () => Credential | Promise<Credential>, Reply, RegExp, RegExp]>([
    ["E0000004", apiToken, oktaError(401, "E0000004"), /not accept the API token/, PATHS.tokens],
    ["E0000005", apiToken, oktaError(403, "E0000005"), /saw no valid token/, PATHS.tokens],
    ["E0000005", accessToken, oktaError(403, "E0000005"), /saw no valid token/, PATHS.newApp],
    ["E0000005", theApp, oktaError(403, "E0000005"), /saw no valid token/, PATHS.app],
    ["E0000006", apiToken, oktaError(403, "E0000006"), /a.* role is missing/, PATHS.administrators],
    ["E0000006", accessToken, oktaError(403, "E0000006"), /role is missing/, PATHS.appRole],
    ["E0000006", theApp, oktaError(403, "E0000006"), /role is missing/, PATHS.appRole],
    ["E0000011", apiToken, oktaError(401, "E0000011"), /revoked.*30 days.*deact/, PATHS.tokens],
    ["E0000011", accessToken, oktaError(401, "E0000011"), /expired.*an hour/, PATHS.newApp],
    ["E0000011", theApp, oktaError(401, "E0000011"), /it has just given/, PATHS.app],
    ["invalid_token", accessToken, challenge(401, "invalid_token"), /an hour/, PATHS.newApp],
    ["invalid_token", theApp, challenge(401, "invalid_token"), /just given/, PATHS.app],
    [
      "insufficient_scope",
      accessToken,
      challenge(403, "insufficient_scope", ', scope="okta.users.manage"'),
      /lacks the scope okta\.users\.manage/,
      PATHS.scopes,
    ],
    [
      "insufficient_scope",
      theApp,
      challenge(403, "insufficient_scope", ', scope="okta.users.manage"'),
      /lacks the scope okta\.users\.manage/,
      PATHS.scopes,
    ],
    [
      "invalid_dpop_proof",
      accessToken,
      challenge(400, "invalid_dpop_proof"),
      /bound to a key/,
      PATHS.clientId,
    ],
    [
      "invalid_request",
      accessToken,
      challenge(400, "invalid_request"),
      /bound to a key/,
      PATHS.clientId,
    ],
    ["invalid_dpop_proof", theApp, challenge(400, "invalid_dpop_proof"), /proof of/, PATHS.dpop],
    [
      "use_dpop_nonce",
      theApp,
      (response, seen) => {
        response.setHeader("dpop-nonce", `nonce-${seen.headers["dpop"]?.length ?? 0}`);
        challenge(401, "use_dpop_nonce")(response, seen);
      },
      /nonce again and again/,
      PATHS.dpop,
    ],
    ["no code, 401", apiToken, json(401, {}), /not accept the API token/, PATHS.tokens],
    ["no code, 403", apiToken, json(403, {}), /may not do this/, PATHS.administrators],
  ])("%s", async (code, credential, reply, message, hint) => {
    const told = await toldOf(await credential(), reply);
    expect(told.message).toMatch(message);
    expect(told.hint).toMatch(hint);
    // The way on, and the org's own code for a support case.
    expect(told.hint).toMatch(/same command again|and unset/);
    if (!code.startsWith("no code")) expect(told.message).toContain(code);
  });
});

describe("a refusal of a token says what is wrong and what to click", () => {
  const described = (status: number, error: string, error_description: string): Reply =>
    json(status, { error, error_description });

  it.each<[string, Reply, string, RegExp, RegExp]>([
    [
      "invalid_client",
      refuse("invalid_client", 401),
      "ORG_CLIENT_REFUSED",
      /client ID from OKTA_CLIENT_ID and the key from/,
      /Admin Console.*the app > General:.*Public keys/,
    ],
    [
      "invalid_client",
      described(401, "invalid_client", "The audience claim for client_assertion must be the …"),
      "ORG_CLIENT_REFUSED",
      /another address/,
      /Admin Console/,
    ],
    [
      "invalid_client",
      described(401, "invalid_client", "The client_assertion token is expired."),
      "ORG_CLIENT_REFUSED",
      /too old, or from the future/,
      /clock/,
    ],
    [
      "unauthorized_client",
      refuse("unauthorized_client"),
      "ORG_CLIENT_REFUSED",
      /may not get a token by itself/,
      PATHS.newApp,
    ],
    [
      "access_denied",
      refuse("access_denied"),
      "ORG_CLIENT_REFUSED",
      /denies/,
      /Admin Console.*Reports > System Log/,
    ],
    [
      "consent_required",
      refuse("consent_required"),
      "ORG_SCOPE_NOT_GRANTED",
      /not granted okta\.users\.manage/,
      PATHS.scopes,
    ],
    [
      "invalid_scope",
      refuse("invalid_scope"),
      "ORG_SCOPE_NOT_GRANTED",
      /not granted okta\.users\.manage/,
      PATHS.scopes,
    ],
    [
      "invalid_dpop_proof",
      refuse("invalid_dpop_proof"),
      "ORG_PROOF_REFUSED",
      /proof of possession/,
      PATHS.dpop,
    ],
    [
      "use_dpop_nonce",
      refuse("use_dpop_nonce", 400, { "dpop-nonce": "a-nonce" }),
      "ORG_PROOF_REFUSED",
      /nonce again and again/,
      PATHS.dpop,
    ],
    [
      "use_dpop_nonce",
      refuse("use_dpop_nonce"),
      "ORG_PROOF_REFUSED",
      /nonce again and again/,
      PATHS.dpop,
    ],
    [
      "something_new",
      refuse("something_new"),
      "ORG_CLIENT_REFUSED",
      /gives the app no token/,
      /Admin Console.*Reports > System Log/,
    ],
  ])("%s", async (saying, reply, code, message, hint) => {
    const told = await toldAt(await startStandIn(reply), await theApp());
    expect(told).toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(hint) as string,
    });
    expect(told.hint).toMatch(/same command again/);
    expect(told.message).toContain(saying);
  });
});
