import { Readable } from "node:stream";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isUnreadable, type SourceEntry } from "../../core/index.ts";
import { openSource } from "../index.ts";

async function readRecords(
  text: string,
  records: string,
  sizes: readonly number[] = [65_536],
): Promise<readonly SourceEntry[]> {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  const source = openSource({ location: "-", records, stdin: Readable.from(chunks) });
  const entries: SourceEntry[] = [];
  for await (const batch of source.read()) entries.push(...batch);
  return entries;
}

/** `line: fields` or `line: code` of each entry. */
async function shown(text: string, records: string, size = 65_536): Promise<string[]> {
  return (await readRecords(text, records, [size])).map((entry) =>
    isUnreadable(entry)
      ? `${entry.line}: ${entry.issue.code}`
      : `${entry.line}: ${JSON.stringify(Object.fromEntries(entry.fields))}`,
  );
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });
const keys = fc.string({ unit: "binary" }).filter((key) => key !== "users");

describe("records in a list inside of a JSON object", () => {
  it("are read as JSON.parse reads them, whatever stands around the list", async () => {
    const users = fc.array(fc.dictionary(fc.string(), fc.jsonValue()));
    const around = fc.dictionary(keys, fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(around, users, around),
        fc.constantFrom(undefined, 1, "\t"),
        chunkSizes,
        async ([before, list, after], indent, sizes) => {
          const text = JSON.stringify({ ...before, users: list, ...after }, undefined, indent);
          const parsed = JSON.parse(text) as { users: object[] };
          const entries = await readRecords(text, "users", sizes);
          expect(entries.map((entry) => (isUnreadable(entry) ? [] : [...entry.fields]))).toEqual(
            parsed.users.map((user) => Object.entries(user)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it("are found by a path of keys", async () => {
    const text = '{"users":[{"a":0}],"_embedded":{"x":{},"users":[{"a":1},{"a":2}]},"size":2}';
    expect(await shown(text, "_embedded.users")).toEqual(['1: {"a":1}', '1: {"a":2}']);
  });

  it("are read of every page, where the objects of several answers stand one after the other", async () => {
    const text =
      '{"value":[{"a":1}],"next":"x"}\n{"value":[]}\n{"next":{"value":[]},"value":[{"a":2}]}';
    expect(await shown(text, "value")).toEqual(['1: {"a":1}', '3: {"a":2}']);
    expect(await shown(text, "value", 1)).toEqual(['1: {"a":1}', '3: {"a":2}']);
  });

  it("never look complete where the file was cut short", async () => {
    expect(await shown('{"users":[{"a":1}],\n"x":1', "users")).toEqual([
      '1: {"a":1}',
      "2: UNREADABLE_JSON",
    ]);
    expect(await shown('{"users":[{"a":1}', "users")).toEqual(['1: {"a":1}', "1: UNREADABLE_JSON"]);
    expect(await shown('{"users":[{"a":1}]} x', "users")).toEqual([
      '1: {"a":1}',
      "1: UNREADABLE_JSON",
    ]);
  });

  it("are the records of an array or of lines, where the file has no object around them", async () => {
    expect(await shown('[{"a":1}]', "users")).toEqual(['1: {"a":1}']);
    expect(await shown('{"a":1}\n{"a":2}\n', "users")).toEqual(['1: {"a":1}', '2: {"a":2}']);
  });

  it("that are elsewhere are pointed at", async () => {
    await expect(shown('{"Users":[{"a":1}],"roles":[{"b":1}],"n":[1]}', "users")).rejects.toThrow(
      expect.objectContaining({
        code: "SOURCE_FORMAT_UNKNOWN",
        hint: "It has lists of objects at `Users`, `roles`: name one with `--records`.",
      }) as Error,
    );
  });
});
