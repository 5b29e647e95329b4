import { createHash, pbkdf2Sync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { PasswordHash } from "../../core/index.ts";
import type { Computation, DigestComputation, PreparationStep } from "./computation.ts";
import { describeToOkta } from "./describe-to-okta.ts";

const NODE_DIGESTS = { "SHA-512": "sha512", "SHA-256": "sha256", "SHA-1": "sha1", MD5: "md5" };
const NO_BYTES = new Uint8Array();
const SALT = Uint8Array.of(0, 255, 62, 63, 10);

function sha256(over: Partial<DigestComputation> = {}): Computation {
  return {
    kind: "digest",
    preparation: [],
    digest: "sha256",
    salted: "prefix",
    salt: SALT,
    rounds: 1,
    again: "digest",
    value: new Uint8Array(32),
    ...over,
  };
}

function pbkdf2(over: object = {}): Computation {
  const settings = { digest: "sha256", rounds: 4096, salt: SALT, key: new Uint8Array(20) } as const;
  return { kind: "pbkdf2", preparation: [], ...settings, ...over };
}

function describedHash(computation: Computation): PasswordHash | string {
  const described = describeToOkta(computation);
  return described.kind === "hash" ? described.hash.reveal() : described.because;
}

/** Whether a password is the one behind a hash, by the formula that Okta documents. */
function isRightForOkta(hash: PasswordHash, password: string): boolean {
  const text = Buffer.from(password, "utf8");
  const salt = Buffer.from(hash.salt ?? "", "base64");
  const value = Buffer.from(hash.value, "base64");
  switch (hash.algorithm) {
    case "BCRYPT":
      throw new Error("bcrypt is cut and not computed here");
    case "PBKDF2": {
      const digest = hash.digestAlgorithm === "SHA256_HMAC" ? "sha256" : "sha512";
      return pbkdf2Sync(text, salt, hash.iterationCount, hash.keySize, digest).equals(value);
    }
    case "SHA-512":
    case "SHA-256":
    case "SHA-1":
    case "MD5": {
      const parts = hash.saltOrder === "PREFIX" ? [salt, text] : [text, salt];
      const digest = createHash(NODE_DIGESTS[hash.algorithm]);
      return digest.update(Buffer.concat(parts)).digest().equals(value);
    }
  }
}

const passwords = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 90 }),
  fc.constantFrom("", "\0", "pässwörd", "🔑", "a".repeat(73)),
);

