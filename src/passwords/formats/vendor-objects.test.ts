import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { SourceValue } from "../../core/index.ts";
import type { Computation } from "./computation.ts";
import { type FormatName, readStoredHash } from "./index.ts";

const BASE64_16 = "EBESExQVFhcYGRobHB0eHw==";
const BASE64_32 = `${"B".repeat(40)}BAE=`;
const BASE64_64 = `${"A".repeat(84)}Ag==`;
const HEX_32 = "ab".repeat(32);

function read(object: SourceValue, format: FormatName | "auto" = "auto"): Computation | string {
  const reading = readStoredHash(object, format);
  if (reading.kind === "stored") return reading.stored.computation.reveal();
  return reading.kind === "unusable" ? reading.issue.code : reading.kind;
}

function labelOf(object: SourceValue): string | undefined {
  const reading = readStoredHash(object, "auto");
  return reading.kind === "stored" ? reading.stored.label : undefined;
}

const SECRET = { value: BASE64_32, salt: BASE64_16 };
const SETTINGS = { hashIterations: 27_500, algorithm: "pbkdf2-sha256", additionalParameters: {} };
const ARGON2 = {
  hashLength: ["32"],
  memory: ["7168"],
  type: ["id"],
  version: ["1.3"],
  parallelism: ["1"],
};
const ofKeycloak = (secret: object, settings: object): SourceValue => ({
  type: "password",
  secretData: JSON.stringify(secret),
  credentialData: JSON.stringify(settings),
});
const argon2 = (parameters: object): SourceValue =>
  ofKeycloak(SECRET, { hashIterations: 5, algorithm: "argon2", additionalParameters: parameters });

describe("a Keycloak credential", () => {
  it("is read as an object, as JSON text, and with its halves as objects", () => {
    const credential = ofKeycloak(SECRET, SETTINGS);
    const pbkdf2 = { kind: "pbkdf2", digest: "sha256", rounds: 27_500 };
    expect(read(credential)).toMatchObject(pbkdf2);
    expect(read(JSON.stringify(credential))).toEqual(read(credential));
    expect(read({ secretData: SECRET, credentialData: SETTINGS })).toEqual(read(credential));
    expect(labelOf(credential)).toBe("keycloak pbkdf2-sha256 27500");
  });

  it("of Argon2 is left to the hook, with all its settings", () => {
    const settings = { kind: "argon2", variant: "id", version: 19, memoryKib: 7168, passes: 5 };
    expect(read(argon2(ARGON2))).toMatchObject({ ...settings, lanes: 1 });
    const reading = readStoredHash(argon2(ARGON2), "auto");
    expect(reading).toMatchObject({ stored: { okta: { kind: "hook" } } });
  });

  it("of the bcrypt extension is bcrypt", () => {
    const value = "$2b$10$yobOT8CyiI3Ls6BM/.MNWu.O6UcaOinlpRnEkPJttZn2dQZ5uZC42";
    const bcrypt = ofKeycloak({ value, salt: "" }, { hashIterations: 10, algorithm: "bcrypt" });
    expect(read(bcrypt)).toMatchObject({ kind: "bcrypt", cost: 10 });
  });

  it.each<[string, SourceValue]>([
    ["a one-time code", { type: "otp", secretData: "{}", credentialData: "{}" }],
    ["without its secret", { credentialData: JSON.stringify(SETTINGS) }],
    ["without its settings", { secretData: JSON.stringify(SECRET) }],
    ["whose halves are no JSON", { secretData: "{", credentialData: "}" }],
    ["without its iterations", ofKeycloak(SECRET, { ...SETTINGS, hashIterations: null })],
    ["with no iterations", ofKeycloak(SECRET, { ...SETTINGS, hashIterations: 0 })],
    ["without a salt", ofKeycloak({ value: BASE64_32 }, SETTINGS)],
    ["cut off", ofKeycloak({ ...SECRET, value: BASE64_32.slice(0, 40) }, SETTINGS)],
    ["with an Argon2 of no memory", argon2({ ...ARGON2, memory: ["4"] })],
    ["with an Argon2 of 4 GiB", argon2({ ...ARGON2, memory: ["4194304"] })],
    ["with an Argon2 of no version", argon2({ ...ARGON2, version: [] })],
    ["with an Argon2 of another length", argon2({ ...ARGON2, hashLength: ["64"] })],
  ])("%s is malformed", (_what, credential) => {
    expect(read(credential)).toBe("PASSWORD_MALFORMED");
  });

  it("of an extension's algorithm can't be checked", () => {
    expect(read(ofKeycloak(SECRET, { ...SETTINGS, algorithm: "pbkdf2-whirlpool" }))).toBe(
      "PASSWORD_UNSUPPORTED",
    );
  });
});

