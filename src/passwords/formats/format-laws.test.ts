import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Secret, type SourceValue } from "../../core/index.ts";
import { utf8 } from "./bytes.ts";
import type { Computation, PreparationStep } from "./computation.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { FORMATS, type FormatName, readStoredHash } from "./index.ts";
import type { Pepper, StoredFormat } from "./stored-format.ts";

const formats = new Map<string, StoredFormat>(FORMATS.map((format) => [format.name, format]));

const BCRYPT_ALPHABET = [..."./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"];
const bcryptText = (length: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(...BCRYPT_ALPHABET),
    minLength: length,
    maxLength: length,
  });
const bytes = (minLength: number, maxLength = minLength): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength });
/** A salt as text: no `$`, and no half of a character, which UTF-8 can't hold. */
const saltText = fc
  .string({ unit: "binary", minLength: 1, maxLength: 30 })
  .filter((text) => !text.includes("$"))
  .map((text) => utf8(text));
const rounds = fc.integer({ min: 1, max: 2 ** 31 - 1 });

function bcryptOf(
  versions: readonly ("2a" | "2b" | "2y")[],
  prepare: (salt: string) => readonly PreparationStep[] = () => [],
): fc.Arbitrary<Computation> {
  return fc
    .record({
      kind: fc.constant("bcrypt" as const),
      preparation: fc.constant([]),
      version: fc.constantFrom(...versions),
      cost: fc.integer({ min: 4, max: 31 }),
      salt: fc
        .tuple(bcryptText(21), fc.constantFrom(".", "O", "e", "u"))
        .map((two) => two.join("")),
      value: bcryptText(31),
    })
    .map((bcrypt) => ({ ...bcrypt, preparation: prepare(bcrypt.salt) }));
}

interface Pbkdf2Law {
  readonly digests: readonly (keyof typeof DIGEST_SIZES)[];
  readonly salt: fc.Arbitrary<Uint8Array>;
  readonly rounds?: fc.Arbitrary<number>;
  readonly keyLengths?: readonly number[];
}

function pbkdf2Of(law: Pbkdf2Law): fc.Arbitrary<Computation> {
  return fc.constantFrom(...law.digests).chain((digest) =>
    fc.record({
      kind: fc.constant("pbkdf2" as const),
      preparation: fc.constant([]),
      digest: fc.constant(digest),
      rounds: law.rounds ?? rounds,
      salt: law.salt,
      key: fc.constantFrom(...(law.keyLengths ?? [DIGEST_SIZES[digest]])).chain((n) => bytes(n)),
    }),
  );
}

const ALL = ["2a", "2b", "2y"] as const;
const SHA256_HEX: PreparationStep = { step: "digest", digest: "sha256", encoding: "hex" };
const SHA256_BASE64: PreparationStep = { step: "digest", digest: "sha256", encoding: "base64" };
const WORDPRESS: readonly PreparationStep[] = [
  { step: "trim" },
  { step: "hmac", digest: "sha384", key: utf8("wp-sha384"), encoding: "base64" },
];

