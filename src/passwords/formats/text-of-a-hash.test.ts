import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { besideOf, publishedHashes } from "../../../test/support/published-hashes.ts";
import type { Computation, Digest } from "./computation.ts";
import { DIGEST_SIZES } from "./digest-sizes.ts";
import { FORMATS, HASH_FORMATS } from "./format-table.ts";
import { readStoredHash } from "./read-stored-hash.ts";
import { isFault, type StoredFormat } from "./stored-format.ts";
import { widerReadings } from "./wider-readings.ts";

const ALL: readonly StoredFormat[] = FORMATS;
/** The formats of this file: the others are proven beside their own. */
const WRITTEN = ALL.filter(
  (format) =>
    "write" in format &&
    /^(?:argon2|scrypt|werkzeug-(?:scrypt|hmac)|spring-s|md5|apr1|sha|yescrypt|phpass|drupal|ldap-(?!pbkdf2)|django-(?:sha1|md5)|mysql|mssql|ntlm)/.test(
      format.name,
    ),
);
const FAMILIES = ["digests", "ldap", "frameworks", "databases", "argon2", "scrypt", "crypt"];
const PUBLISHED = FAMILIES.flatMap(publishedHashes).map((published) => {
  if (typeof published.hash !== "string") throw new Error("no text");
  return { ...published, hash: published.hash };
});

const bytes = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });
const inCrypt64 = (length: number, last = "./01") =>
  fc
    .tuple(
      fc.stringMatching(new RegExp(`^[./0-9A-Za-z]{${length - 1}}$`)),
      fc.constantFrom(...last),
    )
    .map((parts) => parts.join(""));
