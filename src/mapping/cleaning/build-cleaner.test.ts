import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { CleanableValue, ValueChange } from "../../core/index.ts";
import { buildCleaner, UnreadValue } from "./build-cleaner.ts";
import type { CleanRule } from "./clean-rule.ts";

/** What becomes of a value by one rule. */
function clean(value: CleanableValue, ...rules: readonly CleanRule[]): unknown {
  return buildCleaner("department", rules, true).clean(value, []);
}

function keep<Kind extends "boolean" | "country" | "locale" | "language" | "timezone">(
  kind: Kind,
): CleanRule {
  return { kind, unread: "keep" };
}

const phone = (country: string): CleanRule => ({ kind: "phone", country, unread: "keep" });
const date = (format: string): CleanRule => ({ kind: "date", format, unread: "keep" });

const EXAMPLES: readonly (readonly [CleanRule, CleanableValue, unknown])[] = [
  [{ kind: "trim" }, "  Ada\t", "Ada"],
  [{ kind: "whitespace" }, " Ada \u00a0 de\tla\n Cruz ", "Ada de la Cruz"],
  [{ kind: "whitespace" }, "\ufeffZo\u200b\u00eb \u2060 King\u200b", "Zo\u00eb King"],
  [{ kind: "nfc" }, "Zoe\u0308", "Zo\u00eb"],
  [{ kind: "lower" }, "Ada.King@EXAMPLE.com", "ada.king@example.com"],
  [{ kind: "upper" }, "de", "DE"],
  [{ kind: "title" }, "JEAN-LUC O'NEILL", "Jean-Luc O'Neill"],
  [{ kind: "cut", length: 4 }, "Ada King", "Ada"],
  [{ kind: "cut", length: 2 }, "a\u{1f600}b", "a"],
  [{ kind: "empty", markers: undefined }, "N/A", undefined],
  [{ kind: "empty", markers: undefined }, " - ", undefined],
  [{ kind: "empty", markers: undefined }, "NULL", undefined],
  [{ kind: "empty", markers: undefined }, "0000-00-00T00:00:00", undefined],
  [{ kind: "empty", markers: ["kein"] }, "Kein", undefined],
  [{ kind: "empty", markers: ["kein"] }, "null", "null"],
  [keep("boolean"), "Ja", true],
  [keep("boolean"), "non", false],
  [keep("boolean"), 0, false],
  [keep("boolean"), "perhaps", "perhaps"],
  [keep("country"), "de", "DE"],
  [keep("country"), "DEU", "DE"],
  [keep("country"), "276", "DE"],
  [keep("country"), "Deutschland", "DE"],
  [keep("country"), "ALLEMAGNE", "DE"],
  [keep("country"), "España", "ES"],
  [keep("country"), "U.K.", "U.K."],
  [keep("country"), "United Kingdom", "GB"],
  [keep("country"), "UK", "GB"],
  [keep("country"), "U.S.A.", "U.S.A."],
  [keep("country"), "États-Unis", "US"],
  [keep("country"), "日本", "JP"],
  [keep("country"), "Россия", "RU"],
  [keep("country"), "Yugoslavia", "Yugoslavia"],
  [keep("country"), "constructor", "constructor"],
  [keep("locale"), "de-ch", "de_CH"],
  [keep("locale"), "en_US.UTF-8", "en_US"],
  [keep("locale"), "en-uk", "en_GB"],
  [keep("locale"), "es_419", "es_419"],
  [keep("locale"), "German (Switzerland)", "de_CH"],
  [keep("locale"), "Deutsch", "de"],
  [keep("locale"), "zh-hant-tw", "zh_Hant_TW"],
  [keep("locale"), "qqq", "qqq"],
  [keep("language"), "pt_br", "pt-BR"],
  [keep("language"), "français", "fr"],
  [keep("timezone"), "W. Europe Standard Time", "Europe/Berlin"],
  [keep("timezone"), "europe/berlin", "Europe/Berlin"],
  [keep("timezone"), "Asia/Kolkata", "Asia/Kolkata"],
  [keep("timezone"), "Pacific Standard Time", "America/Los_Angeles"],
  [keep("timezone"), "Mars/Base", "Mars/Base"],
  [phone("DE"), "0170 1234567", "+491701234567"],
  [phone("DE"), "+49 (0)30 123456", "+4930123456"],
  [phone("DE"), "0049 30/123456", "+4930123456"],
  [phone("DE"), "030 123456 ext. 12", "+4930123456"],
  [phone("US"), "(202) 555-0143", "+12025550143"],
  [phone("CH"), "044 668 18 00", "+41446681800"],
  [phone("IT"), "06 698 12345", "+390669812345"],
  [phone("DE"), "+33 6 12 34 56 78", "+33612345678"],
  [phone("DE"), 1701234567, "+491701234567"],
  [phone("DE"), "none of your business", "none of your business"],
  [phone("DE"), "0170 1234567 / 030 123456", "0170 1234567 / 030 123456"],
  [date("DD.MM.YYYY"), "1.2.2024", "2024-02-01"],
  [date("MM/DD/YYYY"), "02/01/2024", "2024-02-01"],
  [date("YYYYMMDD"), "20240201", "2024-02-01"],
  [date("YYYYMMDD"), 20240201, "2024-02-01"],
  [date("DDMMYYYY"), 1022024, 1_022_024],
  [date("DMYYYY"), "1022024", "1022024"],
  [date("D.MYYYY"), "01.022024", "2024-02-01"],
  [date("DD.MM.YYYY"), "2024-02-01T10:00:00Z", "2024-02-01T10:00:00Z"],
  [date("DD.MM.YYYY"), "2024-02-01 10:00:00+02", "2024-02-01T10:00:00+02:00"],
  [date("DD.MM.YYYY"), "01.02.2024 10:00", "2024-02-01"],
  [date("DD.MM.YYYY"), "30.02.2024", "30.02.2024"],
  [date("DD.MM.YYYY"), "29.02.2024", "2024-02-29"],
  [date("epoch"), 1706745600, "2024-02-01T00:00:00.000Z"],
  [date("epoch-ms"), "1706745600000", "2024-02-01T00:00:00.000Z"],
];

