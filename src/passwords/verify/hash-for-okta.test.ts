import { createHash, pbkdf2Sync, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { verifySync } from "@node-rs/bcrypt";
import { describe, expect, it } from "vitest";
import { type PasswordHash, Secret } from "../../core/index.ts";
import { hashForOkta, type SaltReading } from "./hash-for-okta.ts";
import { type HashShape, shapeLabel, shapeOf } from "./hash-shape.ts";

const PASSWORD = "Grüße, 7 cañaries";
const NAMES = { "SHA-512": "sha512", "SHA-256": "sha256", "SHA-1": "sha1", MD5: "md5" } as const;
const DIGESTS = ["SHA-512", "SHA-256", "SHA-1", "MD5"] as const;

async function make(shape: HashShape, saltReading?: SaltReading): Promise<PasswordHash> {
  const options = saltReading === undefined ? { randomBytes } : { randomBytes, saltReading };
  return (await hashForOkta(new Secret(PASSWORD), shape, options)).reveal();
}

/** Okta's documented formula, worked out anew. */
function digestOf(algorithm: keyof typeof NAMES, ...parts: readonly (Buffer | string)[]): string {
  const whole = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return createHash(NAMES[algorithm]).update(whole).digest("base64");
}

describe("a hash of a throw-away password", () => {
  it.each([4, 5])("in bcrypt %i is cut from bcrypt's own text", async (workFactor) => {
    const hash = await make({ algorithm: "BCRYPT", workFactor });
    if (hash.algorithm !== "BCRYPT") throw new Error("another algorithm");
    expect(hash.salt).toMatch(/^[./A-Za-z0-9]{21}[.Oeu]$/);
    expect(hash.value).toMatch(/^[./A-Za-z0-9]{31}$/);
    const text = `$2b$0${workFactor}$${hash.salt}${hash.value}`;
    expect(verifySync(PASSWORD, text)).toBe(true);
    expect(verifySync(`x${PASSWORD}`, text)).toBe(false);
  });

  it.each(DIGESTS)(
    "in %s stands for the salt's bytes and the password in their order",
    async (algorithm) => {
      const before = await make({ algorithm, saltOrder: "PREFIX" });
      const behind = await make({ algorithm, saltOrder: "POSTFIX" });
      const salt = ({ salt = "" }: PasswordHash): Buffer => Buffer.from(salt, "base64");
      expect(salt(before)).toHaveLength(16);
      expect(before.value).toBe(digestOf(algorithm, salt(before), PASSWORD));
      expect(behind.value).toBe(digestOf(algorithm, PASSWORD, salt(behind)));
      expect(before.salt).not.toBe(behind.salt);
      expect(await make({ algorithm })).toEqual({
        algorithm,
        value: digestOf(algorithm, PASSWORD),
      });
    },
  );

  it("over a literal salt digests the text that is sent", async () => {
    const hash = await make({ algorithm: "SHA-256", saltOrder: "PREFIX" }, "literal");
    expect(hash.value).toBe(digestOf("SHA-256", hash.salt ?? "", PASSWORD));
  });

  it.each([
    ["SHA256_HMAC", "sha256", 32],
    ["SHA512_HMAC", "sha512", 24],
  ] as const)(
    "in PBKDF2 with %s has the size and rounds asked for",
    async (digestAlgorithm, name, keySize) => {
      const shape = {
        algorithm: "PBKDF2",
        digestAlgorithm,
        iterationCount: 4096,
        keySize,
      } as const;
      const hash = await make(shape);
      const key = pbkdf2Sync(PASSWORD, Buffer.from(hash.salt ?? "", "base64"), 4096, keySize, name);
      expect(hash).toEqual({ ...shape, salt: hash.salt, value: key.toString("base64") });
    },
  );

  it("never shows itself", async () => {
    const hash = await hashForOkta(new Secret(PASSWORD), { algorithm: "MD5" }, { randomBytes });
    expect(inspect(hash)).toBe("[secret]");
  });
});

describe("the shape of a hash", () => {
  it.each<[string, HashShape]>([
    ["bcrypt 10", { algorithm: "BCRYPT", workFactor: 10 }],
    ["SHA-256, salt before the password", { algorithm: "SHA-256", saltOrder: "PREFIX" }],
    ["SHA-1, salt behind the password", { algorithm: "SHA-1", saltOrder: "POSTFIX" }],
    ["MD5, unsalted", { algorithm: "MD5" }],
    [
      "PBKDF2 SHA-512, 20000 rounds, 24 bytes",
      { algorithm: "PBKDF2", digestAlgorithm: "SHA512_HMAC", iterationCount: 20_000, keySize: 24 },
    ],
  ])("%s keeps no material", (label, shape) => {
    const hash = { ...shape, salt: "invented salt", value: "invented value" } as PasswordHash;
    expect(shapeOf(hash)).toEqual(shape);
    expect(shapeLabel(shape)).toBe(label);
  });
});
