import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type AppSetup,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { at, newUser, send } from "./emulator-caller.ts";
import {
  askBoundToken,
  askToken,
  assertionOf,
  makeKey,
  type OAuthCaller,
  proofOf,
  sendForm,
  sign,
  type TestKey,
} from "./emulator-oauth-caller.ts";

const CLIENT_ID = "0oaservice0000000001";
const TOKEN_CALL = { method: "POST", path: "/oauth2/v1/token" };

let key: TestKey;
let proofKey: TestKey;
let clock: FakeClock;
let emulator: Emulator;
let caller: OAuthCaller;

beforeAll(async () => {
  key = await makeKey("RS256", "key-1");
  proofKey = await makeKey("ES256");
});

async function restart(app: Partial<AppSetup> = {}, options: Partial<EmulatorOptions> = {}) {
  await emulator?.close();
  clock = new FakeClock();
  const apps = [{ clientId: CLIENT_ID, keys: [key.jwk], ...app }];
  emulator = await startEmulator({ clock, apps, ...options });
  const now = () => Math.floor(clock.wallNow() / 1000);
  caller = { emulator, clientId: CLIENT_ID, key, proofKey, now };
}

beforeEach(() => restart());
afterEach(() => emulator.close());

/** Lets time pass. */
async function wait(seconds: number): Promise<void> {
  await clock.run({ untilMs: clock.now() + seconds * 1000 });
}

function errorOf(got: Awaited<ReturnType<typeof askToken>>): readonly unknown[] {
  return [got.status, at(got.body, "error"), at(got.body, "error_description")];
}

