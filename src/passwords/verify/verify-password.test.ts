import { createHash, pbkdf2Sync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PasswordHash } from "../../core/index.ts";
import { hashBcrypt } from "./hash-bcrypt.ts";
import { verifyPassword } from "./verify-password.ts";

const GOOD = "correct horse é";

/** One invented hash of {@link GOOD} per shape but bcrypt. */
const HASHES: Record<string, PasswordHash> = {
  "salted SHA-512, salt behind": digest("SHA-512", "sha512", "POSTFIX"),
  "salted SHA-512, salt before": digest("SHA-512", "sha512", "PREFIX"),
  "salted SHA-256": digest("SHA-256", "sha256", "POSTFIX"),
  "salted SHA-1": digest("SHA-1", "sha1", "PREFIX"),
  "salted MD5": digest("MD5", "md5", "POSTFIX"),
  "unsalted SHA-1": {
    algorithm: "SHA-1",
    value: createHash("sha1").update(GOOD).digest("base64"),
  },
  "PBKDF2 over SHA-256": derived("SHA256_HMAC", "sha256", 32),
  "PBKDF2 over SHA-512": derived("SHA512_HMAC", "sha512", 24),
};

function digest(
  algorithm: "SHA-512" | "SHA-256" | "SHA-1" | "MD5",
  name: string,
  saltOrder: "PREFIX" | "POSTFIX",
): PasswordHash {
  const salt = Buffer.from([0, 255, 128, 7, 9]);
  const text = Buffer.from(GOOD);
  const input = saltOrder === "PREFIX" ? [salt, text] : [text, salt];
  const value = createHash(name).update(Buffer.concat(input)).digest("base64");
  return { algorithm, salt: salt.toString("base64"), saltOrder, value };
}

function derived(
  digestAlgorithm: "SHA256_HMAC" | "SHA512_HMAC",
  name: string,
  keySize: number,
): PasswordHash {
  const salt = Buffer.from("pinch of salt");
  return {
    algorithm: "PBKDF2",
    digestAlgorithm,
    iterationCount: 4096,
    keySize,
    salt: salt.toString("base64"),
    value: pbkdf2Sync(GOOD, salt, 4096, keySize, name).toString("base64"),
  };
}

describe("checking a password against a stored hash", () => {
  it.each(Object.keys(HASHES))(
    "the password behind a hash matches, another one does not: %s",
    async (name) => {
      const hash = HASHES[name];
      if (hash === undefined) throw new Error("no such hash");
      expect(await verifyPassword(hash, GOOD)).toBe(true);
      expect(await verifyPassword(hash, `${GOOD} `)).toBe(false);
      expect(await verifyPassword(hash, "")).toBe(false);
    },
  );

  it("reproduces hashes that were published with their passwords", async () => {
    const published: readonly (readonly [string, PasswordHash])[] = [
      [
        "test password",
        {
          algorithm: "BCRYPT",
          workFactor: 12,
          salt: "JRTqctXrmURv1zqEjMX8Uu",
          value: "6FU1hdF4DOr3vbwyEvx8JW9eSKUvvSO",
        },
      ],
      [
        "test password",
        {
          algorithm: "SHA-256",
          salt: "R0lGODlhAQABAAAAADs=",
          saltOrder: "POSTFIX",
          value: "6ONMDzdYZltRuM8j0EaG0eUgY0ooPj/m09MqlnGJ3AQ=",
        },
      ],
      [
        "Abcd1234",
        {
          algorithm: "MD5",
          salt: "TXlTYWx0",
          saltOrder: "PREFIX",
          value: "jqACjUUFXM1XE6NiLALAbA==",
        },
      ],
      [
        "Test123456!",
        {
          algorithm: "PBKDF2",
          digestAlgorithm: "SHA512_HMAC",
          iterationCount: 20_000,
          keySize: 24,
          salt: "kcs2gJGOI4Nn2bgiWM8E3P83ZHhIanj1",
          value: "fBNzjuyyyDghtShOdQNORxp7ppTZQPBZ",
        },
      ],
    ];
    for (const [password, hash] of published) {
      expect(await verifyPassword(hash, password)).toBe(true);
      expect(await verifyPassword(hash, `${password}!`)).toBe(false);
    }
  });

  it("a malformed hash matches nothing and throws nothing", async () => {
    const malformed: readonly PasswordHash[] = [
      { algorithm: "BCRYPT", workFactor: 1, salt: "abcdefghijklmnopqrstuu", value: "x" },
      { algorithm: "BCRYPT", workFactor: 99, salt: "", value: "" },
      { algorithm: "SHA-256", value: "" },
      { algorithm: "MD5", salt: "*", saltOrder: "PREFIX", value: "not base64 at all" },
      {
        algorithm: "PBKDF2",
        digestAlgorithm: "SHA256_HMAC",
        iterationCount: 0,
        keySize: 0,
        salt: "",
        value: "",
      },
    ];
    for (const hash of malformed) expect(await verifyPassword(hash, "")).toBe(false);
  });
});

describe("hashing a password of an invented user", () => {
  it("any password signs in with the bcrypt hash that was made of it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 20 }), async (password) => {
        const stored = await hashBcrypt(password, 4);
        expect(stored).toMatch(/^\$2b\$04\$[./A-Za-z0-9]{53}$/);
        const hash: PasswordHash = {
          algorithm: "BCRYPT",
          workFactor: 4,
          salt: stored.slice(7, 29),
          value: stored.slice(29),
        };
        expect(await verifyPassword(hash, password)).toBe(true);
        expect(await verifyPassword(hash, `x${password}`)).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  it("the same salt gives the same hash", async () => {
    const first = await hashBcrypt("a password", 4, Buffer.alloc(16, 7));
    expect(await hashBcrypt("a password", 4, Buffer.alloc(16, 7))).toBe(first);
    expect(await hashBcrypt("a password", 4)).not.toBe(first);
  });

  it("a salt of the wrong length is refused", async () => {
    await expect(hashBcrypt("a password", 4, Buffer.alloc(3))).rejects.toThrow(RangeError);
  });
});
