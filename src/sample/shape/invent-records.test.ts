import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceEntry, SourceValue } from "../../core/index.ts";
import { readStoredHash } from "../../passwords/formats/index.ts";
import { computeHash } from "../../passwords/index.ts";
import { inventCredentials } from "../credentials/invent-credentials.ts";
import type { Cell } from "../formats/cell.ts";
import { inventUsers } from "../people/invent-users.ts";
import { inventRecords, type InventedRecord } from "./invent-records.ts";
import { profileRecords } from "./profile-records.ts";
import { arePublic } from "./public-vocabulary.ts";

type Row = Readonly<Record<string, SourceValue>>;

async function* entriesOf(rows: readonly Row[]): AsyncGenerator<readonly SourceEntry[]> {
  await Promise.resolve();
  yield rows.map((row, index) => ({
    seq: index + 1,
    line: index + 1,
    fields: new Map(Object.entries(row)),
  }));
}

/** Records shaped after rows. */
async function like(rows: readonly Row[], count = rows.length, seed = 1) {
  const profile = await profileRecords(entriesOf(rows), Object.keys(rows[0] ?? {}), seed);
  const names = profile.columns.map(({ name }) => name);
  const records: readonly InventedRecord[] = [...(await inventRecords(profile, { count, seed }))];
  const columns: Record<string, Cell[]> = Object.fromEntries(
    names.map((name, at) => [name, records.map(({ cells }) => cells[at] ?? null)]),
  );
  return { names, records, columns };
}

/** Every text and number within a value. */
function leaves(value: SourceValue): readonly string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return (Object.values(value) as readonly SourceValue[]).flatMap(leaves);
}

const [first, ...rest] = await inventCredentials({
  count: 40,
  seed: 5,
  formats: ["bcrypt", "django-pbkdf2-sha256"],
});
if (first === undefined) throw new Error("no credential was invented");
const people: readonly Row[] = [
  ...inventUsers({ count: 600, seed: 5, credentials: [first, ...rest] }),
].map((user, index) => ({
  id: user.id,
  email: user.email,
  givenName: user.firstName,
  mobile: user.mobile,
  department: user.department,
  country: user.country,
  timezone: user.timezone,
  created: user.createdAt,
  born: `${1 + (index % 28)}.${1 + (index % 12)}.${1950 + (index % 50)}`,
  uuid: `0f8fad5b-d9cb-469f-a165-${String(index).padStart(12, "0")}`,
  active: index % 3 > 0,
  card: `AB-${String(1000 + index)}-x`,
  roles: index % 2 === 0 ? ["administrator", "reader"] : ["reader"],
  password: user.passwordHash.reveal(),
}));

const many = await like(people, 3000);

