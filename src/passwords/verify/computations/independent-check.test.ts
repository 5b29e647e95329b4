import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fc from "fast-check";
import {
  argon2d,
  argon2i,
  argon2id,
  createHMAC,
  createSHA256,
  createSHA512,
  pbkdf2,
  scrypt,
} from "hash-wasm";
import { describe, expect, it } from "vitest";
import { lackOfCrypt, referenceCrypt } from "../../../../test/support/reference-crypt.ts";
import type { Computation, DigestComputation } from "../../formats/computation.ts";
import { checkComputation } from "./check-computation.ts";

/*
 * The same computations by other implementations: Node's where ours are hash-wasm's, hash-wasm's
 * where ours are native, the system's where there are any.
 */

const passwords = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
    fc.string({ unit: "binary", minLength: 70, maxLength: 100 }),
    fc.constantFrom("Grüße", "😀😀😀", "nul\0inside", "\0", "x".repeat(72), "x".repeat(73)),
  )
  .map((text) => Buffer.from(text));

const salts = fc.uint8Array({ minLength: 8, maxLength: 40 });

/** Right for the password, wrong for a longer one that no bound cuts to the same. */
function expectRight(computation: Computation, password: Uint8Array): void {
  expect(checkComputation(computation, password)).toBe(true);
  expect(checkComputation(computation, Buffer.concat([Buffer.from("!"), password]))).toBe(false);
}

describe("a digest", () => {
  const names = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"] as const;
  const settings = fc.record({
    digest: fc.constantFrom(...names),
    salted: fc.constantFrom("none", "prefix", "postfix"),
    rounds: fc.integer({ min: 1, max: 5 }),
    again: fc.constantFrom("digest", "digest-and-salt"),
    salt: salts,
  });

  function byNode(of: Omit<DigestComputation, "value">, password: Uint8Array): Buffer {
    const { digest, salted, salt, rounds, again } = of;
    const round = (input: Uint8Array, isSalted: boolean): Buffer => {
      const hash = createHash(digest);
      if (isSalted && salted === "prefix") hash.update(salt);
      hash.update(input);
      if (isSalted && salted === "postfix") hash.update(salt);
      return hash.digest();
    };
    let value = round(password, true);
    for (let left = rounds; left > 1; left -= 1) value = round(value, again === "digest-and-salt");
    return value;
  }

  it("agrees with Node's, salted and repeated in every way", () => {
    fc.assert(
      fc.property(settings, passwords, (given, password) => {
        const computation = { kind: "digest", preparation: [], ...given } as const;
        expectRight({ ...computation, value: byNode({ ...computation }, password) }, password);
      }),
    );
  });

  it("takes a password and a salt that are longer than the library's window", () => {
    const salt = Buffer.alloc(20_000, 7);
    const password = Buffer.alloc(4096, 120);
    const value = createHash("sha256").update(salt).update(password).digest();
    const kind = { kind: "digest", preparation: [], digest: "sha256", rounds: 1 } as const;
    const computation = { ...kind, again: "digest", salted: "prefix", salt, value } as const;
    expect(checkComputation(computation, password)).toBe(true);
  });
});

