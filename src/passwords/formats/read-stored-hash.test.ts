import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { SourceValue } from "../../core/index.ts";
import {
  type Beside,
  HASH_FORMATS,
  type HashFormat,
  materialOf,
  readStoredHash,
  type Reading,
} from "./index.ts";

const SALT = "yobOT8CyiI3Ls6BM/.MNWu";
const VALUE = ".O6UcaOinlpRnEkPJttZn2dQZ5uZC42";
const BCRYPT = `$2b$10$${SALT}${VALUE}`;
const BASE64_64 = `${"A".repeat(84)}Ag==`;
const BASE64_32 = `${"B".repeat(40)}BAE=`;

function read(found: SourceValue | undefined, format: HashFormat = "auto"): unknown {
  const material = materialOf(readStoredHash(found, format));
  switch (material.kind) {
    case "hash":
      return material.hash.reveal();
    case "unusable":
      return material.issue.code;
    case "none":
      return "none";
  }
}

describe("a bcrypt hash", () => {
  it.each(["a", "b", "y"])("of version $2%s$ is cut into its parts and not changed", (version) => {
    expect(read(`$2${version}$10$${SALT}${VALUE}`)).toEqual({
      algorithm: "BCRYPT",
      workFactor: 10,
      salt: SALT,
      value: VALUE,
    });
  });

  it.each([
    ["$2$", `$2$10$${SALT}${VALUE}`],
    ["$2x$", `$2x$10$${SALT}${VALUE}`],
    ["a version nobody knows", `$2c$10$${SALT}${VALUE}`],
    ["a work factor above Okta's", `$2b$21$${SALT}${VALUE}`],
  ])("of %s can't be carried", (_what, text) => {
    expect(read(text)).toBe("PASSWORD_UNSUPPORTED");
  });

  it.each([4, 20])("may have the work factor %d", (workFactor) => {
    const text = `$2b$${String(workFactor).padStart(2, "0")}$${SALT}${VALUE}`;
    expect(read(text)).toMatchObject({ workFactor });
  });

  it.each([
    ["is cut off", BCRYPT.slice(0, -1)],
    ["is too long", `${BCRYPT}x`],
    ["has no work factor", `$2b$1x$${SALT}${VALUE}`],
    ["has a work factor below 4", `$2b$03$${SALT}${VALUE}`],
    ["has a work factor beyond bcrypt's own", `$2b$32$${SALT}${VALUE}`],
    ["has a salt that no bcrypt writes", `$2b$10$${SALT.slice(0, -1)}v${VALUE}`],
    ["has a foreign character in its value", `$2b$10$${SALT}${VALUE.slice(0, -1)}+`],
  ])("that %s is malformed", (_what, text) => {
    expect(read(text)).toBe("PASSWORD_MALFORMED");
  });

  it("padded by a fixed-width column is read without the padding", () => {
    expect(read(`${BCRYPT}      `)).toMatchObject({ salt: SALT, value: VALUE });
  });
});

describe("bcrypt with its salt in a column of its own", () => {
  function readHalves(value: string, beside: Beside): Reading {
    return readStoredHash(value, "auto", beside);
  }

  function labelOf(reading: Reading): string | undefined {
    return reading.kind === "stored" ? reading.stored.label : undefined;
  }

  it("is put together, with the work factor from beside it or the salt", () => {
    expect(labelOf(readHalves(VALUE, { salt: SALT, rounds: "12" }))).toBe("bcrypt 12");
    expect(labelOf(readHalves(VALUE, { salt: SALT }))).toBe("bcrypt 10");
    expect(labelOf(readHalves(VALUE, { salt: `$2a$09$${SALT}` }))).toBe("bcrypt 9");
  });

  it("is never thought of for a hash of another length that has 22 characters of salt", () => {
    const found = readHalves("5f4dcc3b5aa765d61d8327deb882cf99", { salt: SALT });
    expect(found.kind === "unusable" ? found.format : undefined).not.toBe("bcrypt");
  });
});