/** What each format can write. */
const LAWS: Partial<Record<FormatName, fc.Arbitrary<Computation>>> = {
  bcrypt: bcryptOf(ALL),
  "marked-bcrypt": bcryptOf(ALL),
  "django-bcrypt": bcryptOf(ALL),
  "django-bcrypt-sha256": bcryptOf(ALL, () => [SHA256_HEX]),
  "wordpress-bcrypt": bcryptOf(ALL, () => WORDPRESS),
  "passlib-bcrypt-sha256": fc.oneof(
    bcryptOf(["2a", "2b"], () => [SHA256_BASE64]),
    bcryptOf(["2b"], (salt) => [
      { step: "hmac", digest: "sha256", key: utf8(salt), encoding: "base64" },
    ]),
  ),
  "django-pbkdf2-sha256": pbkdf2Of({ digests: ["sha256"], salt: saltText }),
  "django-pbkdf2-sha1": pbkdf2Of({ digests: ["sha1"], salt: saltText }),
  "werkzeug-pbkdf2": pbkdf2Of({
    digests: ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"],
    salt: saltText,
  }),
  "passlib-pbkdf2-sha1": pbkdf2Of({ digests: ["sha1"], salt: bytes(1, 64) }),
  "passlib-pbkdf2-sha256": pbkdf2Of({ digests: ["sha256"], salt: bytes(1, 64) }),
  "passlib-pbkdf2-sha512": pbkdf2Of({ digests: ["sha512"], salt: bytes(1, 64) }),
  "ldap-pbkdf2-sha1": pbkdf2Of({ digests: ["sha1"], salt: bytes(1, 64) }),
  "ldap-pbkdf2-sha256": pbkdf2Of({ digests: ["sha256"], salt: bytes(1, 64) }),
  "ldap-pbkdf2-sha512": pbkdf2Of({ digests: ["sha512"], salt: bytes(1, 64) }),
  "phc-pbkdf2": pbkdf2Of({
    digests: ["md4", "md5", "sha1", "sha224", "sha256", "sha384", "sha512"],
    salt: bytes(1, 64),
    keyLengths: [16, 20, 33, 64, 512],
  }),
  "389ds-pbkdf2": pbkdf2Of({ digests: ["sha256"], salt: bytes(64), keyLengths: [256] }),
  "spring-pbkdf2-sha1": pbkdf2Of({
    digests: ["sha1"],
    salt: bytes(8),
    rounds: fc.constant(185_000),
    keyLengths: [32],
  }),
  "spring-pbkdf2-sha256": pbkdf2Of({
    digests: ["sha256"],
    salt: bytes(16),
    rounds: fc.constant(310_000),
    keyLengths: [32],
  }),
  "aspnet-identity-v2": pbkdf2Of({
    digests: ["sha1"],
    salt: bytes(16),
    rounds: fc.constant(1000),
    keyLengths: [32],
  }),
  "aspnet-identity-v3": pbkdf2Of({
    digests: ["sha1", "sha256", "sha512"],
    salt: bytes(16, 64),
    keyLengths: [16, 32, 64],
  }),
};

/**
 * Whether a text that was cut is by chance a whole one: ASP.NET Core's says nothing of the length of
 * its key, and takes three of them.
 */
function isWholeByChance(name: string, cut: string, computation: Computation): boolean {
  if (name !== "aspnet-identity-v3" || computation.kind !== "pbkdf2") return false;
  const keyLength = (cut.length / 4) * 3 - 13 - computation.salt.length;
  return [16, 32].includes(keyLength);
}

function writtenBy(name: string, computation: Computation): string {
  const text = formats.get(name)?.write?.(computation);
  if (text === undefined) throw new Error("the format writes it");
  return text;
}