describe("a FusionAuth user", () => {
  const user = {
    encryptionScheme: "salted-sha256",
    factor: 1,
    salt: BASE64_16,
    password: BASE64_32,
  };

  it("is read with the names of the API and of the database", () => {
    const { encryptionScheme: encryption_scheme, ...rest } = user;
    expect(read({ ...user, id: "x", email: "ada@example.com" })).toEqual(read(user));
    expect(read({ ...rest, encryption_scheme })).toEqual(read(user));
    expect(labelOf({ ...user, factor: 20_000 })).toBe("fusionauth sha256 20000");
  });

  it("is read from columns as well, by the names that the config gives them", () => {
    const { encryptionScheme, factor, salt, password } = user;
    const beside = { salt, params: { encryptionScheme, factor: String(factor) } };
    for (const format of ["auto", "fusionauth"] as const) {
      expect(readStoredHash(password, format, beside)).toEqual(readStoredHash(user, format));
    }
    const rounds = { salt, rounds: factor, params: { encryptionScheme } };
    expect(readStoredHash(password, "auto", rounds)).toEqual(readStoredHash(user, "auto"));
  });

  it("of one round goes to Okta as a hash, of more to the hook", () => {
    expect(readStoredHash(user, "auto")).toMatchObject({ stored: { okta: { kind: "hash" } } });
    const rounds = readStoredHash({ ...user, factor: 2 }, "auto");
    expect(rounds).toMatchObject({ stored: { okta: { kind: "hook" } } });
  });

  it.each<[string, SourceValue]>([
    ["without its factor", { ...user, factor: null }],
    ["with a factor beyond reason", { ...user, factor: 10_000_001 }],
    ["without a salt", { ...user, salt: null }],
    ["with a salt that is no base64", { ...user, salt: "?" }],
    ["with a hash of another length", { ...user, password: BASE64_64 }],
    ["of bcrypt without a work factor", { ...user, encryptionScheme: "bcrypt" }],
  ])("%s is malformed", (_what, found) => {
    expect(read(found)).toBe("PASSWORD_MALFORMED");
  });

  it.each(["phpass-md5", "phpass-sha512", "my-own-plug-in", "toString"])(
    "of the scheme %s can't be checked: its formula is not documented",
    (encryptionScheme) => {
      expect(read({ ...user, encryptionScheme })).toBe("PASSWORD_UNSUPPORTED");
    },
  );
});

