import { createHash } from "node:crypto";
import { request } from "undici";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, NATIVE_APP, startEmulator } from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { at, send } from "./emulator-caller.ts";
import { makeKey, type OAuthCaller, proofOf, sendForm } from "./emulator-oauth-caller.ts";

const SCOPE = "openid offline_access okta.users.read okta.users.manage";
const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
const REDIRECT_URI = "http://127.0.0.1:9/back";
const VERIFIER = "a-verifier-of-forty-three-letters-or-longer-x";
const TOKEN_CALL = { method: "POST", path: "/oauth2/v1/token" };
const { clientId } = NATIVE_APP;

let clock: FakeClock;
let emulator: Emulator;
let caller: OAuthCaller;

beforeAll(async () => {
  const key = await makeKey("ES256");
  caller = { clientId, key, proofKey: key } as OAuthCaller;
});

beforeEach(async () => {
  clock = new FakeClock();
  emulator = await startEmulator({ clock, deviceIntervalSeconds: 5 });
  caller = { ...caller, emulator, now: () => Math.floor(clock.wallNow() / 1000) };
});

afterEach(() => emulator.close());

async function wait(seconds: number): Promise<void> {
  await clock.run({ untilMs: clock.now() + seconds * 1000 });
}

function askToken(form: Readonly<Record<string, string>>, proof?: string) {
  const headers = proof === undefined ? {} : { dpop: proof };
  return sendForm(`${emulator.url}/oauth2/v1/token`, { client_id: clientId, ...form }, headers);
}

async function beginOnDevice(scope = SCOPE) {
  const url = `${emulator.url}/oauth2/v1/device/authorize`;
  const { body } = await sendForm(url, { client_id: clientId, scope });
  const poll = async (proof?: string) => {
    const device_code = String(at(body, "device_code"));
    const got = await askToken({ grant_type: DEVICE_GRANT, device_code }, proof);
    return { ...got, error: at(got.body, "error") };
  };
  return { begun: body, poll };
}

describe("somebody signs in for a device", () => {
  it("gets codes, and tokens as soon as the page was opened", async () => {
    emulator.change({ signInDelayMs: 3_600_000 });
    const { begun, poll } = await beginOnDevice();
    expect(begun).toMatchObject({
      expires_in: 600,
      interval: 5,
      verification_uri: `${emulator.url}/activate`,
    });
    expect((await poll()).error).toBe("authorization_pending");
    await wait(5);
    const page = await request(String(at(begun, "verification_uri_complete")));
    expect([page.statusCode, await page.body.text()]).toEqual([
      200,
      expect.stringContaining("Device activated"),
    ]);
    const got = await poll();
    expect(got.body).toMatchObject({ token_type: "Bearer", scope: SCOPE, expires_in: 3600 });
    expect(String(at(got.body, "id_token")).split(".")).toHaveLength(3);
    const headers = { authorization: `Bearer ${String(at(got.body, "access_token"))}` };
    const users = await send(emulator, { method: "GET", path: "/api/v1/users", headers });
    expect(users.status).toBe(200);
    await wait(5);
    expect((await poll()).error).toBe("invalid_grant");
  });

  it("who asks too often is told to slow down, who waits too long that the code has expired", async () => {
    emulator.change({ signInDelayMs: 3_600_000 });
    const { poll } = await beginOnDevice();
    await poll();
    await wait(2);
    expect((await poll()).error).toBe("slow_down");
    await wait(600);
    expect((await poll()).error).toBe("expired_token");
  });

  it("after a while somebody answers without being asked, and may say no", async () => {
    emulator.change({ signInDelayMs: 8000, signIn: "deny" });
    const { poll } = await beginOnDevice();
    expect((await poll()).error).toBe("authorization_pending");
    await wait(8);
    expect((await poll()).error).toBe("access_denied");
  });

  it("a token of a person has that person's role", async () => {
    emulator.changeApp(clientId, { role: "READ_ONLY_ADMIN" });
    const { poll } = await beginOnDevice();
    const { body } = await poll();
    const headers = { authorization: `Bearer ${String(at(body, "access_token"))}` };
    const got = await send(emulator, { method: "DELETE", path: "/api/v1/users/x", headers });
    expect([got.status, at(got.body, "errorCode")]).toEqual([403, "E0000006"]);
  });

  it("an unknown user code is refused, and client credentials are not for people", async () => {
    const page = await request(`${emulator.url}/activate?user_code=WRONG`);
    expect(page.statusCode).toBe(400);
    const got = await askToken({ grant_type: "client_credentials", scope: "okta.users.read" });
    expect([got.status, at(got.body, "error")]).toEqual([401, "invalid_client"]);
  });
});

