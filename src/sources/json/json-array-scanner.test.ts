import { Readable } from "node:stream";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isUnreadable, type SourceEntry } from "../../core/index.ts";
import { UTF_8 } from "../bytes/charset.ts";
import { openSource } from "../index.ts";
import { JsonArrayScanner } from "./json-array-scanner.ts";
import { MAX_JSON_ELEMENT_BYTES } from "./json-element.ts";

async function readJson(
  text: string | Buffer,
  sizes: readonly number[] = [65_536],
): Promise<SourceEntry[]> {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  const source = openSource({ location: "-", format: "json", stdin: Readable.from(chunks) });
  const entries: SourceEntry[] = [];
  for await (const batch of source.read()) entries.push(...batch);
  return entries;
}

/** `line: fields` or `line: code` of each entry. */
function shown(entries: readonly SourceEntry[]): string[] {
  return entries.map((entry) => {
    const what = isUnreadable(entry)
      ? entry.issue.code
      : JSON.stringify(Object.fromEntries(entry.fields));
    return `${entry.line}: ${what}`;
  });
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });

/** Matches text that holds this. */
const saying = (text: string): unknown => expect.stringContaining(text);

describe("a JSON array", () => {
  it("is read as JSON.parse reads it, however it is indented and chunked", async () => {
    const users = fc.array(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(
        users,
        fc.constantFrom(undefined, 1, 2, "\t"),
        chunkSizes,
        async (list, indent, sizes) => {
          const text = `\n ${JSON.stringify(list, undefined, indent)}\r\n`;
          const parsed = JSON.parse(text) as object[];
          const fields = (await readJson(text, sizes)).map((entry) =>
            isUnreadable(entry) ? entry.issue : [...entry.fields],
          );
          expect(fields).toEqual(parsed.map((user) => Object.entries(user)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("may be empty", async () => {
    expect(await readJson("[]")).toEqual([]);
    expect(await readJson(" [ \n ] \n")).toEqual([]);
  });

  it("tells the line at which each element opens", async () => {
    const text = '\n[\n  {\n    "a": 1\n  },\n\n  {"a": 2}, {"a": 3}\n]\n';
    expect(shown(await readJson(text))).toEqual(['3: {"a":1}', '7: {"a":2}', '7: {"a":3}']);
  });
});

describe("an element that can't be read", () => {
  it.each([
    [
      "is no JSON",
      '[{"a":1,},{"a":tru},{"a":3}]',
      ["1: UNREADABLE_JSON", "1: UNREADABLE_JSON", '1: {"a":3}'],
    ],
    [
      "is no object",
      '[1,"x",null,[2],{"a":3}]',
      [
        "1: UNREADABLE_JSON",
        "1: UNREADABLE_JSON",
        "1: UNREADABLE_JSON",
        "1: UNREADABLE_JSON",
        '1: {"a":3}',
      ],
    ],
    [
      "is not closed, one element a line",
      '[\n{"a":1},\n{"a":2,\n{"a":3},\n{"a":4}\n]',
      ['2: {"a":1}', "3: UNREADABLE_JSON", '4: {"a":3}', '5: {"a":4}'],
    ],
    [
      "is not closed, elements over several lines",
      '[\n  {\n    "a": [\n      {}\n  },\n  {\n    "a": 2\n  }\n]',
      ["2: UNREADABLE_JSON", '6: {"a":2}'],
    ],
    [
      "has a string that is not closed",
      '[\n {"a":"x},\n {"a":"y"}\n]',
      ["2: UNREADABLE_JSON", '3: {"a":"y"}'],
    ],
    [
      "is not parted by a comma from the next",
      '[\n {"a":1}\n {"a":2},\n {"a":3}\n]',
      ["2: UNREADABLE_JSON", '3: {"a":2}', '4: {"a":3}'],
    ],
    [
      "nests without end",
      `[\n{"a":${"[".repeat(70)}},\n{"a":2}]`,
      ["2: UNREADABLE_JSON", '3: {"a":2}'],
    ],
    [
      "is missing between commas",
      '[{"a":1},,{"a":2},]',
      ['1: {"a":1}', "1: UNREADABLE_JSON", '1: {"a":2}', "1: UNREADABLE_JSON"],
    ],
  ])("%s: it is named by its line and the others are read", async (_, text, entries) => {
    expect(shown(await readJson(text))).toEqual(entries);
    expect(shown(await readJson(text, [1]))).toEqual(entries);
  });

  it("hides the rest of an array on one line, which is said", async () => {
    const entries = await readJson('[{"a":1},{"a":2],{"a":3}]');
    expect(shown(entries)).toEqual(['1: {"a":1}', "1: UNREADABLE_JSON"]);
    expect(entries[1]).toMatchObject({
      issue: { reason: saying("nothing that follows") },
    });
  });

  it("holds bytes that are no UTF-8", async () => {
    const text = Buffer.from('[{"a":"\xe9"},{"a":2}]', "latin1");
    expect(shown(await readJson(text))).toEqual(["1: UNREADABLE_ENCODING", '1: {"a":2}']);
  });

  it("is longer than an element may be", async () => {
    const long = `{"a":"${"x".repeat(MAX_JSON_ELEMENT_BYTES)}"}`;
    expect(shown(await readJson(`[\n{"a":1},\n${long},\n{"a":3}\n]`))).toEqual([
      '2: {"a":1}',
      "3: UNREADABLE_TOO_LONG",
      '4: {"a":3}',
    ]);
  });

  it("never puts its text into the issue", async () => {
    const entries = await readJson('[{"a":"s3cret",},"s3cret",{"s3cret"');
    expect(entries).toHaveLength(3);
    expect(JSON.stringify(entries)).not.toContain("s3cret");
  });
});

describe("an array that was cut short", () => {
  it("never looks complete, wherever it was cut", async () => {
    const whole = '[\n  {"a": 1},\n  {"a": "]"},\n  {"b": [{"c": 2}]}\n]';
    for (let length = 1; length < whole.length; length += 1) {
      const entries = await readJson(whole.slice(0, length));
      const last = entries.at(-1);
      expect(last !== undefined && isUnreadable(last), whole.slice(0, length)).toBe(true);
    }
  });

  it("still gives the elements before the cut", async () => {
    expect(shown(await readJson('[{"a":1},\n{"a":2}'))).toEqual([
      '1: {"a":1}',
      '2: {"a":2}',
      "2: UNREADABLE_JSON",
    ]);
  });

  it("is told from one that is followed by something else", async () => {
    const entries = await readJson('[{"a":1}]\n[{"a":2}]');
    expect(shown(entries)).toEqual(['1: {"a":1}', "2: UNREADABLE_JSON"]);
  });
});

describe("any bytes in an array", () => {
  it("give the same entries whatever the chunks", async () => {
    const pieces = ['{"a":1}', '{"a":', "{", "}", "[", "]", ",", "\n", "\n ", '"', "\\", " ", "x"];
    const garbage = fc
      .array(fc.constantFrom(...pieces, ",\n{", ",\n "), { maxLength: 30 })
      .map((parts) => `[${parts.join("")}`);
    await fc.assert(
      fc.asyncProperty(garbage, chunkSizes, async (text, sizes) => {
        const entries = await readJson(text, sizes);
        expect(entries).toEqual(await readJson(text));
        expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, at) => at + 1));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the work for an array full of broken elements", () => {
  it.each(['{"a":1,', '{"a":[1,', '{"a":[', '{"a":"x},', "{},{", '{"a":1]},'])(
    "grows with its size when every line is %s",
    (line) => {
      const scanner = new JsonArrayScanner(
        UTF_8.charset,
        { seq: 1, line: 1, offset: 0, firstSeq: 1 },
        { resumed: false },
      );
      const bytes = Buffer.from(`\n${line}`.repeat(5_000));
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
      expect(entries).toBeGreaterThanOrEqual(5_000);
      expect(scanner.scannedBytes).toBeLessThan(70 * bytes.length);
    },
  );
});