describe("a hash in Okta's shape", () => {
  const sha512 = { algorithm: "SHA-512", salt: "MTIz", saltOrder: "PREFIX", value: BASE64_64 };
  const pbkdf2 = {
    algorithm: "PBKDF2",
    digestAlgorithm: "SHA512_HMAC",
    iterationCount: 20_000,
    keySize: 32,
    salt: "MTIz",
    value: BASE64_32,
  };
  const bcrypt = { algorithm: "BCRYPT", workFactor: 10, salt: SALT, value: VALUE };

  it.each([
    ["BCRYPT", bcrypt],
    ["SHA-512", sha512],
    ["SHA-256", { algorithm: "SHA-256", value: BASE64_32 }],
    ["SHA-1", { algorithm: "SHA-1", value: `${"C".repeat(26)}A=` }],
    ["MD5", { algorithm: "MD5", value: `${"D".repeat(21)}Q==` }],
    ["PBKDF2", pbkdf2],
  ])("of %s is taken as it is, as an object or as JSON text", (_name, object) => {
    expect(read(object)).toEqual(object);
    expect(read(JSON.stringify(object))).toEqual(object);
    expect(read({ hash: object })).toEqual(object);
    expect(read({ password: { hash: object } })).toEqual(object);
    expect(read({ credentials: { password: { hash: object } } })).toEqual(object);
  });

  it("without padding gets its padding, since Okta may need it", () => {
    expect(read({ ...sha512, value: BASE64_64.slice(0, -2) })).toEqual(sha512);
  });

  it("with an empty salt is unsalted", () => {
    const { saltOrder, value } = sha512;
    expect(read({ algorithm: "SHA-512", salt: "", saltOrder, value })).toEqual({
      algorithm: "SHA-512",
      value,
    });
  });

  it.each<[string, SourceValue]>([
    ["a digest of the wrong length", { ...sha512, algorithm: "SHA-256" }],
    ["a value in hexadecimal", { ...sha512, value: "ab".repeat(64) }],
    ["a value in base64url", { ...sha512, value: `-${BASE64_64.slice(1)}` }],
    ["bits in its padding", { ...sha512, value: `${"A".repeat(84)}Ax==` }],
    ["too much padding", { ...sha512, value: `${BASE64_64}=` }],
    ["a salt that is no base64", { ...sha512, salt: "aSalt" }],
    ["a salt that is a number", { ...sha512, salt: 12 }],
    ["no saltOrder beside its salt", { ...sha512, saltOrder: null }],
    ["a saltOrder in lower case", { ...sha512, saltOrder: "prefix" }],
    ["a saltOrder without a salt", { ...sha512, salt: null }],
    ["a number of rounds that a plain digest has not", { ...sha512, iterationCount: 1000 }],
    ["an algorithm spelled otherwise", { ...sha512, algorithm: "SHA512" }],
    ["no value", { algorithm: "SHA-512" }],
    ["an algorithm that is no text", { algorithm: 5, value: "x" }],
    ["no work factor", { ...bcrypt, workFactor: null }],
    ["a work factor as text", { ...bcrypt, workFactor: "10" }],
    ["a fractional work factor", { ...bcrypt, workFactor: 10.5 }],
    ["no bcrypt salt", { ...bcrypt, salt: null }],
    ["no bcrypt value", { ...bcrypt, value: null }],
    ["a key that bcrypt does not know", { ...bcrypt, keySize: 5 }],
    ["an HMAC that Okta does not have", { ...pbkdf2, digestAlgorithm: "SHA1_HMAC" }],
    ["a keySize that is not its value's", { ...pbkdf2, keySize: 24 }],
    ["no keySize", { ...pbkdf2, keySize: null }],
    ["no rounds", { ...pbkdf2, iterationCount: 0 }],
    ["no PBKDF2 salt", { ...pbkdf2, salt: null }],
    ["a PBKDF2 value that is no base64", { ...pbkdf2, value: "?" }],
    ["a key that PBKDF2 does not know", { ...pbkdf2, pepper: "x" }],
  ])("with %s is malformed", (_what, object) => {
    expect(read(object)).toBe("PASSWORD_MALFORMED");
    expect(read(object, "okta")).toBe("PASSWORD_MALFORMED");
  });

  it.each<[string, SourceValue]>([
    ["PBKDF2 with fewer than 4,096 rounds", { ...pbkdf2, iterationCount: 4095 }],
    ["an algorithm that Okta does not have", { algorithm: "ARGON2ID", value: "x" }],
    ["scrypt", { algorithm: "scrypt", value: "x" }],
  ])("that is %s can't be carried", (_what, object) => {
    expect(read(object)).toBe("PASSWORD_UNSUPPORTED");
  });
});

describe("material that is no hash", () => {
  it.each([undefined, null, "", "   "])("%j is none", (found) => {
    expect(read(found)).toBe("none");
  });

  it.each<[SourceValue]>([[12], [true], [["x"]], [{}], [{ hash: "x" }], ["Sommer2024!"], ["{}"]])(
    "%j is malformed",
    (found) => {
      expect(read(found)).toBe("PASSWORD_MALFORMED");
    },
  );

  it("that is JSON text too long to be a hash is malformed", () => {
    expect(read(`{"algorithm":"SHA-1","value":"${"A".repeat(5000)}"}`)).toBe("PASSWORD_MALFORMED");
  });
});

describe("a format that the config names", () => {
  it("refuses hashes of another one", () => {
    expect(read(BCRYPT, "bcrypt")).toMatchObject({ algorithm: "BCRYPT" });
    expect(read(BCRYPT, "okta")).toBe("PASSWORD_MALFORMED");
    expect(read({ algorithm: "SHA-256", value: BASE64_32 }, "bcrypt")).toBe("PASSWORD_MALFORMED");
  });

  it("is `auto`, or one of the known ones, each of which has a name of its own", () => {
    expect(HASH_FORMATS[0]).toBe("auto");
    expect(HASH_FORMATS).toEqual(expect.arrayContaining(["bcrypt", "okta"]));
    expect(new Set(HASH_FORMATS).size).toBe(HASH_FORMATS.length);
  });
});

describe("whatever stands in a password column", () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.anything({ withNullPrototype: false, maxDepth: 3 }),
    fc.string({ minLength: 1, maxLength: 70 }).map((text) => `$2b$10$${text}`),
    fc.record({ algorithm: fc.string(), value: fc.string(), salt: fc.string() }),
  );

  it("is read without an exception", () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...HASH_FORMATS), (found, format) => {
        readStoredHash(found as SourceValue, format);
      }),
    );
  });

  it("is never quoted, whether it is sound or damaged", () => {
    const damaged = fc
      .tuple(
        fc.integer({ min: 20, max: 59 }),
        fc.constantFrom("$2b$10$", "$2x$10$", "{bcrypt}$2b$10$", "$wp$2y$10$", ""),
      )
      .map(([length, mark]) => `${mark}${SALT}${VALUE}`.slice(0, length));
    fc.assert(
      fc.property(damaged, (text) => {
        const told = JSON.stringify(readStoredHash(text, "auto"));
        expect(told).not.toContain(SALT.slice(0, 6));
        expect(told).not.toContain(VALUE.slice(0, 6));
      }),
    );
  });
});
