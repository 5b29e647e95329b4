import { createHash } from "node:crypto";
import { EmbeddedJWK, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { Answer } from "../answer.ts";
import { DpopKey, DpopProofs } from "./dpop-proofs.ts";

const LINE = { method: "POST", path: "/api/v1/users?activate=true" };
const NOW_S = 1_800_000_000;

function proofs(): DpopProofs {
  return new DpopProofs({
    key: new DpopKey(),
    origin: "https://example.okta.com",
    nowS: () => NOW_S,
  });
}

const verify = (proof: string) =>
  jwtVerify(proof, EmbeddedJWK, {
    typ: "dpop+jwt",
    algorithms: ["ES256"],
    currentDate: new Date(NOW_S * 1000),
  });

const answer = (status: number, body: object, headers = {}): Answer =>
  new Answer(status, headers, [Buffer.from(JSON.stringify(body))]);

describe("a proof of possession", () => {
  it("names the call without its query, the time and the token, and holds no private key", async () => {
    const ath = createHash("sha256").update("token").digest("base64url");
    const { payload, protectedHeader } = await verify(proofs().prove(LINE, ath));
    expect(payload).toEqual({
      jti: expect.stringMatching(/^[\w-]{36}$/),
      htm: "POST",
      htu: "https://example.okta.com/api/v1/users",
      iat: NOW_S,
      ath,
    });
    expect(Object.keys(protectedHeader["jwk"] ?? {}).toSorted()).toEqual(["crv", "kty", "x", "y"]);
  });

  it("is never the same twice", async () => {
    const made = proofs();
    const ids = await Promise.all(
      Array.from({ length: 50 }, async () => (await verify(made.prove(LINE))).payload.jti),
    );
    expect(new Set(ids).size).toBe(50);
  });

  it("takes up the nonce of an answer that asks for it, and of one that renews it", async () => {
    const made = proofs();
    const asks = answer(400, { error: "use_dpop_nonce" }, { "dpop-nonce": "nonce-1" });
    expect(made.hear(asks)).toBe(true);
    expect((await verify(made.prove(LINE))).payload["nonce"]).toBe("nonce-1");
    expect(made.hear(answer(200, {}, { "dpop-nonce": "nonce-2" }))).toBe(false);
    expect((await verify(made.prove(LINE))).payload["nonce"]).toBe("nonce-2");
  });

  it.each([
    [
      "a challenge of the API",
      answer(401, {}, { "www-authenticate": 'DPoP error="use_dpop_nonce"' }),
    ],
    [
      "a challenge beside an error of the API",
      answer(
        401,
        { errorCode: "E0000011" },
        { "www-authenticate": 'DPoP algs="ES256", error="invalid_dpop_proof"' },
      ),
    ],
  ])("is made anew after %s", (_what, challenge) => {
    expect(proofs().hear(challenge)).toBe(true);
  });

  it("is not to blame for other refusals", () => {
    expect(proofs().hear(answer(401, { errorCode: "E0000011" }))).toBe(false);
    expect(proofs().hear(answer(500, { error: "use_dpop_nonce" }))).toBe(false);
  });
});
