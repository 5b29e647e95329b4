import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readAppKeys } from "./app-keys.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

describe("the public keys of an app", () => {
  it("come as PEM, as a JWK with its kid, or as a set of them", () => {
    const pem = publicKey.export({ format: "pem", type: "spki" }).toString();
    const jwk = publicKey.export({ format: "jwk" });
    expect(readAppKeys(pem)).toEqual([jwk]);
    expect(readAppKeys(JSON.stringify({ ...jwk, kid: "a" }))).toEqual([{ ...jwk, kid: "a" }]);
    expect(readAppKeys(JSON.stringify({ keys: [jwk, jwk] }))).toEqual([jwk, jwk]);
  });

  it("of a private key only the public part is taken", () => {
    const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    const jwk = JSON.stringify(privateKey.export({ format: "jwk" }));
    for (const text of [pem, jwk]) {
      expect(Object.keys(readAppKeys(text)[0] ?? {}).toSorted()).toEqual(["e", "kty", "n"]);
    }
  });

  it("what is no key, or too weak a one, is refused, and nothing of it is quoted", () => {
    const weak = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;
    const odd = generateKeyPairSync("ed25519").publicKey;
    const texts = [
      "material",
      '{"keys":[]}',
      '{"keys":["material"]}',
      '{"kty":"RSA","n":"material"}',
      "-----BEGIN PUBLIC KEY-----\nmaterial\n-----END PUBLIC KEY-----",
      weak.export({ format: "pem", type: "spki" }).toString(),
      odd.export({ format: "pem", type: "spki" }).toString(),
    ];
    for (const text of texts) {
      expect(() => readAppKeys(text)).toThrow(/^holds (?!.*material)/);
    }
  });
});
