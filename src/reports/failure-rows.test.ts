import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ShownFields } from "../core/index.ts";
import { cellOfValue, valueOfCell } from "./cell-value.ts";
import { createdHeader, createdRow } from "./created-rows.ts";
import { csvLine } from "./csv-line.ts";
import {
  type Cause,
  failuresHeader,
  failuresRow,
  isFailuresHeader,
  parseFailuresRow,
} from "./failure-rows.ts";

const TOO_LONG: Cause = { code: "TOO_LONG", reason: "firstName is long.", hint: "Cut it." };
const TOO_LONG_TOO: Cause = { code: "TOO_LONG", reason: "city is long.", hint: "Cut it." };
const EMAIL: Cause = { code: "EMAIL_INVALID", reason: "email has no @.", hint: "Mend it." };

/** Through a file and back. */
function mend(columns: readonly string[], fields: ShownFields, outcome: "rejected" | "failed") {
  const record = { line: 7, outcome, causes: [TOO_LONG], fields };
  const csv = csvLine(failuresHeader(columns)) + csvLine(failuresRow(columns, record));
  const [header = [], row = []] = parse(csv, { record_delimiter: "\n" });
  return parseFailuresRow(header, row);
}

describe("failures.csv", () => {
  it("has the source's own columns, then ours, with all causes of a record", () => {
    const columns = ["mail", "given"];
    expect(failuresHeader(columns)).toEqual([
      "mail",
      "given",
      "line",
      "outcome",
      "code",
      "reason",
      "hint",
    ]);
    const fields = { given: "Isaac", mail: "isaac" };
    const causes = [TOO_LONG, EMAIL, TOO_LONG_TOO];
    expect(failuresRow(columns, { line: 7, outcome: "rejected", causes, fields })).toEqual([
      "isaac",
      "Isaac",
      "7",
      "rejected",
      "TOO_LONG EMAIL_INVALID",
      "firstName is long. email has no @. city is long.",
      "Cut it. Mend it.",
    ]);
  });

  it("leaves the columns empty of a record that could not be read", () => {
    const record = { line: 7, outcome: "rejected", causes: [EMAIL], fields: {} } as const;
    expect(failuresRow(["mail", "toString"], record).slice(0, 2)).toEqual(["", ""]);
  });

  it("makes the org's words safe to print, and leaves the source's values alone", () => {
    const causes = [{ ...EMAIL, reason: "bad\u001b[31m" }];
    const row = failuresRow(["a"], { line: 1, outcome: "failed", causes, fields: { a: "\u001b" } });
    expect(row[0]).toBe("\u001b");
    expect(row[4]).toBe("bad\\u{1b}[31m");
  });

  it("keeps a source's own columns of our names apart and gives them back", () => {
    const columns = ["line", "code", "source.line", "source.other"];
    expect(failuresHeader(columns).slice(0, 4)).toEqual([
      "source.line",
      "source.code",
      "source.source.line",
      "source.other",
    ]);
    const fields = { line: "1", code: "2", "source.line": "3", "source.other": "4" };
    expect(mend(columns, fields, "failed")).toEqual({
      line: 7,
      outcome: "failed",
      cells: new Map(Object.entries(fields)),
    });
  });

  it("gives back every cell and every column name, whatever they hold", () => {
    const name = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("line", "hint", "source.line", "=cmd", "'+x", "source.source.hint"),
    );
    const fields = fc.uniqueArray(fc.tuple(name, fc.string({ unit: "binary" })), {
      selector: ([column]) => column,
    });
    fc.assert(
      fc.property(fields, (entries) => {
        const columns = entries.map(([column]) => column);
        const shown = Object.fromEntries(entries) as ShownFields;
        fc.pre(columns.every((column) => Object.hasOwn(shown, column)));
        expect(mend(columns, shown, "rejected")?.cells).toEqual(new Map(entries));
      }),
      { numRuns: 500 },
    );
  });

  it("is read with its columns in any order and the comments taken out", () => {
    const row = parseFailuresRow(["outcome", "mail", "line"], ["rejected ", "'+x", " 12 "]);
    expect(row).toEqual({ line: 12, outcome: "rejected", cells: new Map([["mail", "+x"]]) });
    expect(parseFailuresRow(["line"], ["3"])).toEqual({ line: 3, outcome: "", cells: new Map() });
    expect(parseFailuresRow(["line", "mail"], ["3"])?.cells.get("mail")).toBe("");
  });

  it.each(["", "twelve", "0", "-1", "1.5", "1e30"])("does not guess at a line of %j", (line) => {
    expect(parseFailuresRow(["line", "outcome"], [line, "failed"])).toBeUndefined();
  });

  it("is known by its columns", () => {
    expect(isFailuresHeader(["mail", "outcome", "line"])).toBe(true);
    expect(isFailuresHeader(["mail", "line"])).toBe(false);
    expect(isFailuresHeader(["mail", "outcome"])).toBe(false);
    expect(parseFailuresRow(["mail"], ["x"])).toBeUndefined();
  });
});

describe("a value in a cell", () => {
  it("that was left alone comes back as what it was", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const original = value as ShownFields[string];
        expect(valueOfCell(cellOfValue(original), original)).toBe(original);
      }),
    );
  });

  it("that was mended keeps the kind it had", () => {
    expect(valueOfCell("12", 7)).toBe(12);
    expect(valueOfCell("true", false)).toBe(true);
    expect(valueOfCell('{"city":"York"}', { city: "" })).toEqual({ city: "York" });
    expect(valueOfCell("12", "7")).toBe("12");
    expect(valueOfCell("12", null)).toBe("12");
    expect(valueOfCell("12", undefined)).toBe("12");
    expect(valueOfCell("twelve", 7)).toBe("twelve");
    expect(valueOfCell("", 7)).toBeNull();
    expect(valueOfCell("", "x")).toBe("");
  });

  it("is nothing for a missing one", () => {
    expect(cellOfValue(undefined)).toBe("");
    expect(valueOfCell("", undefined)).toBe("");
  });
});

describe("created.csv", () => {
  it("has line, login and Okta id", () => {
    expect(createdHeader()).toEqual(["line", "login", "oktaId"]);
    expect(createdRow({ line: 2, login: "isaac@example.com", oktaId: "00u1" })).toEqual([
      "2",
      "isaac@example.com",
      "00u1",
    ]);
  });
});
