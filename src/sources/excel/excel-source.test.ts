import { existsSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { writeXlsx } from "hucre/xlsx";
import { expect, it } from "vitest";

import { isUnreadable, type SourceEntry, type UserSource } from "../../core/index.ts";
import { makeTempFolder } from "../../../test/support/temp-folder.ts";
import { openSource } from "../index.ts";

const DATED = { numFmt: "yyyy-mm-dd hh:mm" };
const PEOPLE = fileURLToPath(
  new URL("../../../fixtures/exports/excel/people.xlsx", import.meta.url),
);

async function readAll(source: UserSource, from = 1): Promise<readonly SourceEntry[]> {
  const entries: SourceEntry[] = [];
  for await (const batch of source.read({ seq: from, line: 0 })) entries.push(...batch);
  return entries;
}

function shown(entries: readonly SourceEntry[]): readonly unknown[] {
  return entries.map((entry) =>
    isUnreadable(entry) ? entry.issue : [entry.seq, entry.line, Object.fromEntries(entry.fields)],
  );
}

it("a sheet is read by the names in its first row, dates as dates, empty rows passed over", async () => {
  const source = openSource({ location: PEOPLE });
  const { description, columns } = await source.head();
  expect(description).toBe("Excel, first sheet, 6 columns");
  expect(columns).toEqual([
    "E-Mail",
    "First name",
    "Last name",
    "Employee number",
    "Start",
    "Active",
  ]);
  expect(shown(await readAll(source))).toEqual([
    [
      1,
      2,
      {
        "E-Mail": "ada.byron@example.com",
        "First name": "Ada",
        "Last name": "Byron",
        "Employee number": 1001,
        Start: "2024-03-13",
        Active: true,
      },
    ],
    [
      2,
      4,
      {
        "E-Mail": "bela.toth@example.com",
        "First name": "Béla",
        "Last name": "Tóth",
        "Employee number": 1002,
        Start: "2024-05-01T12:00:00",
        Active: false,
      },
    ],
  ]);
});

it("texts keep their zeros, numbers their value, dates become ISO 8601 whatever their format", async () => {
  const location = join(makeTempFolder(), "formats.xlsx");
  const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 31, hour, hour === 0 ? 0 : 30));
  const header = ["text", "padded", "account", "beyond", "day", "moment", "part", "yes"];
  const row = ["00123", 123, 9007199254740991, 12345678901234567000, at(0), at(9), 0.25, true];
  const columns = [{}, { numFmt: "00000" }, {}, {}, { numFmt: "dd.mm.yyyy" }, DATED, {}, {}];
  writeFileSync(
    location,
    await writeXlsx({ sheets: [{ name: "A", rows: [header, row], columns }] }),
  );
  const [entry] = await readAll(openSource({ location }));
  expect(shown(entry === undefined ? [] : [entry])).toEqual([
    [
      1,
      2,
      {
        text: "00123",
        // A format is no part of the value: the guide says to make such columns text.
        padded: 123,
        account: 9007199254740991,
        // No longer exact, in Excel already; mapping rejects it as NUMBER_IMPRECISE.
        beyond: 12345678901234567000,
        day: "2026-01-31",
        moment: "2026-01-31T09:30:00",
        part: 0.25,
        yes: true,
      },
    ],
  ]);
});

it("a resume takes a sheet up again at a row", async () => {
  const entries = await readAll(openSource({ location: PEOPLE }), 2);
  expect(entries.map(({ line }) => line)).toEqual([4]);
});

it("another sheet is read by its name, and a missing one is said", async () => {
  const leavers = await readAll(openSource({ location: PEOPLE, sheet: "Leavers" }));
  expect(leavers).toHaveLength(1);
  await expect(openSource({ location: PEOPLE, sheet: "Nobody" }).head()).rejects.toThrow(
    "has no sheet named Nobody",
  );
});

it("a file that is no workbook is said to be none", async () => {
  const location = fileURLToPath(import.meta.url);
  await expect(openSource({ location, format: "xlsx" }).head()).rejects.toThrow(
    "is no Excel workbook",
  );
});

it("a workbook of an old Excel is told as such", async () => {
  const location = join(makeTempFolder(), "people.xls");
  writeFileSync(
    location,
    Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]),
  );
  await expect(openSource({ location }).head()).rejects.toMatchObject({
    code: "SOURCE_FORMAT_UNKNOWN",
    hint: "Save it anew in Excel as .xlsx.",
  });
});

it.skipIf(!existsSync("/proc/self/fd"))(
  "a workbook of which only the first rows are read is closed, as /proc tells",
  async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [`person${at}@example.com`, `P${at}`]);
    const location = join(makeTempFolder(), "many.xlsx");
    const sheets = [{ name: "People", rows: [["E-Mail", "First name"], ...rows] }];
    writeFileSync(location, await writeXlsx({ sheets }));
    for await (const batch of openSource({ location }).read()) {
      expect(batch).toHaveLength(1_000);
      break;
    }
    expect(openFiles()).not.toContain(location);
  },
);

function openFiles(): readonly string[] {
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}
