import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceValue } from "../../core/index.ts";
import type { BcryptComputation, Computation, Pbkdf2Computation } from "./computation.ts";
import { FORMATS, type FormatName, readStoredHash, type Reading } from "./index.ts";
import type { Beside, StoredFormat } from "./stored-format.ts";

interface Published {
  readonly format: FormatName;
  readonly hash: SourceValue;
  readonly beside?: Beside;
}

const PUBLISHED = ["bcrypt", "pbkdf2", "vendors", "okta-published"].flatMap((family) => {
  const file = new URL(`../../../fixtures/passwords/${family}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Published[];
});

function formatNamed(name: FormatName): StoredFormat {
  const found: StoredFormat | undefined = FORMATS.find((one) => one.name === name);
  if (found === undefined) throw new Error("no such format");
  return found;
}

function computed(reading: Reading): Computation | undefined {
  return reading.kind === "stored" ? reading.stored.computation.reveal() : undefined;
}

describe("a published hash", () => {
  it.each(PUBLISHED.map((one, index) => ({ ...one, index })))(
    "$index is read as $format, by auto and by name",
    ({ format, hash, beside }) => {
      for (const given of ["auto", format] as const) {
        const reading = readStoredHash(hash, given, beside);
        expect(reading).toMatchObject({ kind: "stored", stored: { format } });
      }
    },
  );

  it("that was cut off anywhere is never taken for a sound one of its format", () => {
    for (const { hash, format } of PUBLISHED) {
      if (typeof hash !== "string" || hash.startsWith('{"') || hash.length === 31) continue;
      for (let length = 1; length < hash.length; length += 1) {
        const reading = readStoredHash(hash.slice(0, length), format);
        expect([format, length, reading.kind]).toEqual([format, length, "unusable"]);
      }
    }
  });

  it("is never quoted when it is damaged", () => {
    const texts = PUBLISHED.flatMap(({ hash }) =>
      typeof hash === "string" && !hash.startsWith('{"') ? [hash] : [],
    );
    const damaged = fc
      .tuple(fc.constantFrom(...texts), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([text, at, by]) => {
        const place = at % text.length;
        return { text, damaged: text.slice(0, place) + by + text.slice(place + 1) };
      });
    fc.assert(
      fc.property(damaged, ({ text, damaged: found }) => {
        const reading = readStoredHash(found, "auto");
        if (reading.kind !== "unusable" && reading.kind !== "ambiguous") return;
        const told = JSON.stringify(reading.issue);
        for (let at = 12; at + 10 <= text.length; at += 10) {
          expect(told).not.toContain(text.slice(at, at + 10));
        }
      }),
      { numRuns: 500 },
    );
  });
});

const bytes = (minLength: number, maxLength = minLength): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength });
const radix64 = (length: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[./A-Za-z0-9]{${length}}$`));
const rounds = fc.integer({ min: 1, max: 1_000_000 });
const textSalt = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 24 })
  .filter((text) => !text.includes("$"))
  .map((text) => Uint8Array.from(Buffer.from(text)));

function pbkdf2(
  parts: Partial<Record<keyof Pbkdf2Computation, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<Computation> {
  return fc.record({
    kind: fc.constant("pbkdf2"),
    preparation: fc.constant([]),
    digest: fc.constant("sha256"),
    rounds,
    salt: bytes(0, 40),
    key: bytes(32),
    ...parts,
  }) as fc.Arbitrary<Computation>;
}

function bcrypt(preparation: BcryptComputation["preparation"]): fc.Arbitrary<Computation> {
  return fc.record({
    kind: fc.constant("bcrypt" as const),
    preparation: fc.constant(preparation),
    version: fc.constantFrom("2a" as const, "2b" as const, "2y" as const),
    cost: fc.integer({ min: 4, max: 31 }),
    salt: fc.tuple(radix64(21), fc.constantFrom(".", "O", "e", "u")).map((parts) => parts.join("")),
    value: radix64(31),
  });
}

const sha1 = { digest: fc.constant("sha1"), key: bytes(20) };
const sha512 = { digest: fc.constant("sha512"), key: bytes(64) };

/** Computations that each format can write, all of their parts arbitrary. */
const WRITABLE: Partial<Record<FormatName, fc.Arbitrary<Computation>>> = {
  bcrypt: bcrypt([]),
  "spring-bcrypt": bcrypt([]),
  "django-bcrypt": bcrypt([]),
  "django-bcrypt-sha256": bcrypt([{ step: "digest", digest: "sha256", encoding: "hex" }]),
  "wordpress-bcrypt": bcrypt([
    { step: "trim" },
    {
      step: "hmac",
      digest: "sha384",
      key: Uint8Array.from(Buffer.from("wp-sha384")),
      encoding: "base64",
    },
  ]),
  "passlib-bcrypt-sha256": bcrypt([{ step: "digest", digest: "sha256", encoding: "base64" }]),
  "django-pbkdf2-sha256": pbkdf2({ salt: textSalt }),
  "django-pbkdf2-sha1": pbkdf2({ ...sha1, salt: textSalt }),
  "werkzeug-pbkdf2": fc.oneof(pbkdf2({ salt: textSalt }), pbkdf2({ ...sha512, salt: textSalt })),
  "passlib-pbkdf2-sha256": pbkdf2({}),
  "passlib-pbkdf2-sha512": pbkdf2(sha512),
  "passlib-pbkdf2-sha1": pbkdf2(sha1),
  "phc-pbkdf2": pbkdf2({ key: bytes(16, 64) }),
  "ldap-pbkdf2": fc.oneof(pbkdf2({}), pbkdf2(sha1), pbkdf2(sha512)),
  "389ds-pbkdf2": pbkdf2({ salt: bytes(64), key: bytes(256) }),
  "spring-pbkdf2": pbkdf2({ rounds: fc.constant(310_000), salt: bytes(16) }),
  "aspnet-identity-v2": pbkdf2({
    ...sha1,
    rounds: fc.constant(1000),
    salt: bytes(16),
    key: bytes(32),
  }),
  "aspnet-identity-v3": pbkdf2({
    digest: fc.constantFrom("sha1", "sha256", "sha512"),
    salt: bytes(16, 40),
    key: fc.constantFrom(16, 32, 64).chain((length) => bytes(length)),
  }),
};

describe("a computation that is written as a text", () => {
  it.each(Object.entries(WRITABLE))("of %s is read again as it was", (name, computations) => {
    const format = formatNamed(name as FormatName);
    fc.assert(
      fc.property(computations, (computation) => {
        const text = format.write?.(computation);
        expect(text).toBeDefined();
        const reading = readStoredHash(text, "auto");
        expect(reading).toMatchObject({ kind: "stored", stored: { format: name } });
        expect(plain(computed(reading))).toEqual(plain(computation));
      }),
    );
  });
});

/** Without the difference between Buffer and Uint8Array. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) =>
      ArrayBuffer.isView(inner) ? [...(inner as Uint8Array)] : inner,
    ),
  );
}

describe("whatever stands in a column of hashes", () => {
  it("is read without an exception, in every format", () => {
    const anything = fc.oneof(fc.string(), fc.json(), fc.object({ maxDepth: 3 }));
    fc.assert(
      fc.property(anything, anything, (found, salt) => {
        for (const { name } of FORMATS) {
          readStoredHash(found as SourceValue, name, { salt: salt as SourceValue });
        }
      }),
    );
  });
});
