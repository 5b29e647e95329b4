import { Readable } from "node:stream";

import { describe, expect, it } from "vitest";

import { isUnreadable, type SourceEntry } from "../../core/index.ts";
import { openSource } from "../index.ts";
import { MAX_JSON_ELEMENT_BYTES } from "./json-element.ts";

async function readLines(text: string, size: number): Promise<string[]> {
  const bytes = Buffer.from(text, "latin1");
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  const source = openSource({ location: "-", format: "ndjson", stdin: Readable.from(chunks) });
  const entries: SourceEntry[] = [];
  for await (const batch of source.read()) entries.push(...batch);
  return entries.map((entry) => {
    const what = JSON.stringify(isUnreadable(entry) ? entry.issue : [...entry.fields]);
    return `${entry.seq} ${entry.line} ${what}`;
  });
}

describe("a line of NDJSON", () => {
  it("that can't be read costs only itself, and is not quoted", async () => {
    const text = [
      '{"a":1}',
      "",
      " \t",
      '{"a":"s3cret"',
      "[2]",
      '"s3cret"',
      "null",
      '{"a":"\xe9"}',
      '{"a":3}',
    ].join("\r\n");
    for (const size of [1, 5, 1000]) {
      const lines = await readLines(text, size);
      expect(lines.map((line) => line.replace(/\{"code":"(\w+)".*/, "$1"))).toEqual([
        '1 1 [["a",1]]',
        "2 4 UNREADABLE_JSON",
        "3 5 UNREADABLE_JSON",
        "4 6 UNREADABLE_JSON",
        "5 7 UNREADABLE_JSON",
        "6 8 UNREADABLE_ENCODING",
        '7 9 [["a",3]]',
      ]);
      expect(lines.join()).not.toContain("s3cret");
    }
  });

  it("that is too long is dropped as it arrives", async () => {
    const text = `{"a":1}\n{"a":"${"x".repeat(MAX_JSON_ELEMENT_BYTES)}"}\n{"a":3}`;
    for (const size of [65_536, text.length]) {
      const [, second, third] = await readLines(text, size);
      expect(second).toContain("UNREADABLE_TOO_LONG");
      expect(third).toBe('3 3 [["a",3]]');
    }
  });

  it("may hold a key called __proto__, which is a key like any other", async () => {
    expect(await readLines('{"__proto__":"x"}', 100)).toEqual(['1 1 [["__proto__","x"]]']);
  });
});
