import { createHash, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { exportJWK, type JWK, SignJWT } from "jose";
import { request } from "undici";
import type { Emulator } from "../../src/emulator/index.ts";
import type { Got } from "./emulator-caller.ts";

/** A key pair of an app or of a proof. */
export interface TestKey {
  readonly privateKey: KeyObject;
  readonly jwk: JWK;
  readonly alg: string;
}

/** Claims of a JWT; one that is undefined is left out. */
type Claims = Readonly<Record<string, unknown>>;

/** Makes a key pair for an algorithm such as `ES256`. */
export async function makeKey(alg: string, kid?: string): Promise<TestKey> {
  const curves: Readonly<Record<string, string>> = {
    ES256: "P-256",
    ES384: "P-384",
    ES512: "P-521",
  };
  const namedCurve = curves[alg];
  const { privateKey, publicKey } =
    namedCurve === undefined
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve });
  const jwk = await exportJWK(publicKey);
  return { privateKey, alg, jwk: kid === undefined ? jwk : { ...jwk, kid } };
}

/** Signs claims with a key. */
export function sign(key: TestKey, claims: Claims, head: object = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: key.alg, ...head }).sign(key.privateKey);
}

/** What a test calls the authorization server with. */
export interface OAuthCaller {
  readonly emulator: Emulator;
  readonly clientId: string;
  /** Signs assertions. */
  readonly key: TestKey;
  /** Signs proofs. */
  readonly proofKey: TestKey;
  /** Seconds since 1970 by the caller's clock. */
  readonly now: () => number;
}

/** A client assertion as Okta wants it, but for what a test changes. */
export function assertionOf(
  caller: OAuthCaller,
  changed: Claims = {},
  head: object = {},
): Promise<string> {
  const { clientId, emulator, now } = caller;
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: `${emulator.url}/oauth2/v1/token`,
    iat: now(),
    exp: now() + 300,
    jti: randomUUID(),
    ...changed,
  };
  return sign(caller.key, claims, head);
}

/** A proof for a call, but for what a test changes. */
export function proofOf(
  caller: OAuthCaller,
  call: { readonly method: string; readonly path: string; readonly token?: string },
  { claims = {}, head = {} }: { claims?: Claims; head?: object } = {},
): Promise<string> {
  const { proofKey, emulator, now } = caller;
  const { token } = call;
  const ath =
    token === undefined ? {} : { ath: createHash("sha256").update(token).digest("base64url") };
  return sign(
    proofKey,
    {
      htm: call.method,
      htu: emulator.url + call.path,
      iat: now(),
      jti: randomUUID(),
      ...ath,
      ...claims,
    },
    { typ: "dpop+jwt", jwk: proofKey.jwk, ...head },
  );
}

/** Sends a form. */
export async function sendForm(
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string | string[]>> = {},
): Promise<Got> {
  const response = await request(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(form).toString(),
  });
  const text = await response.body.text();
  const body: unknown = text === "" ? "" : JSON.parse(text);
  return { status: response.statusCode, headers: response.headers, body };
}

/** Asks for a token by client credentials. */
export function askToken(
  caller: OAuthCaller,
  {
    scope = "okta.users.manage okta.users.read",
    assertion,
    proof,
  }: {
    readonly scope?: string | undefined;
    readonly assertion?: string;
    readonly proof?: string | string[];
  } = {},
): Promise<Got> {
  return (async () => {
    const form = {
      grant_type: "client_credentials",
      ...(scope === "" ? {} : { scope }),
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion ?? (await assertionOf(caller)),
    };
    const headers = proof === undefined ? {} : { dpop: proof };
    return sendForm(`${caller.emulator.url}/oauth2/v1/token`, form, headers);
  })();
}

/** Asks for a token that is bound to the proof key, by way of the nonce challenge. */
export async function askBoundToken(caller: OAuthCaller, scope?: string): Promise<Got> {
  const call = { method: "POST", path: "/oauth2/v1/token" };
  const challenged = await askToken(caller, { scope, proof: await proofOf(caller, call) });
  const nonce = String(challenged.headers["dpop-nonce"]);
  const proof = await proofOf(caller, call, { claims: { nonce } });
  return askToken(caller, { scope, proof });
}
