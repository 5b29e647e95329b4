import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvCellBack, csvLine } from "./csv-line.ts";

const anyCell = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("'", "=", "+", "-", "@", "\t", "\r", "\n", '"', ",", ";", "a"),
  }),
);

function read(csv: string): string[][] {
  return parse(csv, { record_delimiter: "\n" });
}

describe("a line of CSV", () => {
  it("comes back as it was, whatever its cells hold", () => {
    fc.assert(
      fc.property(fc.array(anyCell, { minLength: 1 }), (cells) => {
        expect(read(csvLine(cells)).map((row) => row.map(csvCellBack))).toEqual([cells]);
      }),
      { numRuns: 1000 },
    );
  });

  it("comes back among others", () => {
    const row = fc.array(anyCell, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const csv = rows.map(csvLine).join("");
        expect(read(csv).map((cells) => cells.map(csvCellBack))).toEqual(rows);
      }),
    );
  });

  it("never gives a spreadsheet a formula", () => {
    fc.assert(
      fc.property(anyCell, (cell) => {
        expect(read(csvLine([cell]))[0]?.[0]).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });

  it.each([
    ["+49 30 123456", "'+49 30 123456\n"],
    ["-5", "'-5\n"],
    ["=1+1", "'=1+1\n"],
    ["'=1+1", "''=1+1\n"],
    ["@handle", "'@handle\n"],
    ["O'Brien", "O'Brien\n"],
    ["'t Hooft", "'t Hooft\n"],
    ["isaac@example.com", "isaac@example.com\n"],
    ['Isaac "Ike" Brock', '"Isaac ""Ike"" Brock"\n'],
    ["York, UK", '"York, UK"\n'],
    ["", '""\n'],
  ])("writes %s as %j", (cell, line) => {
    expect(csvLine([cell])).toBe(line);
  });

  it("takes a cell as it is that the operator typed without the apostrophe", () => {
    expect(csvCellBack("+49 30 123456")).toBe("+49 30 123456");
  });
});