describe.each(Object.entries(LAWS))("any hash of %s", (name, law) => {
  const format = name as FormatName;

  it("is read as what was written, also when the format is found by itself", () => {
    fc.assert(
      fc.property(law, (computation) => {
        const text = writtenBy(name, computation);
        for (const asked of [format, "auto"] as const) {
          const reading = readStoredHash(text, asked);
          expect(reading).toMatchObject({ kind: "stored", stored: { format } });
          if (reading.kind !== "stored") return;
          expect(reading.stored.computation.reveal()).toEqual(computation);
        }
      }),
    );
  });

  it("is not written by other formats", () => {
    fc.assert(
      fc.property(law, (computation) => {
        const { preparation } = computation;
        const foreign = { ...computation, preparation: [...preparation, SHA256_HEX, SHA256_HEX] };
        expect(formats.get(name)?.write?.(foreign)).toBeUndefined();
        expect(formats.get(name)?.write?.({ ...PHPASS })).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  it("is not taken for whole when it was cut", () => {
    fc.assert(
      fc.property(law, fc.nat(), (computation, at) => {
        const text = writtenBy(name, computation);
        const cut = text.slice(0, at % text.length);
        const reading = readStoredHash(cut, format);
        if (isWholeByChance(name, cut, computation)) return;
        expect(["unusable", "absent"]).toContain(reading.kind);
      }),
      { numRuns: 300 },
    );
  });

  it("is read without an exception however it was damaged, and never quoted", () => {
    fc.assert(
      fc.property(law, fc.nat(), fc.string({ maxLength: 3 }), (computation, at, piece) => {
        const text = writtenBy(name, computation);
        const place = at % text.length;
        const damaged = text.slice(0, place) + piece + text.slice(place + piece.length);
        const told = JSON.stringify(readStoredHash(damaged, format));
        // The middle of a text is salt or key in every format.
        const middle = text.slice(-24, -8);
        expect(told).not.toContain(middle);
      }),
      { numRuns: 200 },
    );
  });
});

const PHPASS: Computation = {
  kind: "phpass",
  preparation: [],
  digest: "md5",
  logRounds: 13,
  salt: "abcdefgh",
  value: "x".repeat(22),
};

describe("a pepper", () => {
  const bytesOf = utf8("pepper");
  const at = (place: Pepper["place"]): Pepper => ({ bytes: new Secret(bytesOf), place });

  function read(text: SourceValue, place: Pepper["place"]): Computation | string {
    const reading = readStoredHash(text, "auto", { pepper: at(place) });
    if (reading.kind === "stored") return reading.stored.computation.reveal();
    return reading.kind === "unusable" ? reading.issue.code : reading.kind;
  }

  const BCRYPT = "$2b$10$yobOT8CyiI3Ls6BM/.MNWu.O6UcaOinlpRnEkPJttZn2dQZ5uZC42";
  const PBKDF2 =
    "$pbkdf2-sha256$29000$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ";

  it.each([
    ["bcrypt, as Devise has it", BCRYPT],
    ["PBKDF2", PBKDF2],
  ])("beside the password of %s is a step, so that the hook checks it", (_what, text) => {
    const behind = { step: "append", bytes: bytesOf };
    const before = { step: "prepend", bytes: bytesOf };
    expect(read(text, "password-postfix")).toMatchObject({ preparation: [behind] });
    expect(read(text, "password-prefix")).toMatchObject({ preparation: [before] });
    const reading = readStoredHash(text, "auto", { pepper: at("password-postfix") });
    expect(reading).toMatchObject({ stored: { okta: { kind: "hook" } } });
  });

  it("beside the salt of PBKDF2 becomes a part of the salt, which Okta can take", () => {
    const plain = readStoredHash(PBKDF2, "auto");
    if (plain.kind !== "stored") throw new Error("it is sound");
    const computation = plain.stored.computation.reveal();
    if (computation.kind !== "pbkdf2") throw new Error("it is PBKDF2");
    const { salt } = computation;
    expect(read(PBKDF2, "salt-postfix")).toEqual({
      ...computation,
      salt: Uint8Array.of(...salt, ...bytesOf),
    });
    expect(read(PBKDF2, "salt-prefix")).toEqual({
      ...computation,
      salt: Uint8Array.of(...bytesOf, ...salt),
    });
    const reading = readStoredHash(PBKDF2, "auto", { pepper: at("salt-postfix") });
    expect(reading).toMatchObject({ stored: { okta: { kind: "hash" } } });
  });

  it("beside the salt of bcrypt is a mistake, since bcrypt's salt has a fixed length", () => {
    expect(read(BCRYPT, "salt-postfix")).toBe("PASSWORD_MALFORMED");
  });

  it("makes UTF-16 the first step where passwords were hashed so", () => {
    const reading = readStoredHash(PBKDF2, "auto", {
      passwordEncoding: "utf16le",
      pepper: at("password-postfix"),
    });
    if (reading.kind !== "stored") throw new Error("it is sound");
    const steps = reading.stored.computation.reveal().preparation.map(({ step }) => step);
    expect(steps).toEqual(["utf16le", "append"]);
  });
});
