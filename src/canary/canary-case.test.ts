import { describe, expect, it } from "vitest";
import type { PasswordHash } from "../core/index.ts";
import {
  caseLabel,
  mostUsers,
  NAMED_ALGORITHMS,
  namedCases,
  ShapeTally,
  withOddPasswords,
} from "./canary-case.ts";
import { inventPassword } from "./invent-password.ts";
import { randomBytes } from "node:crypto";

const SALT = "invented salt";
const bcrypt = (workFactor: number): PasswordHash => ({
  algorithm: "BCRYPT",
  workFactor,
  salt: SALT,
  value: SALT,
});
const pbkdf2 = (iterationCount: number, keySize: number): PasswordHash => ({
  algorithm: "PBKDF2",
  digestAlgorithm: "SHA256_HMAC",
  iterationCount,
  keySize,
  salt: SALT,
  value: SALT,
});

function casesOf(...hashes: readonly PasswordHash[]): readonly string[] {
  const tally = new ShapeTally();
  for (const hash of hashes) tally.add(hash);
  return tally.cases().map((tried) => `${caseLabel(tried)}: ${String(tried.records)}`);
}

describe("what a source needs to be tried", () => {
  it("is every shape once, the most frequent first", () => {
    const salted = { algorithm: "SHA-512", salt: SALT, saltOrder: "PREFIX", value: SALT } as const;
    expect(
      casesOf(bcrypt(10), bcrypt(12), bcrypt(12), salted, salted, salted, {
        algorithm: "SHA-512",
        value: SALT,
      }),
    ).toEqual([
      "SHA-512, salt before the password: 3",
      "bcrypt 12: 2",
      "bcrypt 10: 1",
      "SHA-512, unsalted: 1",
    ]);
  });

  it("is one case for PBKDF2 of all rounds, with the most of them", () => {
    expect(
      casesOf(pbkdf2(5000, 32), pbkdf2(27_500, 32), pbkdf2(10_000, 32), pbkdf2(4096, 64)),
    ).toEqual([
      "PBKDF2 SHA-256, 27500 rounds, 32 bytes: 3",
      "PBKDF2 SHA-256, 4096 rounds, 64 bytes: 1",
    ]);
  });

  it("keeps nothing of the hashes", () => {
    const tally = new ShapeTally();
    tally.add(bcrypt(10));
    tally.add(pbkdf2(5000, 32));
    expect(JSON.stringify(tally.cases())).not.toContain(SALT);
  });
});

describe("algorithms that are named", () => {
  it("are tried in all their usual shapes, each once", () => {
    expect(namedCases(["md5", "md5"]).map(caseLabel)).toEqual([
      "MD5, salt before the password",
      "MD5, salt behind the password",
      "MD5, unsalted",
    ]);
    expect(namedCases(NAMED_ALGORITHMS)).toHaveLength(1 + 4 * 3 + 2);
    expect(mostUsers(namedCases(NAMED_ALGORITHMS))).toBe(1 + 15 + 2);
  });

  it("a thorough trial adds odd passwords for bcrypt alone", () => {
    expect(withOddPasswords(namedCases(["bcrypt"])).map(caseLabel)).toEqual([
      "bcrypt 10",
      "bcrypt 10, password with accents",
      "bcrypt 10, password beyond 72 bytes",
    ]);
    expect(withOddPasswords(namedCases(["md5"]))).toHaveLength(3);
  });
});

describe("an invented password", () => {
  it.each(["usual", "accented", "long"] as const)(
    "that is %s has every kind of character",
    (kind) => {
      const password = inventPassword(kind, randomBytes).reveal();
      for (const kindOf of [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/])
        expect(password).toMatch(kindOf);
      expect(Buffer.byteLength(password) > 72).toBe(kind === "long");
      expect(/[^ -~]/.test(password)).toBe(kind === "accented");
      expect(inventPassword(kind, randomBytes).reveal()).not.toBe(password);
    },
  );
});