describe("records that are like those of a source", () => {
  const values = fc.oneof(
    fc.constant(null),
    fc.constant(""),
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.constantFrom("Engineering", "Sales", "Anna", "anna", "Smith", "2019", "Europe/Berlin"),
    fc.constantFrom("de_DE", "en-US", "true", "DE", "FR", "yes", "-----", "example", "12.50"),
    fc.emailAddress(),
    fc.uuid(),
    fc.ipV4(),
    fc.webUrl(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.nat({ max: 9999 }).map((number) => String(number).padStart(4, "0")),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.boolean(),
    fc.array(fc.string({ maxLength: 12 }), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 12 }), { maxKeys: 3 }),
  );

  it("hold not one value of it that is longer than three characters", async () => {
    const tables = fc.array(fc.record({ a: values, b: values, "e-mail": values }), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(), async (rows, seed) => {
        const source = new Set(
          rows
            .flatMap((row) => Object.values(row).flatMap(leaves))
            .map((one) => one.trim().toLowerCase()),
        );
        const { records, names } = await like(rows, 80, seed);
        expect(names).toEqual(["a", "b", "e-mail"]);
        for (const text of records.flatMap(({ cells }) => cells.flatMap(leaves))) {
          const folded = text.trim().toLowerCase();
          if (text.length <= 3 || arePublic([text])) continue;
          expect(source.has(folded), `${text} is a value of the source`).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("hold none of a table of people, not even as words", async () => {
    const { records } = many;
    const source = new Set(people.flatMap((row) => Object.values(row).flatMap(leaves)));
    for (const { cells } of records) {
      for (const text of cells.flatMap(leaves)) {
        if (text.length > 3) expect(source.has(text)).toBe(false);
        if (text.includes("@")) continue;
        for (const word of text.match(/\p{L}{4,}/gu) ?? []) expect(source.has(word)).toBe(false);
      }
    }
  });

  it("have gaps as often, and values of the same kinds", async () => {
    const { columns } = many;
    const filled = (cells: readonly Cell[] = []) =>
      cells.filter((cell) => cell !== null && cell !== "").length / cells.length;
    for (const name of ["mobile", "department", "timezone", "email", "id"]) {
      const before = filled(people.map((row) => row[name] ?? null));
      expect(filled(columns[name])).toBeGreaterThan(before - 0.04);
      expect(filled(columns[name])).toBeLessThan(before + 0.04);
    }
    const kinds: Readonly<Record<string, RegExp>> = {
      email: /^[^@\s]+@example\.(com|net|org)$/,
      mobile: /^\+9[ 9]+[\d ]+$/,
      country: /^[A-Z]{2}$/,
      timezone: /^[A-Z][A-Za-z]+\/\S+$|^UTC$/,
      created: /^20\d\d-(0[1-9]|1[0-2])-[0-2]\dT[0-2]\d:[0-5]\d:[0-5]\dZ$/,
      born: /^\d{1,2}\.\d{1,2}\.(19|20)\d\d$/,
      uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      card: /^[A-Z]{2}-\d{4,5}-[a-z]{1,2}$/,
    };
    for (const [name, kind] of Object.entries(kinds)) {
      for (const cell of columns[name] ?? []) if (cell !== null) expect(cell).toMatch(kind);
    }
    expect(new Set(columns["active"])).toEqual(new Set([true, false]));
    for (const cell of columns["roles"] ?? []) expect(Array.isArray(cell)).toBe(true);
  });

  it("have lengths as the source has them", async () => {
    const mean = (cells: readonly Cell[]) => {
      const texts = cells.filter((cell) => typeof cell === "string");
      return texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
    };
    const { columns } = many;
    for (const name of ["email", "givenName", "department"]) {
      const before = mean(people.map((row) => row[name] ?? null));
      expect(Math.abs(mean(columns[name] ?? []) - before)).toBeLessThan(before / 5);
    }
  });

  it("have other labels for categories, as many and as often", async () => {
    const { columns } = many;
    const shares = (cells: readonly SourceValue[] = []) => {
      const counts = new Map<SourceValue, number>();
      for (const cell of cells) if (cell !== null) counts.set(cell, (counts.get(cell) ?? 0) + 1);
      return [...counts.values()].map((count) => count / cells.length).toSorted((a, b) => a - b);
    };
    const before = shares(people.map((row) => row["department"] ?? null));
    const after = shares(columns["department"]);
    expect(after).toHaveLength(before.length);
    for (const [at, share] of after.entries()) expect(share).toBeCloseTo(before[at] ?? 0, 1);
  });

  it("have keys that differ where the source's do", async () => {
    const { columns } = many;
    for (const name of ["id", "email", "uuid"]) expect(new Set(columns[name]).size).toBe(3000);
    expect(Number(columns["id"]?.[0])).toBeGreaterThan(1600);
  });

  it("have hashes of the same formats, whose passwords are known", async () => {
    const { records, columns } = await like(people, 60);
    const formats = new Set<string>();
    for (const [at, { password, login }] of records.entries()) {
      const reading = readStoredHash(columns["password"]?.[at], "auto");
      if (reading.kind !== "stored" || password === undefined) throw new Error("it is a hash");
      formats.add(reading.stored.format);
      const computation = reading.stored.computation.reveal();
      expect((await computeHash(computation, password)).reveal()).toEqual(computation);
      expect(login).toBe(columns["email"]?.[at]);
    }
    expect([...formats].toSorted()).toEqual(["bcrypt", "django-pbkdf2-sha256"]);
  });

  it.each([
    ["a salt beside them", { password: "5f4dcc3b5aa765d61d8327deb882cf99", salt: "x.y" }, true],
    ["none", { password: "5f4dcc3b5aa765d61d8327deb882cf99" }, false],
  ])("have bare digests with %s, as the source has", async (_what, row: Row, isSalted) => {
    const { records, columns } = await like([row, row], 5);
    for (const [at, { password }] of records.entries()) {
      expect(columns["password"]?.[at]).toMatch(/^[0-9a-f]{32}$/);
      expect(password).toBeDefined();
      expect(typeof columns["salt"]?.[at]).toBe(isSalted ? "string" : "undefined");
    }
  });

  it("are the same for the same seed", async () => {
    const again = async (seed: number) => JSON.stringify((await like(people, 20, seed)).columns);
    expect(await again(3)).toBe(await again(3));
    expect(await again(3)).not.toBe(await again(4));
  });

  it("are nothing but gaps where the source has no value, and none where it has no record", async () => {
    const { columns } = await like([{ a: "", b: null }], 3);
    expect(columns).toEqual({ a: [null, null, null], b: [null, null, null] });
    expect((await like([])).records).toEqual([]);
  });

  it("replace a key where it may be a value", async () => {
    const { columns } = await like([{ a: { "anna@example.com": 1, nick: "Anni" } }], 1);
    expect(Object.keys(columns["a"]?.[0] as object)).toEqual(["key1", "nick"]);
  });
});