const WIDE = "./0123456789ABCD";
const cryptSalt = fc.stringMatching(/^[./0-9A-Za-z]{0,8}$/);
const textBytes = fc
  .stringMatching(/^[ -#%-~é]{1,40}$/)
  .map((text) => Uint8Array.from(Buffer.from(text)));

const digest = fc
  .tuple(
    fc.constantFrom<Digest>("md4", "md5", "sha1", "sha224", "sha256", "sha384", "sha512"),
    fc.constantFrom("none" as const, "prefix" as const, "postfix" as const),
    fc.constantFrom(1, 1, 1, 2, 1024),
    fc.oneof(bytes(4), bytes(8), textBytes),
    fc.boolean(),
  )
  .chain(([name, salted, rounds, salt, isUtf16]) =>
    bytes(DIGEST_SIZES[name]).map((value): Computation => ({
      kind: "digest",
      preparation: isUtf16 ? [{ step: "utf16le" }] : [],
      digest: name,
      salted,
      salt: salted === "none" ? new Uint8Array() : salt,
      rounds,
      again: "digest",
      value,
    })),
  );

const hmac = fc
  .tuple(fc.constantFrom<Digest>("md5", "sha1", "sha256", "sha512"), fc.oneof(bytes(4), textBytes))
  .chain(([name, salt]) =>
    bytes(DIGEST_SIZES[name]).map((value): Computation => ({
      kind: "hmac",
      preparation: [],
      digest: name,
      keyed: "salt",
      salt,
      value,
    })),
  );

const argon2 = fc.record({
  kind: fc.constant("argon2" as const),
  preparation: fc.constant([]),
  variant: fc.constantFrom("i" as const, "d" as const, "id" as const),
  version: fc.constantFrom(16, 19),
  lanes: fc.integer({ min: 1, max: 8 }),
  memoryKib: fc.integer({ min: 64, max: 2 ** 20 }),
  passes: fc.integer({ min: 1, max: 100 }),
  salt: bytes(8, 64),
  tag: fc.constantFrom(16, 24, 32, 64).chain((length) => bytes(length)),
});

const scrypt = fc.record({
  kind: fc.constant("scrypt" as const),
  preparation: fc.constant([]),
  cost: fc.integer({ min: 1, max: 17 }).map((log) => 2 ** log),
  blockSize: fc.integer({ min: 1, max: 32 }),
  parallelization: fc.integer({ min: 1, max: 16 }),
  salt: fc.oneof(bytes(1, 64), textBytes),
  key: fc.constantFrom(32, 64).chain((length) => bytes(length)),
});

const crypt = fc
  .oneof(
    fc
      .tuple(fc.constant("md5" as const), cryptSalt, inCrypt64(22))
      .map(([scheme, salt, value]) => ({ scheme, text: `$1$${salt}$${value}` })),
    fc
      .tuple(fc.constant("apr1" as const), cryptSalt, inCrypt64(22))
      .map(([scheme, salt, value]) => ({ scheme, text: `$apr1$${salt}$${value}` })),
    fc
      .tuple(fc.constant("sha256" as const), cryptSalt, inCrypt64(43, WIDE))
      .map(([scheme, salt, value]) => ({ scheme, text: `$5$${salt}$${value}` })),
    fc
      .tuple(fc.constant("sha512" as const), cryptSalt, inCrypt64(86))
      .map(([scheme, salt, value]) => ({ scheme, text: `$6$rounds=12345$${salt}$${value}` })),
    fc
      .tuple(fc.constant("yescrypt" as const), cryptSalt, inCrypt64(43, WIDE))
      .map(([scheme, salt, value]) => ({ scheme, text: `$y$j9T$${salt}$${value}` })),
  )
  .map((parts): Computation => ({ kind: "crypt", preparation: [], ...parts }));

const phpass = fc
  .tuple(
    fc.constantFrom("md5" as const, "sha512" as const),
    fc.integer({ min: 7, max: 24 }),
    fc.stringMatching(/^[./0-9A-Za-z]{8}$/),
    fc.boolean(),
  )
  .chain(([name, logRounds, salt, isOld]) =>
    (name === "md5" ? inCrypt64(22) : inCrypt64(43, WIDE)).map((value): Computation => ({
      kind: "phpass",
      preparation: isOld ? [{ step: "digest", digest: "md5", encoding: "hex" }] : [],
      digest: name,
      logRounds,
      salt,
      value,
    })),
  );

/** Spring's, whose settings never come together by chance. */
const springDigest = fc.tuple(bytes(8), bytes(32)).map(([salt, value]): Computation => ({
  kind: "digest",
  preparation: [],
  digest: "sha256",
  salted: "prefix",
  salt,
  rounds: 1024,
  again: "digest",
  value,
}));

const computation: fc.Arbitrary<Computation> = fc.oneof(
  { weight: 8, arbitrary: digest },
  springDigest,
  hmac,
  argon2,
  scrypt,
  crypt,
  phpass,
);

describe("a hash that is written down", () => {
  it("is read as what it was, by every format that writes it", () => {
    const written = new Set<string>();
    fc.assert(
      fc.property(computation, (one) => {
        for (const format of WRITTEN) {
          const text = format.write?.(one);
          if (text === undefined) continue;
          written.add(format.name);
          expect(format.recognises(text, {})).toBe(true);
          const read = format.read(text, {});
          expect(isFault(read) ? read.fault.reason : read).toMatchObject([{ computation: one }]);
        }
      }),
      { numRuns: 2000 },
    );
    expect(WRITTEN.map(({ name }) => name).filter((name) => !written.has(name))).toEqual([]);
  });

  it.each(
    PUBLISHED.map((published, index) => ({
      name: `${published.format} ${index + 1}`,
      published,
    })),
  )("and is cut short is not taken for a sound one: $name", ({ published }) => {
    const text = published.hash.replace(/=+$/, "");
    // Salts of directories have any length and stand last: a longer cut leaves a shorter salt.
    const cuts = /^\{s(?:sha|md5)/i.test(text) ? [1] : [1, 2, 3];
    for (const cut of cuts) {
      const reading = readStoredHash(text.slice(0, -cut), published.format, besideOf(published));
      expect(reading.kind).toBe("unusable");
    }
  });
});

describe("a hash that is damaged", () => {
  const anyPublished = fc.constantFrom(...PUBLISHED);
  const damaged = fc
    .tuple(
      anyPublished,
      fc.nat(200),
      fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom("$", "=", "{", "\0", "é")),
    )
    .map(([published, at, instead]) => {
      const text = published.hash;
      return {
        published,
        text: text.slice(0, at % text.length) + instead + text.slice((at % text.length) + 1),
      };
    });

  it("is read without an exception, and nothing of it is told", () => {
    fc.assert(
      fc.property(damaged, fc.constantFrom(...HASH_FORMATS), ({ published, text }, format) => {
        const beside = besideOf(published);
        const told = JSON.stringify([
          readStoredHash(text, format, beside),
          readStoredHash(text, published.format, beside),
          readStoredHash(text, "auto", { ...beside, salt: published.salt ?? "Zitronengras" }),
        ]);
        const material = text.replace(/^\{[^}]*\}|^[a-z0-9]+[$:]/, "");
        for (let at = 0; at + 10 <= material.length; at += 5) {
          expect(told).not.toContain(JSON.stringify(material.slice(at, at + 10)).slice(1, -1));
        }
        expect(told).not.toContain("Zitronengras");
      }),
      { numRuns: 500 },
    );
  });

  it("or is anything at all has its wider readings without an exception", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[0-9a-f]{32}$/),
      damaged.map(({ text }) => text),
    );
    fc.assert(
      fc.property(anything, fc.string(), (text, salt) => {
        expect(widerReadings(text, { salt }).length).toBeLessThanOrEqual(600);
      }),
    );
  });

  it("or is a flood of characters is read in linear time", () => {
    const floods = [
      "$",
      "{SSHA}",
      "0",
      "A",
      "sha1$",
      "scrypt:",
      "$5$rounds=",
      "argon2$",
      "=",
      "$y$j9T$",
    ];
    for (const flood of floods) {
      for (const format of HASH_FORMATS) {
        readStoredHash(flood.repeat(200_000 / flood.length), format, { salt: flood.repeat(2000) });
        readStoredHash(flood + "A".repeat(200_000), format);
      }
    }
  }, 10_000);
});
