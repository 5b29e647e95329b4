import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { inspect } from "node:util";
import { decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { readSigningKey } from "./private-key.ts";
import { createServiceApp, signedTokenForm } from "./service-app.ts";

const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = (key: KeyObject, type: "pkcs8" | "pkcs1" | "sec1"): string =>
  String(key.export({ type, format: "pem" }));
const jwk = (key: KeyObject, more: object = {}): string =>
  JSON.stringify({ ...key.export({ format: "jwk" }), ...more });
const EC = (namedCurve: string) => generateKeyPairSync("ec", { namedCurve });
const TOKEN_URL = "https://example.okta.com/oauth2/v1/token";
const NOW_S = 1_800_000_000;

interface Case {
  readonly text: string;
  readonly publicKey: KeyObject;
  readonly algorithm: string;
  readonly keyId?: string;
}

const P256 = EC("P-256");
const P384 = EC("P-384");
const P521 = EC("P-521");
const CASES: Readonly<Record<string, Case>> = {
  "PKCS #8": { text: pem(RSA.privateKey, "pkcs8"), publicKey: RSA.publicKey, algorithm: "RS256" },
  "PKCS #1": { text: pem(RSA.privateKey, "pkcs1"), publicKey: RSA.publicKey, algorithm: "RS256" },
  "a variable with its line breaks written out": {
    text: pem(RSA.privateKey, "pkcs8").replaceAll("\n", String.raw`\n`),
    publicKey: RSA.publicKey,
    algorithm: "RS256",
  },
  "SEC 1": { text: pem(P256.privateKey, "sec1"), publicKey: P256.publicKey, algorithm: "ES256" },
  "PKCS #8 on P-384": {
    text: pem(P384.privateKey, "pkcs8"),
    publicKey: P384.publicKey,
    algorithm: "ES384",
  },
  "a JWK on P-521": { text: jwk(P521.privateKey), publicKey: P521.publicKey, algorithm: "ES512" },
  "a JWK for RS384": {
    text: jwk(RSA.privateKey, { alg: "RS384", kid: "key-1" }),
    publicKey: RSA.publicKey,
    algorithm: "RS384",
    keyId: "key-1",
  },
  "a JWK set of one for RS512": {
    text: `{"keys":[${jwk(RSA.privateKey, { alg: "RS512", kid: "key-2" })}]}`,
    publicKey: RSA.publicKey,
    algorithm: "RS512",
    keyId: "key-2",
  },
};

const appOf = (text: string, more: { keyId?: string; algorithm?: string } = {}) =>
  createServiceApp({
    clientId: "0oaapp1",
    at: "OKTA_CLIENT_ID",
    key: { text, at: "key.pem", ...more },
  });

describe("a service app's private key", () => {
  it.each(Object.entries(CASES))("as %s signs assertions", async (_form, given) => {
    const app = await appOf(given.text);
    const ask = async (): Promise<URLSearchParams> =>
      new URLSearchParams(
        await signedTokenForm(app, { scopes: ["a", "b"], tokenUrl: TOKEN_URL, nowS: NOW_S }),
      );
    const form = await ask();
    expect([...form.keys()].toSorted()).toEqual([
      "client_assertion",
      "client_assertion_type",
      "grant_type",
      "scope",
    ]);
    expect(form.get("scope")).toBe("a b");
    const assertion = form.get("client_assertion") ?? "";
    const { payload, protectedHeader } = await jwtVerify(assertion, given.publicKey, {
      currentDate: new Date(NOW_S * 1000),
      audience: TOKEN_URL,
      issuer: "0oaapp1",
      subject: "0oaapp1",
    });
    expect(protectedHeader).toEqual({
      alg: given.algorithm,
      ...(given.keyId === undefined ? {} : { kid: given.keyId }),
    });
    expect(payload).toMatchObject({ iat: NOW_S, exp: NOW_S + 300 });
    const again = decodeJwt((await ask()).get("client_assertion") ?? "");
    expect(again.jti).not.toBe(payload.jti);
  });

  it("takes its name and its signature from the operator where the file has none", async () => {
    const text = pem(RSA.privateKey, "pkcs8");
    const app = await appOf(text, { keyId: "mine", algorithm: "RS512" });
    const form = await signedTokenForm(app, { scopes: ["a"], tokenUrl: TOKEN_URL, nowS: NOW_S });
    const assertion = new URLSearchParams(form).get("client_assertion") ?? "";
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: "RS512", kid: "mine" });
  });

  it.each<readonly [string, string, RegExp]>([
    ["is encrypted", encrypted(), /encrypted with a passphrase/],
    ["is encrypted in the old way", oldEncrypted(), /encrypted with a passphrase/],
    [
      "is the public half",
      String(RSA.publicKey.export({ type: "spki", format: "pem" })),
      /public key/,
    ],
    ["is the public half as a JWK", jwk(RSA.publicKey), /public key/],
    ["is a certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n", /certificate/],
    ["has the form of OpenSSH", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n", /OpenSSH/],
    [
      "is too short",
      pem(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey, "pkcs8"),
      /2048/,
    ],
    ["is of another kind", pem(generateKeyPairSync("ed25519").privateKey, "pkcs8"), /kind/],
    ["is on another curve", pem(EC("secp256k1").privateKey, "pkcs8"), /kind/],
    ["is cut off", pem(RSA.privateKey, "pkcs8").slice(0, 400), /damaged/],
    ["is no JSON", `{${pem(RSA.privateKey, "pkcs8")}`, /no JSON/],
    ["is one of several", `{"keys":[${jwk(RSA.privateKey)},${jwk(P256.privateKey)}]}`, /2 keys/],
    ["is empty", "  ", /damaged/],
    ["asks for a signature of another kind", jwk(P256.privateKey, { alg: "RS256" }), /algorithm/],
  ])("that %s is refused with what to do, and not quoted", async (_what, text, message) => {
    const error: unknown = await readSigningKey({ text, at: "key.pem" }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: "PRIVATE_KEY_INVALID", at: "key.pem" });
    expect(String(error)).toMatch(message);
    const material = text.replaceAll(/-----[^-]*-----/g, "").trim();
    if (material.length > 20) expect(inspect(error)).not.toContain(material.slice(5, 25));
  });
});

function encrypted(): string {
  const cipher = "aes-256-cbc";
  return String(
    RSA.privateKey.export({ type: "pkcs8", format: "pem", cipher, passphrase: "top secret" }),
  );
}

function oldEncrypted(): string {
  const cipher = "aes-256-cbc";
  return String(
    RSA.privateKey.export({ type: "pkcs1", format: "pem", cipher, passphrase: "top secret" }),
  );
}
