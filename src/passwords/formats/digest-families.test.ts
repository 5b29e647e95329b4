import { describe, expect, it } from "vitest";
import {
  besideOf,
  type PublishedHash,
  publishedFamilies,
  publishedHashes,
} from "../../../test/support/published-hashes.ts";
import { referenceValue, storedValue } from "../../../test/support/reference-computation.ts";
import type { Computation } from "./computation.ts";
import { FORMATS } from "./format-table.ts";
import { holdsStoredHash } from "./material-shape.ts";
import { readStoredHash } from "./read-stored-hash.ts";
import type { StoredFormat } from "./stored-format.ts";
import type { StoredHash } from "./stored-hash.ts";

const FAMILIES = ["digests", "ldap", "frameworks", "databases", "argon2", "scrypt", "crypt"];
const PUBLISHED = FAMILIES.flatMap((family) =>
  publishedHashes(family).map((published, index) => ({
    name: `${published.format}, ${family} ${index + 1}`,
    published,
  })),
);
const EVERY_PUBLISHED = publishedFamilies().flatMap(publishedHashes);
/** Proven by fixtures of Okta's own. */
const ELSEWHERE = new Set<string>(["bcrypt", "okta"]);
const BY_NAME = new Set(
  (FORMATS as readonly StoredFormat[])
    .filter(({ isNamedOnly }) => isNamedOnly === true)
    .map(({ name }) => name),
);

function readPublished(published: PublishedHash): StoredHash {
  const reading = readStoredHash(published.hash, published.format, besideOf(published));
  if (reading.kind !== "stored") throw new Error(`read as ${reading.kind}`);
  return reading.stored;
}

function computationOf(published: PublishedHash): Computation {
  return readPublished(published).computation.reveal();
}

/** 16 bytes without a mark are as often an identifier. */
function hasShapeOfAnId({ hash }: PublishedHash): boolean {
  return typeof hash === "string" && /^[0-9a-f]{32}$/.test(hash);
}

describe("a published hash", () => {
  it.each(PUBLISHED)("is read as its format: $name", ({ published }) => {
    expect(readPublished(published).format).toBe(published.format);
  });

  it.each(PUBLISHED.filter(({ published }) => !BY_NAME.has(published.format)))(
    "is found by `auto`, or is among what `auto` can't decide: $name",
    ({ published }) => {
      const reading = readStoredHash(published.hash, "auto", besideOf(published));
      const found =
        reading.kind === "stored"
          ? [reading.stored]
          : reading.kind === "ambiguous"
            ? reading.candidates
            : [];
      const formats = found.map(({ format }) => format);
      expect(formats).toContain(published.format);
    },
  );

  it.each(PUBLISHED)(
    "verifies with its password in OpenSSL, and no other: $name",
    ({ published }) => {
      const computation = computationOf(published);
      const value = referenceValue(computation, published.password);
      if (value === undefined) return;
      expect(value.equals(storedValue(computation) ?? Buffer.alloc(0))).toBe(true);
      const other = referenceValue(computation, `${published.password} `);
      expect(other?.equals(value)).toBe(false);
    },
  );

  it.each(PUBLISHED.filter(({ published }) => !hasShapeOfAnId(published)))(
    "is known by its shape alone, wherever it stands: $name",
    ({ published }) => {
      expect(typeof published.hash === "string" && holdsStoredHash(published.hash)).toBe(true);
    },
  );

  it("is there for every format", () => {
    const covered = new Set<string>(EVERY_PUBLISHED.map(({ format }) => format));
    const own = FORMATS.map(({ name }) => name).filter((name) => !ELSEWHERE.has(name));
    expect(own.filter((name) => !covered.has(name))).toEqual([]);
  });
});