describe("a service app asks for a token", () => {
  it("a signed assertion gets a bearer token that lives an hour and creates users", async () => {
    const got = await askToken(caller);
    expect(got.body).toMatchObject({
      token_type: "Bearer",
      expires_in: 3600,
      scope: "okta.users.manage okta.users.read",
    });
    const authorization = `Bearer ${String(at(got.body, "access_token"))}`;
    const create = { method: "POST", path: "/api/v1/users", body: newUser("ines@example.com") };
    expect((await send(emulator, { ...create, headers: { authorization } })).status).toBe(200);
  });

  it.each(["RS384", "RS512", "ES256", "ES384", "ES512"])(
    "its key may sign with %s",
    async (alg) => {
      const other = await makeKey(alg);
      await restart({ keys: [other.jwk] });
      expect((await askToken({ ...caller, key: other })).status).toBe(200);
    },
  );

  it("one of several keys is found by its kid, or by trying", async () => {
    const other = await makeKey("ES256", "key-2");
    await restart({ keys: [other.jwk, key.jwk] });
    for (const head of [{ kid: "key-1" }, {}]) {
      const assertion = await assertionOf(caller, {}, head);
      expect((await askToken(caller, { assertion })).status).toBe(200);
    }
    const assertion = await assertionOf(caller, {}, { kid: "key-2" });
    expect(errorOf(await askToken(caller, { assertion }))[2]).toContain("signature is invalid");
  });

  it.each([
    ["another audience", { aud: "https://example.okta.com" }, "must be the endpoint invoked"],
    ["an unknown issuer", { iss: "0oaunknown" }, "issuer claim"],
    ["another subject", { sub: "0oaunknown" }, "subject claim"],
    ["an exp in the past", { exp: 1_700_000_000 }, "token is expired"],
    ["an exp more than an hour ahead", { exp: 1_800_003_700 }, "too far into the future"],
    ["no exp", { exp: undefined }, "must contain the 'exp' claim"],
    ["an iat in the future", { iat: 1_800_000_060 }, "issued before the current time"],
  ])("%s is refused: 401 invalid_client", async (_what, changed, words) => {
    const got = await askToken(caller, { assertion: await assertionOf(caller, changed) });
    expect(errorOf(got)).toEqual([401, "invalid_client", expect.stringContaining(words)]);
  });

  it("an assertion that comes twice is refused the second time", async () => {
    const assertion = await assertionOf(caller);
    expect((await askToken(caller, { assertion })).status).toBe(200);
    const words = "The client_assertion token has already been used.";
    expect(errorOf(await askToken(caller, { assertion }))).toEqual([401, "invalid_client", words]);
  });

  it("a foreign key, an unknown kid, a shared secret and no JWT at all are refused", async () => {
    const foreign = { ...caller, key: await makeKey("RS256") };
    const claims = { iss: CLIENT_ID, sub: CLIENT_ID };
    const plain = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims))}.`;
    const assertions: readonly (readonly [string, string])[] = [
      [await assertionOf(foreign), "signature is invalid"],
      [await assertionOf(caller, {}, { kid: "key-9" }), "kid is invalid"],
      [plain, "signature algorithm is invalid"],
      ["no-jwt", "parsing of the client_assertion failed"],
    ];
    for (const [assertion, words] of assertions) {
      expect(errorOf(await askToken(caller, { assertion }))[2]).toContain(words);
    }
  });

  it("a client secret or no credentials at all are refused, and wrong forms", async () => {
    const url = `${emulator.url}/oauth2/v1/token`;
    const form = {
      grant_type: "client_credentials",
      client_id: CLIENT_ID,
      scope: "okta.users.read",
    };
    expect(errorOf(await sendForm(url, { ...form, client_secret: "x" }))[2]).toContain(
      "must use the private_key_jwt",
    );
    expect(errorOf(await sendForm(url, form))[2]).toBe("No client credentials found.");
    expect(errorOf(await sendForm(url, { scope: "x" }))[1]).toBe("invalid_request");
    expect(errorOf(await sendForm(url, { grant_type: "password" }))[1]).toBe(
      "unsupported_grant_type",
    );
    const typed = await sendForm(url, form, { "content-type": "application/json" });
    expect(errorOf(typed).slice(0, 2)).toEqual([400, "invalid_request"]);
    const type = { client_assertion: await assertionOf(caller), client_assertion_type: "jwt" };
    expect(errorOf(await sendForm(url, { ...form, ...type }))[2]).toBe(
      "The client_assertion_type is invalid.",
    );
  });

  it("scopes that were not granted are left out; none left is consent_required", async () => {
    await restart({ scopes: ["okta.users.read"] });
    const some = await askToken(caller, { scope: "okta.users.read okta.groups.read" });
    expect(at(some.body, "scope")).toBe("okta.users.read");
    const words = "You are not allowed any of the requested scopes.";
    expect(errorOf(await askToken(caller, { scope: "okta.groups.read" }))).toEqual([
      400,
      "consent_required",
      words,
    ]);
  });

  it("or one that was not granted is enough to refuse all, where the org is set so", async () => {
    await restart({ scopes: ["okta.users.read"] }, { missingScopes: "refuse" });
    const got = await askToken(caller, { scope: "okta.users.read okta.groups.read" });
    expect(errorOf(got)[1]).toBe("consent_required");
    expect((await askToken(caller, { scope: "okta.users.read" })).status).toBe(200);
  });

  it("the static token can expire for a while, and access tokens are good meanwhile", async () => {
    const tokenExpired = [{ fromMs: 1000, toMs: 2000 }];
    await restart({}, { timetable: { limits: [], down: [], readOnly: [], tokenExpired } });
    const users = { method: "GET", path: "/api/v1/users" };
    expect((await send(emulator, users)).status).toBe(200);
    await wait(1);
    const got = await send(emulator, users);
    expect([got.status, at(got.body, "errorCode")]).toEqual([401, "E0000011"]);
    const authorization = `Bearer ${String(at((await askToken(caller)).body, "access_token"))}`;
    expect((await send(emulator, { ...users, headers: { authorization } })).status).toBe(200);
    await wait(1);
    expect((await send(emulator, users)).status).toBe(200);
  });

  it.each([
    ["", "No scopes were requested."],
    ["okta.users.fly", "One or more scopes are not configured"],
    ["openid", "Cannot request 'openid' scopes using client credentials."],
  ])("scope %j is refused: invalid_scope", async (scope, words) => {
    const got = await askToken(caller, { scope });
    expect(errorOf(got)).toEqual([400, "invalid_scope", expect.stringContaining(words)]);
  });

  it("a token may be a JWT, signed with a key that the org publishes", async () => {
    await restart({}, { tokenFormat: "jwt" });
    const got = await askToken(caller);
    const [, payload = ""] = String(at(got.body, "access_token")).split(".");
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    expect(claims).toMatchObject({ iss: emulator.url, cid: CLIENT_ID, ver: 1 });
    const keys = await send(emulator, { method: "GET", path: "/oauth2/v1/keys" });
    expect(at(keys.body, "keys", 0)).toMatchObject({ kty: "RSA", use: "sig" });
    expect(at(keys.body, "keys", 0)).not.toHaveProperty("d");
  });

  it("a token ends by time, by command and when its app revokes it", async () => {
    await restart({}, { tokenLifetimeSeconds: 60 });
    const call = async (token: unknown) => {
      const headers = { authorization: `Bearer ${String(token)}` };
      return send(emulator, { method: "GET", path: "/api/v1/users", headers });
    };
    const next = async () => at((await askToken(caller)).body, "access_token");
    const first = await next();
    expect((await call(first)).status).toBe(200);
    await wait(60);
    const late = await call(first);
    expect([late.status, at(late.body, "errorCode")]).toEqual([401, "E0000011"]);
    expect(late.headers["www-authenticate"]).toContain(
      'error_description="The token has expired."',
    );
    const second = await next();
    await send(emulator, {
      method: "POST",
      path: "/__emulator/end-tokens",
      body: { how: "revoked" },
    });
    expect((await call(second)).headers["www-authenticate"]).toContain("has been revoked");
    const third = await next();
    const revoked = await sendForm(`${emulator.url}/oauth2/v1/revoke`, {
      token: String(third),
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await assertionOf(caller, { aud: `${emulator.url}/oauth2/v1/revoke` }),
    });
    expect([revoked.status, revoked.body]).toEqual([200, ""]);
    expect((await call(third)).status).toBe(401);
  });
});

describe("an app whose tokens are bound to a key", () => {
  beforeEach(() => restart({ dpop: true }));

  it("no proof is answered invalid_dpop_proof, a proof without a nonce use_dpop_nonce", async () => {
    expect(errorOf(await askToken(caller))).toEqual([
      400,
      "invalid_dpop_proof",
      "The DPoP proof JWT header is missing.",
    ]);
    const got = await askToken(caller, { proof: await proofOf(caller, TOKEN_CALL) });
    expect(errorOf(got)).toEqual([
      400,
      "use_dpop_nonce",
      "Authorization server requires nonce in DPoP proof.",
    ]);
    expect(got.headers["dpop-nonce"]).toMatch(/^\S{20,}$/);
    expect((await askBoundToken(caller)).body).toMatchObject({ token_type: "DPoP" });
  });

  it("a nonce is renewed after a day, and an old one is good for three", async () => {
    const nonceNow = async () => {
      const got = await askToken(caller, { proof: await proofOf(caller, TOKEN_CALL) });
      return String(got.headers["dpop-nonce"]);
    };
    const first = await nonceNow();
    expect(await nonceNow()).toBe(first);
    await wait(25 * 3600);
    expect(await nonceNow()).not.toBe(first);
    const asking = async () =>
      askToken(caller, { proof: await proofOf(caller, TOKEN_CALL, { claims: { nonce: first } }) });
    expect((await asking()).status).toBe(200);
    await wait(48 * 3600);
    expect(errorOf(await asking())[1]).toBe("use_dpop_nonce");
  });

  it("a proof is ignored where the app demands none: the token is a bearer token", async () => {
    await restart({ dpop: false });
    const got = await askToken(caller, { proof: await proofOf(caller, TOKEN_CALL) });
    expect(at(got.body, "token_type")).toBe("Bearer");
  });

  it("the assertion of a challenged request is spent", async () => {
    const assertion = await assertionOf(caller);
    const got = await askToken(caller, { assertion, proof: await proofOf(caller, TOKEN_CALL) });
    const nonce = String(got.headers["dpop-nonce"]);
    const proof = await proofOf(caller, TOKEN_CALL, { claims: { nonce } });
    expect(errorOf(await askToken(caller, { assertion, proof }))[2]).toContain("already been used");
  });
});

describe("proofs with calls of the API", () => {
  const GET = { method: "GET", path: "/api/v1/users" };
  let token: string;

  beforeEach(async () => {
    await restart({ dpop: true });
    token = String(at((await askBoundToken(caller)).body, "access_token"));
  });

  async function callWith(
    proof: string | undefined,
    authorization = `DPoP ${token}`,
    path = GET.path,
  ) {
    const headers = proof === undefined ? { authorization } : { authorization, dpop: proof };
    const got = await send(emulator, { method: "GET", path, headers });
    return { status: got.status, body: got.body, said: String(got.headers["www-authenticate"]) };
  }

  it("a fresh proof for each call is let in, whatever its query", async () => {
    const proof = await proofOf(caller, { ...GET, token });
    expect((await callWith(proof, undefined, "/api/v1/users?limit=1")).status).toBe(200);
  });

  it("a proof that comes twice is refused: 400 without a body, the reason in a header", async () => {
    const proof = await proofOf(caller, { ...GET, token });
    await callWith(proof);
    const got = await callWith(proof);
    expect([got.status, got.body]).toEqual([400, ""]);
    expect(got.said).toBe(
      `DPoP algs="RS256 RS384 RS512 ES256 ES384 ES512", authorization_uri="${emulator.url}/oauth2/v1/authorize", ` +
        `realm="${emulator.url}", scope="okta.users.read", error="invalid_dpop_proof", ` +
        'error_description="The DPoP proof JWT has already been used.", resource="/api/v1/users"',
    );
  });

  it.each([
    ["htm of another method", { claims: { htm: "POST" } }, "'htm' claim"],
    [
      "htu of another path",
      { claims: { htu: "https://example.okta.com/api/v1/users" } },
      "'htu' claim",
    ],
    [
      "iat six minutes ago",
      { claims: { iat: 1_799_999_640 } },
      "more than five minutes in the past",
    ],
    ["iat a minute ahead", { claims: { iat: 1_800_000_060 } }, "issued in the future"],
    ["no iat", { claims: { iat: undefined } }, "'iat' claim"],
    ["no jti", { claims: { jti: undefined } }, "'jti' claim"],
    ["ath of another token", { claims: { ath: "x" } }, "'ath' claim"],
    ["no ath", { claims: { ath: undefined } }, "'ath' claim"],
    ["another typ", { head: { typ: "jwt" } }, "'typ' must be"],
    ["no jwk", { head: { jwk: undefined } }, "proof JWT is invalid"],
    [
      "a jwk of another curve",
      { head: { jwk: { kty: "EC", crv: "P-384" } } },
      "proof JWT is invalid",
    ],
  ])("%s is refused: invalid_dpop_proof", async (_what, changed, words) => {
    const got = await callWith(await proofOf(caller, { ...GET, token }, changed));
    expect([got.status, got.body]).toEqual([400, ""]);
    expect(got.said).toMatch(/^DPoP algs=.*error="invalid_dpop_proof"/);
    expect(got.said).toContain(words);
  });

  it("a private key in the head, a forged signature and another key are refused", async () => {
    const other = await makeKey("ES256");
    const forged = await proofOf(
      { ...caller, proofKey: { ...other, jwk: proofKey.jwk } },
      { ...GET, token },
    );
    const foreign = await proofOf({ ...caller, proofKey: other }, { ...GET, token });
    const jwk = { ...proofKey.jwk, d: "x" };
    const open = await proofOf(caller, { ...GET, token }, { head: { jwk } });
    expect((await callWith(forged)).said).toContain("signature is invalid");
    expect((await callWith(foreign)).said).toContain("is not bound to the provided DPoP proof");
    expect((await callWith(open)).said).toContain("proof JWT is invalid");
    expect((await callWith("a.b.c")).said).toContain("cannot be parsed");
    const secret = await sign({ ...proofKey, alg: "ES256" }, {}, { typ: "dpop+jwt", alg: "ES256" });
    expect((await callWith(secret)).status).toBe(400);
  });

  it("several DPoP headers are refused, and none at all", async () => {
    const two = [
      await proofOf(caller, { ...GET, token }),
      await proofOf(caller, { ...GET, token }),
    ];
    expect((await callWith(two.join(", "))).said).toContain("Multiple DPoP proof JWT headers");
    const got = await callWith(undefined);
    expect(got.status).toBe(400);
    expect(got.said).toContain(
      'error="invalid_request", error_description="The resource request requires',
    );
  });

  it("a bound token as Bearer, and an unbound one as DPoP, are refused", async () => {
    const bearer = await callWith(undefined, `Bearer ${token}`);
    expect([bearer.status, bearer.body]).toEqual([400, ""]);
    expect(bearer.said).toContain("must use the DPoP authentication scheme");
    emulator.changeApp(CLIENT_ID, { dpop: false });
    const unbound = String(at((await askToken(caller)).body, "access_token"));
    const got = await callWith(
      await proofOf(caller, { ...GET, token: unbound }),
      `DPoP ${unbound}`,
    );
    expect([got.status, got.body]).toEqual([401, ""]);
    expect(got.said).toContain('error="invalid_token"');
    expect(got.said).toContain("is not DPoP bound");
  });

  it("htu is the path as it is once decoded", async () => {
    const path = "/api/v1/users/ines%2Bx%40example.com";
    const encoded = await callWith(
      await proofOf(caller, { method: "GET", path, token }),
      undefined,
      path,
    );
    expect([encoded.status, encoded.said]).toEqual([400, expect.stringContaining("'htu' claim")]);
    const decoded = { method: "GET", path: "/api/v1/users/ines+x@example.com", token };
    expect((await callWith(await proofOf(caller, decoded), undefined, path)).status).toBe(404);
  });

  it("a nonce is asked for in calls, too, where the org is set so", async () => {
    emulator.change({ resourceNonce: true });
    const proof = await proofOf(caller, { ...GET, token });
    const headers = { authorization: `DPoP ${token}`, dpop: proof };
    const got = await send(emulator, { method: "GET", path: GET.path, headers });
    expect(got.status).toBe(401);
    expect(got.headers["www-authenticate"]).toContain('error="use_dpop_nonce"');
    const nonce = String(got.headers["dpop-nonce"]);
    const again = await proofOf(caller, { ...GET, token }, { claims: { nonce } });
    expect((await callWith(again)).status).toBe(200);
  });
});
