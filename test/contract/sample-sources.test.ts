import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isUnreadable, type Profile, type SourceValue } from "../../src/core/index.ts";
import {
  inventCredentials,
  type InventedUser,
  inventRecords,
  inventUsers,
  openRecordWriter,
  plantTroubles,
  profileRecords,
  type RecordFormat,
  TROUBLE_KINDS,
  TROUBLES,
} from "../../src/sample/index.ts";
import { openSource } from "../../src/sources/index.ts";
import { builtInSchema, createValidator } from "../../src/validation/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "okta-migrate-sample-sources-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function readBack(format: RecordFormat, text: string): Promise<readonly SourceValue[][]> {
  const location = join(folder, `users.${format}`);
  await writeFile(location, text);
  const rows: SourceValue[][] = [];
  for await (const batch of openSource({ location, encoding: "utf-8" }).read()) {
    for (const entry of batch) {
      if (isUnreadable(entry)) throw new Error(entry.issue.reason);
      rows.push([...entry.fields.values()]);
    }
  }
  return rows;
}

/** Text as files hold it: no half of a character, and no NUL, at which the reader stops. */
const text = fc
  .string({
    unit: fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
      fc.constantFrom('"', ",", "\t", "\n", "\r", " ", ";", "|", "'"),
    ),
    maxLength: 20,
  })
  .filter((one) => !one.includes("\0"));
const table = fc.integer({ min: 2, max: 4 }).chain((width) =>
  fc.array(fc.array(text, { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 8,
  }),
);

describe("what sample writes", () => {
  it.each(["csv", "tsv", "ndjson", "json"] as const)(
    "comes back from %s as it was, whatever it is",
    async (format) => {
      await fc.assert(
        fc.asyncProperty(table, async (rows) => {
          const names = rows[0]?.map((_, at) => ({ name: `column${at}` })) ?? [];
          const writer = openRecordWriter(format, names);
          const body = rows.map((row) => writer.before() + writer.record(row)).join("");
          expect(await readBack(format, writer.head + body + writer.tail)).toEqual(rows);
        }),
        { numRuns: 60 },
      );
    },
  );
});

const validate = createValidator(builtInSchema());

/** The issues of a user's profile, as `check` tells them. */
function issuesOf(user: InventedUser): readonly string[] {
  const { email, firstName, lastName, mobile, department, city, country } = user;
  const given = {
    login: email,
    email,
    firstName,
    lastName,
    department,
    city,
    mobilePhone: mobile,
    countryCode: country,
    locale: user.locale,
    timezone: user.timezone,
  };
  const profile = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null),
  ) as Profile;
  const draft = { seq: 1, line: 1, login: email, profile, password: { kind: "none" } } as const;
  return [...new Set(validate(draft).map(({ code }) => code))];
}

describe("invented users", async () => {
  const [first, ...rest] = await inventCredentials({ count: 2, seed: 1 });
  if (first === undefined) throw new Error("no credential was invented");
  const credentials = [first, ...rest] as const;

  it("have no issue in an Okta profile, whatever the seed", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const user of inventUsers({ count: 40, seed, credentials })) {
          expect(issuesOf(user)).toEqual([]);
        }
      }),
    );
  });

  it("with a trouble have the issues that are told of it, and no others, whatever the seed", () => {
    const kinds = TROUBLE_KINDS.filter((kind) => !/^duplicate|^broken/.test(kind));
    const shares = Object.fromEntries(kinds.map((kind) => [kind, 1 / kinds.length]));
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const users = inventUsers({ count: 40, seed, credentials });
        for (const { user, trouble } of plantTroubles(users, { shares, seed })) {
          expect(issuesOf(user)).toEqual(trouble === undefined ? [] : TROUBLES[trouble]);
        }
      }),
    );
  });
});

describe("records that are like those of a file", () => {
  it("hold none of its cells, and can be read like it", async () => {
    const words = fc.constantFrom(
      "Anna",
      "Müller",
      "Sales",
      "Зоя",
      "a b",
      "2020-02-03",
      "x@y.example",
    );
    const cells = fc.oneof(words, text, fc.emailAddress(), fc.nat().map(String));
    const tables = fc.array(fc.array(cells, { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const names = ["login", "name", "note"].map((name) => ({ name }));
        const source = openRecordWriter("csv", names);
        const location = join(folder, "like.csv");
        await writeFile(location, source.head + rows.map((row) => source.record(row)).join(""));
        const opened = openSource({ location, encoding: "utf-8" });
        const { columns } = await opened.head();
        const profile = await profileRecords(opened.read(), columns, 1);
        const writer = openRecordWriter("csv", profile.columns);
        const records = [...(await inventRecords(profile, { count: 30, seed: 1 }))];
        const written = writer.head + records.map((one) => writer.record(one.cells)).join("");
        const invented = await readBack("csv", written);
        expect(invented).toHaveLength(30);
        const before = new Set(rows.flat());
        for (const cell of invented.flat().map(String)) {
          if (cell.length > 3) expect(before.has(cell)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});