describe("an Auth0 custom_password_hash", () => {
  const sha256 = {
    algorithm: "sha256",
    hash: { value: HEX_32, encoding: "hex" },
    salt: { value: "abc123", position: "suffix" },
  };
  const hmac = {
    algorithm: "hmac",
    hash: { value: HEX_32, encoding: "hex", digest: "sha256", key: { value: "key" } },
  };
  const scrypt = {
    algorithm: "scrypt",
    hash: { value: HEX_32, encoding: "hex" },
    salt: { value: "salt" },
    keylen: 32,
  };
  const bcryptText = "$2b$10$yobOT8CyiI3Ls6BM/.MNWu.O6UcaOinlpRnEkPJttZn2dQZ5uZC42";
  const bcrypt = { algorithm: "bcrypt", hash: { value: bcryptText } };

  it("is read alone, as JSON text, and within its user", () => {
    const computation = { kind: "digest", digest: "sha256", salted: "postfix" };
    expect(read(sha256)).toMatchObject(computation);
    expect(read(JSON.stringify(sha256))).toEqual(read(sha256));
    expect(read({ email: "ada@example.com", custom_password_hash: sha256 })).toEqual(read(sha256));
  });

  it("has its salt before the password unless it says otherwise", () => {
    expect(read({ ...sha256, salt: { value: "abc123" } })).toMatchObject({ salted: "prefix" });
    expect(read({ ...sha256, salt: null })).toMatchObject({ salted: "none" });
  });

  it("takes base64 of URLs as well as base64", () => {
    const inUrls = { ...sha256, hash: { value: `${"-_".repeat(21)}8`, encoding: "base64" } };
    expect(read(inUrls)).toMatchObject({ kind: "digest" });
  });

  it("of bcrypt can have a salt beside the password, which is the hook's", () => {
    const salt = { value: "6162", encoding: "hex", position: "suffix" };
    const bytes = Uint8Array.of(0x61, 0x62);
    expect(read({ ...bcrypt, salt })).toMatchObject({ preparation: [{ step: "append", bytes }] });
  });

  it("of a password in UTF-16 is the hook's", () => {
    const utf16 = { ...sha256, password: { encoding: "ucs2" } };
    expect(read(utf16)).toMatchObject({ preparation: [{ step: "utf16le" }] });
  });

  it("of scrypt takes Auth0's settings where it names none", () => {
    const settings = { cost: 16_384, blockSize: 8, parallelization: 1 };
    expect(read(scrypt)).toMatchObject({ kind: "scrypt", ...settings });
  });

  it("of PBKDF2 takes Auth0's settings where it names none", () => {
    const key = BASE64_64.slice(0, -2);
    const value = `$pbkdf2-sha512$$KNyFsA2rWoE$${key}`;
    const short = `$pbkdf2-sha512$KNyFsA2rWoE$${key}`;
    for (const text of [value, short]) {
      const pbkdf2 = { algorithm: "pbkdf2", hash: { value: text } };
      expect(read(pbkdf2)).toMatchObject({ kind: "pbkdf2", rounds: 100_000 });
    }
  });

  it.each<[string, SourceValue]>([
    ["of an algorithm that Auth0 does not have", { ...sha256, algorithm: "sha3" }],
    ["without the encoding of its value", { ...sha256, hash: { value: HEX_32 } }],
    ["cut off", { ...sha256, hash: { value: HEX_32.slice(2), encoding: "hex" } }],
    ["with a salt in the middle", { ...sha256, salt: { value: "a", position: "middle" } }],
    ["with a salt that is no hexadecimal", { ...sha256, salt: { value: "x", encoding: "hex" } }],
    ["of an HMAC without its key", { ...hmac, hash: { ...hmac.hash, key: null } }],
    ["of scrypt without its key's length", { ...scrypt, keylen: null }],
    ["of scrypt with a cost that is no power of two", { ...scrypt, cost: 5000 }],
    ["of scrypt that takes 16 GiB", { ...scrypt, cost: 2 ** 24 }],
    ["of bcrypt with another text", { ...bcrypt, hash: { value: "$argon2id$v=19$x" } }],
    ["of PBKDF2 with another salt", { algorithm: "pbkdf2", hash: bcrypt.hash, salt: scrypt.salt }],
    ["with a password encoding of its own", { ...sha256, password: { encoding: "ebcdic" } }],
  ])("%s is malformed", (_what, found) => {
    expect(read(found)).toBe("PASSWORD_MALFORMED");
  });

  it.each<[string, SourceValue]>([
    ["an HMAC over whirlpool", { ...hmac, hash: { ...hmac.hash, digest: "whirlpool" } }],
    ["an HMAC with a salt", { ...hmac, salt: { value: "a" } }],
    ["a password in Latin-1", { ...sha256, password: { encoding: "latin1" } }],
  ])("of %s can't be checked", (_what, found) => {
    expect(read(found)).toBe("PASSWORD_UNSUPPORTED");
  });
});

describe("whatever object stands in a password column", () => {
  const key = fc.constantFrom(
    "algorithm",
    "credentialData",
    "encryptionScheme",
    "hash",
    "salt",
    "secretData",
    "type",
    "value",
    "__proto__",
    "toString",
  );
  const leaf = fc.oneof(
    fc.constantFrom("bcrypt", "pbkdf2", "sha256", "toString", "hex", BASE64_32, "{}", "[]"),
    fc.string(),
    fc.double(),
    fc.constant(null),
  );
  const objects = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf)));

  it("is read without an exception, and without its material in what is told", () => {
    fc.assert(
      fc.property(objects, (found) => {
        const told = JSON.stringify(readStoredHash(found, "auto"));
        expect(told).not.toContain(BASE64_32);
      }),
      { numRuns: 500 },
    );
  });
});
