import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type InputLine, MAX_LINE_BYTES, readLines } from "./read-lines.ts";

async function linesOf(chunks: readonly Uint8Array[]): Promise<readonly InputLine[]> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  const lines: InputLine[] = [];
  for await (const line of readLines(stream())) lines.push(line);
  return lines;
}

describe("lines of standard input", () => {
  it("are the same wherever the stream is cut", async () => {
    const text = fc.array(fc.string({ unit: "binary" }).map((one) => one.replace(/[\r\n]/g, "")));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat({ max: 40 })), async (lines, sizes) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(""));
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) {
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        chunks.push(bytes.subarray(at));
        const read = await linesOf(chunks);
        const expected = lines.map((line) =>
          // A byte order mark is no part of a text.
          Buffer.from(line)
            .toString("utf8")
            .replace(/^\ufeff/, ""),
        );
        expect(read).toEqual(expected.map((line, index) => ({ line: index + 1, text: line })));
      }),
    );
  });

  it("need no line feed at the end, and an empty one counts", async () => {
    expect(await linesOf([Buffer.from("a\n\nb")])).toEqual([
      { line: 1, text: "a" },
      { line: 2, text: "" },
      { line: 3, text: "b" },
    ]);
    expect(await linesOf([])).toEqual([]);
  });

  it("that are too long or no UTF-8 are noted, and the next one is read", async () => {
    const long = Buffer.alloc(MAX_LINE_BYTES + 1, "x");
    const read = await linesOf([
      long.subarray(0, 1000),
      long.subarray(1000),
      Buffer.from("\n"),
      Buffer.from([0xff, 0x0a]),
      Buffer.from("next\n"),
    ]);
    expect(read).toEqual([
      { line: 1, fault: "too-long" },
      { line: 2, fault: "not-utf8" },
      { line: 3, text: "next" },
    ]);
  });
});
