import { Readable } from "node:stream";

import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isUnreadable, type SourceEntry } from "../../core/index.ts";
import { type Charset, UTF_8 } from "../bytes/charset.ts";
import { openSource } from "../index.ts";
import { CsvScanner, MAX_CSV_RECORD_BYTES } from "./csv-scanner.ts";

/** Reads a table that arrives in chunks of the sizes given, over and over. */
async function readTable(
  table: string | Buffer,
  sizes: readonly number[] = [65_536],
  delimiter?: string,
): Promise<SourceEntry[]> {
  const bytes = Buffer.from(table);
  const chunks: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  const source = openSource({
    location: "-",
    format: "csv",
    stdin: Readable.from(chunks),
    ...(delimiter === undefined ? {} : { delimiter }),
  });
  const entries: SourceEntry[] = [];
  for await (const batch of source.read()) entries.push(...batch);
  return entries;
}

function valuesOf(entry: SourceEntry): unknown[] | string {
  return isUnreadable(entry) ? entry.issue.code : [...entry.fields.values()];
}

/** `line code` of the entries that could not be read. */
function issuesOf(entries: readonly SourceEntry[]): string[] {
  return entries.flatMap((entry) =>
    isUnreadable(entry) ? [`${entry.line} ${entry.issue.code}`] : [],
  );
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

const validTable = fc
  .record({
    columns: fc.integer({ min: 1, max: 5 }),
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    lineBreak: fc.constantFrom("\n", "\r\n", "\r"),
    mark: fc.boolean(),
    lastBreak: fc.boolean(),
  })
  .chain((shape) => {
    const character = fc.constantFrom(..."ab ,;\t|", "é", "😀", "\n", "\r\n", "\r", '"');
    const value = fc.record({
      text: fc.array(character, { maxLength: 8 }).map((characters) => characters.join("")),
      quoted: fc.boolean(),
    });
    const row = fc.array(value, { minLength: shape.columns, maxLength: shape.columns });
    return fc.record({ shape: fc.constant(shape), rows: fc.array(row, { maxLength: 20 }) });
  })
  .map(({ shape, rows }) => {
    const header = Array.from({ length: shape.columns }, (_, at) => `column${at}`);
    const lines = rows.map((row) =>
      row
        .map(({ text, quoted }) => {
          const mustQuote = /["\r\n]/.test(text) || text.includes(shape.delimiter);
          return quoted || mustQuote ? `"${text.replaceAll('"', '""')}"` : text;
        })
        .join(shape.delimiter),
    );
    const body = [header.join(shape.delimiter), ...lines].join(shape.lineBreak);
    return { ...shape, text: body + (shape.lastBreak ? shape.lineBreak : "") };
  });

describe("a table", () => {
  it("is read as csv-parse reads it, whatever its separator, line breaks and chunks", async () => {
    await fc.assert(
      fc.asyncProperty(validTable, chunkSizes, async (table, sizes) => {
        const rows = parse(table.text, {
          delimiter: table.delimiter,
          record_delimiter: table.lineBreak,
          skip_empty_lines: true,
        });
        const bytes = (table.mark ? "\u{feff}" : "") + table.text;
        const delimiter = table.columns === 1 ? table.delimiter : undefined;
        const entries = await readTable(bytes, sizes, delimiter);
        expect(entries.map(valuesOf)).toEqual(rows.slice(1));
        expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, at) => at + 1));
      }),
      { numRuns: 300 },
    );
  });

  it("keeps a quote that stands in the middle of an unquoted value", async () => {
    const entries = await readTable('name,size\nBoard,5"10\n');
    expect(entries.map(valuesOf)).toEqual([["Board", '5"10']]);
  });

  it("keeps white space around values and drops it around column names", async () => {
    const [entry] = await readTable(" login , mail\n ada , a@example.com \n");
    expect(entry).toMatchObject({
      fields: new Map([
        ["login", " ada "],
        ["mail", " a@example.com "],
      ]),
    });
  });

  it("keeps columns in order, and one called __proto__ like any other", async () => {
    const [entry] = await readTable("z,__proto__,a\n1,2,3\n");
    expect(entry !== undefined && !isUnreadable(entry) && [...entry.fields]).toEqual([
      ["z", "1"],
      ["__proto__", "2"],
      ["a", "3"],
    ]);
  });

  it("tells the physical line at which each record opens", async () => {
    const entries = await readTable('a,b\n1,"x\r\ny\n\nz"\n\n\n2,y\r\n"3",y');
    expect(entries.map((entry) => entry.line)).toEqual([2, 8, 9]);
  });

  it("has no records when it is only a header", async () => {
    expect(await readTable("login,mail")).toEqual([]);
    expect(await readTable("login,mail\r\n")).toEqual([]);
  });
});