describe("a cleaning rule", () => {
  it.each(EXAMPLES)("%j makes of %j %j", (rule, value, cleaned) => {
    expect(clean(value, rule)).toEqual(cleaned);
  });

  it("notes every change with the value before and after it, and nothing where nothing changed", () => {
    const cleaner = buildCleaner("mobilePhone", [{ kind: "trim" }, phone("DE")], true);
    const changes: ValueChange[] = [];
    cleaner.clean(" 030 123456 ext. 12", changes);
    cleaner.clean("+4930123456", changes);
    cleaner.clean("hello", changes);
    const common = { attribute: "mobilePhone", isShowable: true };
    expect(changes).toEqual([
      {
        ...common,
        rule: "trim",
        kind: "changed",
        before: " 030 123456 ext. 12",
        after: "030 123456 ext. 12",
      },
      {
        ...common,
        rule: "phone DE",
        kind: "lossy",
        before: "030 123456 ext. 12",
        after: "+4930123456",
      },
      { ...common, rule: "phone DE", kind: "unread", before: "hello", after: undefined },
    ]);
  });

  it("works in a fixed order, whatever order the config has", () => {
    const rules: readonly CleanRule[] = [
      { kind: "cut", length: 3 },
      { kind: "lower" },
      { kind: "trim" },
    ];
    expect(clean("  ABCDE ", ...rules)).toBe("abc");
    expect(buildCleaner("department", rules, true).rules).toEqual(["trim", "lower", "cut 3"]);
  });

  it("takes out as empty only what its attribute has no other meaning for", () => {
    const empty: CleanRule = { kind: "empty", markers: undefined };
    expect(clean("x", empty, keep("boolean"))).toBe(true);
    expect(clean("-", empty, keep("boolean"))).toBeUndefined();
    expect(clean("NA", empty, keep("country"))).toBe("NA");
    expect(clean("N/A", empty, keep("country"))).toBeUndefined();
    expect(buildCleaner("countryCode", [empty], true).clean("NA", [])).toBe("NA");
    expect(clean("NA", empty)).toBeUndefined();
  });

  it("that can't read a value gives it up where the config wants that", () => {
    expect(clean("Atlantis", { kind: "country", unread: "reject" })).toBeInstanceOf(UnreadValue);
  });

  it("cleans each element of a list, and drops those of which nothing is left", () => {
    const cleaner = buildCleaner(
      "tags",
      [{ kind: "trim" }, { kind: "empty", markers: undefined }],
      true,
    );
    expect(cleaner.clean([" a ", "n/a", "b"], [])).toEqual(["a", "b"]);
  });

  it("takes nobody's name for a marker", () => {
    const rule: CleanRule = { kind: "empty", markers: undefined };
    const last = buildCleaner("lastName", [rule], true);
    expect(last.clean("Null", [])).toBe("Null");
    expect(last.clean("N/A", [])).toBeUndefined();
    expect(last.clean("-", [])).toBeUndefined();
  });
});