describe("what is described to Okta", () => {
  it("is right for the same passwords as a plain digest, by Okta's own formula", () => {
    const digests = fc.record({
      digest: fc.constantFrom(
        "md5" as const,
        "sha1" as const,
        "sha256" as const,
        "sha512" as const,
      ),
      salted: fc.constantFrom("none" as const, "prefix" as const, "postfix" as const),
      salt: fc.uint8Array({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(digests, passwords, passwords, ({ digest, salted, salt }, password, other) => {
        const text = Buffer.from(password, "utf8");
        const used = salted === "none" ? NO_BYTES : salt;
        const input = Buffer.concat(salted === "prefix" ? [used, text] : [text, used]);
        const value = createHash(digest).update(input).digest();
        const described = describedHash(sha256({ digest, salted, salt: used, value }));
        if (typeof described === "string") throw new Error("Okta takes plain digests");
        expect(isRightForOkta(described, password)).toBe(true);
        expect(isRightForOkta(described, `${password}x`)).toBe(false);
        expect(isRightForOkta(described, other)).toBe(other === password);
      }),
      { numRuns: 300 },
    );
  });

  it("is right for the same passwords as PBKDF2, with the key's own length", () => {
    const settings = fc.record({
      digest: fc.constantFrom("sha256" as const, "sha512" as const),
      rounds: fc.integer({ min: 4096, max: 4200 }),
      salt: fc.uint8Array({ minLength: 1, maxLength: 64 }),
      length: fc.integer({ min: 16, max: 256 }),
    });
    fc.assert(
      fc.property(settings, passwords, ({ digest, rounds, salt, length }, password) => {
        const key = pbkdf2Sync(password, salt, rounds, length, digest);
        const described = describedHash(pbkdf2({ digest, rounds, salt, key }));
        if (typeof described === "string") throw new Error("Okta takes these");
        expect(described).toMatchObject({ iterationCount: rounds, keySize: length });
        expect(isRightForOkta(described, password)).toBe(true);
        expect(isRightForOkta(described, `${password}x`)).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  it("is bcrypt cut into its parts and never re-encoded", () => {
    const parts = { salt: "yobOT8CyiI3Ls6BM/.MNWu", value: ".O6UcaOinlpRnEkPJttZn2dQZ5uZC42" };
    for (const version of ["2a", "2b", "2y"] as const) {
      const bcrypt = { kind: "bcrypt", preparation: [], version, cost: 20, ...parts } as const;
      expect(describedHash(bcrypt)).toEqual({ algorithm: "BCRYPT", workFactor: 20, ...parts });
      expect(describedHash({ ...bcrypt, cost: 21 })).toContain("work factor 21 is above 20");
    }
  });

  it("is padded base64, and names no salt where there is none", () => {
    expect(describedHash(sha256())).toEqual({
      algorithm: "SHA-256",
      salt: "AP8+Pwo=",
      saltOrder: "PREFIX",
      value: `${"A".repeat(43)}=`,
    });
    const unsalted = { algorithm: "SHA-256", value: `${"A".repeat(43)}=` };
    expect(describedHash(sha256({ salted: "none", salt: NO_BYTES }))).toEqual(unsalted);
    expect(describedHash(sha256({ salted: "postfix", salt: NO_BYTES }))).toEqual(unsalted);
  });
});

describe("the salt of SHA-256", () => {
  function warningsOf(computation: Computation): readonly string[] {
    const described = describeToOkta(computation);
    return described.kind === "hash" ? described.warnings.map(({ code }) => code) : [];
  }

  it("is a warning, since Okta's documents and examples differ; nothing is chosen", () => {
    expect(warningsOf(sha256())).toEqual(["SHA256_SALT_UNSETTLED"]);
    expect(warningsOf(sha256({ salted: "none", salt: NO_BYTES }))).toEqual([]);
    expect(warningsOf(sha256({ digest: "sha512" }))).toEqual([]);
    expect(warningsOf(pbkdf2())).toEqual([]);
  });
});

describe("what Okta can't take is told, with the reason", () => {
  const steps: readonly (readonly [PreparationStep, RegExp])[] = [
    [{ step: "utf16le" }, /UTF-16/],
    [{ step: "append", bytes: SALT }, /pepper/],
    [{ step: "prepend", bytes: SALT }, /pepper/],
    [{ step: "digest", digest: "md5", encoding: "hex" }, /hashed before/],
    [{ step: "hmac", digest: "md5", key: SALT, encoding: "hex" }, /hashed before/],
    [{ step: "trim" }, /white space/],
  ];

  it.each(steps)("a password that is prepared: %j", (step, reason) => {
    for (const plain of [sha256(), pbkdf2()]) {
      expect(describedHash({ ...plain, preparation: [step] })).toMatch(reason);
    }
  });

  it.each<[string, Computation]>([
    ["4095 rounds", pbkdf2({ rounds: 4095 })],
    ["SHA-1", pbkdf2({ digest: "sha1" })],
    ["SHA-384", pbkdf2({ digest: "sha384" })],
    ["without a salt", pbkdf2({ salt: NO_BYTES })],
    ["MD4", sha256({ digest: "md4" })],
    ["SHA-224", sha256({ digest: "sha224" })],
    ["2 rounds", sha256({ rounds: 2 })],
    [
      "HMAC",
      { kind: "hmac", preparation: [], digest: "sha256", keyed: "salt", salt: SALT, value: SALT },
    ],
  ])("%s", (reason, computation) => {
    expect(describedHash(computation)).toContain(reason);
  });
});