describe("an HMAC", () => {
  it("agrees with hash-wasm's, with the salt or the password as its key", async () => {
    await fc.assert(
      fc.asyncProperty(salts, passwords, fc.boolean(), async (salt, password, isKeyed) => {
        const hasher = await createHMAC(createSHA512(), isKeyed ? salt : password);
        const value = hasher.update(isKeyed ? password : salt).digest("binary");
        const keyed = isKeyed ? "salt" : "password";
        const computation = { kind: "hmac", preparation: [], digest: "sha512", keyed } as const;
        expect(checkComputation({ ...computation, salt, value }, password)).toBe(true);
        const other = Buffer.concat([password, Buffer.from("x")]);
        expect(checkComputation({ ...computation, salt, value }, other)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
});

describe("PBKDF2", () => {
  it("agrees with hash-wasm's", async () => {
    const lengths = fc.integer({ min: 1, max: 80 });
    await fc.assert(
      fc.asyncProperty(salts, passwords, lengths, async (salt, password, hashLength) => {
        const hashFunction = createSHA256();
        const given = { password, salt, iterations: 20, hashLength, hashFunction } as const;
        const key = await pbkdf2({ ...given, outputType: "binary" });
        const computation = { kind: "pbkdf2", preparation: [], digest: "sha256" } as const;
        expect(checkComputation({ ...computation, rounds: 20, salt, key }, password)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe("scrypt", () => {
  it("agrees with hash-wasm's", async () => {
    const settings = fc.record({
      costFactor: fc.constantFrom(2, 16, 256),
      blockSize: fc.integer({ min: 1, max: 9 }),
      parallelism: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(salts, passwords, settings, async (salt, password, given) => {
        const key = await scrypt({
          password,
          salt,
          ...given,
          hashLength: 32,
          outputType: "binary",
        });
        const { costFactor: cost, blockSize, parallelism: parallelization } = given;
        const computation = { kind: "scrypt", preparation: [], cost, blockSize } as const;
        expectRight({ ...computation, parallelization, salt, key }, password);
      }),
      { numRuns: 20 },
    );
  });
});

describe("Argon2", () => {
  it("agrees with hash-wasm's in all three variants", async () => {
    const variants = { i: argon2i, d: argon2d, id: argon2id };
    const settings = fc.record({
      variant: fc.constantFrom("i", "d", "id"),
      lanes: fc.integer({ min: 1, max: 3 }),
      passes: fc.integer({ min: 1, max: 3 }),
      memoryKib: fc.integer({ min: 24, max: 100 }),
      length: fc.integer({ min: 4, max: 70 }),
    });
    await fc.assert(
      fc.asyncProperty(salts, passwords, settings, async (salt, password, given) => {
        const { variant, lanes, passes, memoryKib, length } = given;
        const tag = await variants[variant]({
          password,
          salt,
          parallelism: lanes,
          iterations: passes,
          memorySize: memoryKib,
          hashLength: length,
          outputType: "binary",
        });
        const computation = { kind: "argon2", preparation: [], version: 19 } as const;
        expectRight({ ...computation, variant, memoryKib, passes, lanes, salt, tag }, password);
      }),
      { numRuns: 20 },
    );
  });
});

describe("bcrypt", () => {
  const SETTING = "$2b$04$abcdefghijklmnopqrstuu";
  const lack = lackOfCrypt(SETTING);

  it.skipIf(lack !== undefined)("agrees with the system's own, NUL and 72 bytes included", () => {
    fc.assert(
      fc.property(fc.array(passwords, { minLength: 20, maxLength: 20 }), (asked) => {
        const texts = referenceCrypt(asked.map((password) => ({ password, setting: SETTING })));
        for (const [index, password] of asked.entries()) {
          const value = texts[index]?.slice(29) ?? "";
          const salt = SETTING.slice(7);
          for (const version of ["2a", "2b", "2y"] as const) {
            const computation = { kind: "bcrypt", preparation: [], version, cost: 4 } as const;
            expectRight({ ...computation, salt, value }, password);
          }
        }
      }),
      { numRuns: 2 },
    );
  });
});

describe("Apache's apr1", () => {
  const openssl = spawnSync("openssl", ["version"]);

  it.skipIf(openssl.status !== 0)("agrees with OpenSSL's", () => {
    const asked = ["a", "Grüße", "😀😀😀", "x".repeat(15), "x".repeat(16), "x".repeat(17), "é e é"];
    const args = ["passwd", "-apr1", "-salt", "rqXexS6Z", "-stdin"];
    const { stdout } = spawnSync("openssl", args, { input: `${asked.join("\n")}\n` });
    const texts = stdout.toString().trim().split("\n");
    for (const [index, password] of asked.entries()) {
      const text = texts[index] ?? "";
      const computation = { kind: "crypt", preparation: [], scheme: "apr1", text } as const;
      expectRight(computation, Buffer.from(password));
    }
  });
});