async function authorize(changed: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    scope: SCOPE,
    redirect_uri: REDIRECT_URI,
    state: "a state",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
    ...changed,
  });
  const got = await request(`${emulator.url}/oauth2/v1/authorize?${query.toString()}`);
  const { location } = got.headers;
  const params = typeof location === "string" ? new URL(location).searchParams : undefined;
  return { status: got.statusCode, location: String(location), params };
}

function redeem(code: string | null | undefined, changed: Readonly<Record<string, string>> = {}) {
  return askToken({
    grant_type: "authorization_code",
    code: code ?? "",
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
    ...changed,
  });
}

describe("somebody signs in with a browser", () => {
  it("is sent back to this machine with a code that is good once", async () => {
    const { status, location, params } = await authorize();
    expect([status, location.startsWith(`${REDIRECT_URI}?`), params?.get("state")]).toEqual([
      302,
      true,
      "a state",
    ]);
    const got = await redeem(params?.get("code"));
    expect(got.body).toMatchObject({ token_type: "Bearer", scope: SCOPE });
    expect(at((await redeem(params?.get("code"))).body, "error")).toBe("invalid_grant");
  });

  it.each([
    [{ response_type: "token" }, "unsupported_response_type"],
    [{ code_challenge: "" }, "invalid_request"],
    [{ code_challenge_method: "plain" }, "invalid_request"],
    [{ scope: "okta.users.fly" }, "invalid_scope"],
  ])("%o is told by a redirect: %s", async (changed, error) => {
    expect((await authorize(changed)).params?.get("error")).toBe(error);
  });

  it.each([
    { redirect_uri: "https://example.com/back" },
    { redirect_uri: "http://127.0.0.1.example.com/" },
    { client_id: "0oaunknown" },
  ])("%o is refused without a redirect", async (changed) => {
    const got = await authorize(changed);
    expect([got.status, got.params]).toEqual([400, undefined]);
  });

  it("who says no is sent back with access_denied", async () => {
    emulator.change({ signIn: "deny" });
    expect((await authorize()).params?.get("error")).toBe("access_denied");
  });

  it("a code is no good after a minute, with another verifier or another redirect", async () => {
    const codes = [await authorize(), await authorize(), await authorize()];
    const [first, second, third] = codes.map(({ params }) => params?.get("code"));
    const verifier = await redeem(first, { code_verifier: "another" });
    expect(at(verifier.body, "error_description")).toBe("PKCE verification failed.");
    const redirect = await redeem(second, { redirect_uri: "http://127.0.0.1:9/other" });
    expect(at(redirect.body, "error")).toBe("invalid_grant");
    await wait(60);
    expect(at((await redeem(third)).body, "error")).toBe("invalid_grant");
  });

  it("a refresh token gets further tokens until it is revoked", async () => {
    const { body } = await redeem((await authorize()).params?.get("code"));
    const refresh_token = String(at(body, "refresh_token"));
    const refresh = () => askToken({ grant_type: "refresh_token", refresh_token });
    expect((await refresh()).body).toMatchObject({ refresh_token, scope: SCOPE });
    await sendForm(`${emulator.url}/oauth2/v1/revoke`, {
      client_id: clientId,
      token: refresh_token,
    });
    expect(at((await refresh()).body, "error")).toBe("invalid_grant");
  });

  it("what a token is good for can be asked", async () => {
    const { body } = await redeem((await authorize()).params?.get("code"));
    const url = `${emulator.url}/oauth2/v1/introspect`;
    const token = String(at(body, "access_token"));
    const good = await sendForm(url, { client_id: clientId, token });
    expect(good.body).toMatchObject({ active: true, client_id: clientId, scope: SCOPE });
    emulator.endTokens("expired");
    expect((await sendForm(url, { client_id: clientId, token })).body).toEqual({ active: false });
  });
});

describe("a native app whose tokens are bound to a key", () => {
  it("loses no code to the nonce challenge, and its refresh token is bound as well", async () => {
    emulator.changeApp(clientId, { dpop: true });
    const { poll } = await beginOnDevice();
    const challenged = await poll(await proofOf(caller, TOKEN_CALL));
    expect(challenged.error).toBe("use_dpop_nonce");
    const claims = { nonce: String(challenged.headers["dpop-nonce"]) };
    const got = await poll(await proofOf(caller, TOKEN_CALL, { claims }));
    expect(got.body).toMatchObject({ token_type: "DPoP" });
    const form = {
      grant_type: "refresh_token",
      refresh_token: String(at(got.body, "refresh_token")),
    };
    const other = { ...caller, proofKey: await makeKey("ES256") };
    const stolen = await askToken(form, await proofOf(other, TOKEN_CALL, { claims }));
    expect(at(stolen.body, "error_description")).toBe(
      "Invalid DPoP Public Key binding in refresh token",
    );
    expect((await askToken(form, await proofOf(caller, TOKEN_CALL, { claims }))).status).toBe(200);
  });
});