describe("a record that can't be read", () => {
  it.each([
    ["has too few values", "1,2\n3,4,5\n", ["2 UNREADABLE_FIELD_COUNT"], [["3", "4", "5"]]],
    ["has too many values", "1,2,3,4\n5,6,7\n", ["2 UNREADABLE_FIELD_COUNT"], [["5", "6", "7"]]],
    ["has an open quote", '1,"2,3\n4,5,6\n', ["2 UNREADABLE_QUOTE_OPEN"], [["4", "5", "6"]]],
    [
      "has an open quote before a quoted record",
      '1,2,"3\n4,5,6\n"7","8","9"\n',
      ["2 UNREADABLE_QUOTE_OPEN"],
      [
        ["4", "5", "6"],
        ["7", "8", "9"],
      ],
    ],
    [
      "has text after a quote",
      '1,"x"y,3\n4,5,6\n',
      ["2 UNREADABLE_TEXT_AFTER_QUOTE"],
      [["4", "5", "6"]],
    ],
    [
      "has too few values over several lines",
      '"1\n2"\n4,5,6\n',
      ["2 UNREADABLE_FIELD_COUNT", "3 UNREADABLE_FIELD_COUNT"],
      [["4", "5", "6"]],
    ],
    ["holds a NUL", "1,\0,3\n4,5,6\n", ["2 UNREADABLE_ENCODING"], [["4", "5", "6"]]],
  ])("%s: it is named by its line and nothing else is lost", async (_, body, issues, rows) => {
    const entries = await readTable(`a,b,c\n${body}`);
    expect(issuesOf(entries)).toEqual(issues);
    expect(entries.filter((entry) => !isUnreadable(entry)).map(valuesOf)).toEqual(rows);
  });

  it("costs two of 1,000 records when two quotes are broken", async () => {
    const rows = Array.from({ length: 1000 }, (_, at) => `${at + 1},name${at + 1},x`);
    rows[499] = '500,"x"y,x';
    rows[699] = '700,"name700,x';
    const entries = await readTable(`id,name,note\n${rows.join("\n")}\n`, [97]);
    expect(entries).toHaveLength(1000);
    expect(issuesOf(entries)).toEqual([
      "501 UNREADABLE_TEXT_AFTER_QUOTE",
      "701 UNREADABLE_QUOTE_OPEN",
    ]);
  });

  it("holds bytes that are no UTF-8: only that record is lost, its quoted lines included", async () => {
    const table = ['a,b\n1,é\n2,"x', "\xe9", '\ny"\n3,é\n'];
    const bytes = table.map((part) => Buffer.from(part, part === "\xe9" ? "latin1" : "utf8"));
    const entries = await readTable(Buffer.concat(bytes), [3]);
    expect(entries.map(valuesOf)).toEqual([["1", "é"], "UNREADABLE_ENCODING", ["3", "é"]]);
    expect(entries.map((entry) => entry.line)).toEqual([2, 3, 5]);
  });

  it("is too long: the line is dropped as it arrives and the next one read", async () => {
    const long = "x".repeat(MAX_CSV_RECORD_BYTES + 1);
    for (const sizes of [[10_000_000], [65_536]]) {
      const entries = await readTable(`a,b\n1,${long}\n2,y\n`, sizes);
      expect(entries.map(valuesOf)).toEqual(["UNREADABLE_TOO_LONG", ["2", "y"]]);
    }
  });

  it("has a quote that stays open for longer than a record may be", async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => `${at},plain text`);
    const entries = await readTable(`a,b\n0,"open\n${rows.join("\n")}\n`);
    expect(entries).toHaveLength(100_001);
    expect(issuesOf(entries)).toEqual(["2 UNREADABLE_QUOTE_OPEN"]);
  });

  it("never puts its text into the issue", async () => {
    const entries = await readTable('a,b\n"s3cret"x,s3cret\ns3cret\n"s3cret,\n');
    expect(JSON.stringify(entries)).not.toContain("s3cret");
    expect(entries).toHaveLength(3);
  });
});

describe("any bytes after a header", () => {
  const parts = ["a", ",", '"', '""', "\n", "\r\n", '",', ',"'];
  const bytesOf = (pieces: readonly string[]): fc.Arbitrary<Buffer> =>
    fc
      .array(fc.constantFrom(...pieces), { maxLength: 60 })
      .map((body) => Buffer.from(`p,q\n${body.join("")}`, "latin1"));

  it("give the same entries whatever the chunks", async () => {
    await fc.assert(
      fc.asyncProperty(bytesOf([...parts, "\xe9", "\0"]), chunkSizes, async (bytes, sizes) => {
        expect(await readTable(bytes, sizes)).toEqual(await readTable(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it("lose no line: each is empty, or in a record, or named as unreadable", async () => {
    await fc.assert(
      fc.asyncProperty(bytesOf(parts), async (bytes) => {
        const lines = bytes.toString("latin1").split(/\r?\n/);
        const covered = new Set([1]);
        for (const entry of await readTable(bytes)) {
          const text = isUnreadable(entry) ? "" : JSON.stringify([...entry.fields.values()]);
          const extra = text.split(String.raw`\n`).length - 1;
          for (let line = entry.line; line <= entry.line + extra; line += 1) covered.add(line);
        }
        const lost = lines.flatMap((line, at) => (line !== "" && !covered.has(at + 1) ? at : []));
        expect(lost).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the work for a table full of broken quotes", () => {
  it.each(['a,"b', 'x","y', '",x', '"a""b,c', '"', '"",""x', ',"\n,""\n,""\n,""'])(
    "grows with its size when every line is %s",
    (line) => {
      let decodedBytes = 0;
      const counting: Charset = {
        ...UTF_8.charset,
        decode: (bytes, from, to) => {
          decodedBytes += to - from;
          return UTF_8.charset.decode(bytes, from, to);
        },
      };
      const scanner = new CsvScanner(
        { columns: ["p", "q"], delimiter: ",", lineBreak: "lf" },
        counting,
        { seq: 1, line: 2, offset: 0, firstSeq: 1 },
      );
      const bytes = Buffer.from(`${line}\n`.repeat(30_000));
      let entries = 0;
      const takeAll = (): void => {
        for (let taken = scanner.take(1000); taken.length > 0; taken = scanner.take(1000)) {
          entries += taken.length;
        }
      };
      for (let at = 0; at < bytes.length; at += 65_536) {
        scanner.push(bytes.subarray(at, at + 65_536));
        takeAll();
      }
      scanner.end();
      takeAll();
      expect(entries).toBeGreaterThanOrEqual(10_000);
      expect(decodedBytes).toBeLessThan(4 * bytes.length);
    },
  );
});