const TEXT_RULES: readonly CleanRule[] = [
  { kind: "trim" },
  { kind: "whitespace" },
  { kind: "nfc" },
  { kind: "empty", markers: undefined },
];
const CASE_RULES: readonly CleanRule[] = [{ kind: "lower" }, { kind: "upper" }, { kind: "title" }];
const FORM_RULES: readonly CleanRule[] = [
  keep("boolean"),
  keep("country"),
  keep("locale"),
  keep("language"),
  keep("timezone"),
  phone("DE"),
  phone("US"),
  phone("IT"),
  date("DD.MM.YYYY"),
  date("M/D/YYYY"),
  date("YYYYMMDD"),
  date("epoch"),
  date("epoch-ms"),
];

/** Rules that may stand together. */
const ruleSets = fc
  .record({
    text: fc.subarray([...TEXT_RULES]),
    letters: fc.option(fc.constantFrom(...CASE_RULES), { nil: undefined }),
    form: fc.option(fc.constantFrom(...FORM_RULES), { nil: undefined }),
    cut: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  })
  .map(({ text, letters, form, cut }): readonly CleanRule[] => [
    ...text,
    ...(letters === undefined || form !== undefined ? [] : [letters]),
    ...(form === undefined ? [] : [form]),
    ...(cut === undefined || form !== undefined ? [] : [{ kind: "cut", length: cut } as const]),
  ]);

const TRICKY = [
  "İstanbul",
  "ŒUVRE",
  "straße",
  "ǰ",
  "ﬁ",
  "Ǆ",
  "ᾳ",
  "ΑΣ",
  "e\u0301",
  "\u1e9e",
  "a\u0345",
  "+49 30 1",
  "0030",
  "00",
  "+",
  "ext",
  "1.1.2024 0:00",
  "31.12.9999",
  "n/a ",
  " NA",
  "\u200b",
];

const values = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 24 }),
  fc.string({ unit: "binary", maxLength: 16 }),
  fc.stringMatching(/^[\s+0-9()./-]{0,24}$/),
  fc.constantFrom(...TRICKY),
  fc.constantFrom(...EXAMPLES.map(([, value]) => value)),
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.boolean(),
);

describe("cleaning", () => {
  it("never throws, and done twice is as done once", () => {
    fc.assert(
      fc.property(ruleSets, values, (rules, value) => {
        const cleaner = buildCleaner("department", rules, true);
        const once = cleaner.clean(value, []);
        if (once instanceof UnreadValue) throw new Error("kept values are never given up");
        const again: ValueChange[] = [];
        expect(cleaner.clean(once, again)).toEqual(once);
        expect(again.filter(({ kind }) => kind !== "unread")).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it("says of every value that it changed that it did", () => {
    fc.assert(
      fc.property(ruleSets, values, (rules, value) => {
        const changes: ValueChange[] = [];
        const cleaned = buildCleaner("department", rules, true).clean(value, changes);
        const told = changes.filter(({ kind }) => kind !== "unread");
        expect(Object.is(cleaned, value)).toBe(told.length === 0);
        if (told.length > 0) expect(told[0]?.before).toBe(value);
        if (told.length > 0) expect(told.at(-1)?.after).toEqual(cleaned);
      }),
      { numRuns: 1_000 },
    );
  });
});
