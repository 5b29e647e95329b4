import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Summary } from "../core/index.ts";
import { displayWidth, fitWidth, wrapWidth } from "./display-width.ts";
import { formatCount, formatDuration, formatPercent } from "./format-number.ts";
import { type ProgressState, renderProgress } from "./render-progress.ts";
import { renderCauses, renderMapping, renderSummary } from "./render-report.ts";
import { renderTable } from "./render-table.ts";
import type { Style } from "./style.ts";

const mark = (letter: string) => (text: string) => `<${letter}>${text}</${letter}>`;
const MARKED: Style = {
  bold: mark("b"),
  dim: mark("d"),
  red: mark("r"),
  green: mark("g"),
  yellow: mark("y"),
};

const SUMMARY: Summary = {
  event: "summary",
  run: "okta-migrate-runs/users",
  org: "https://example.okta.com",
  scenario: "passwords",
  records: 1300,
  created: 1234,
  updated: 0,
  existing: 50,
  rejected: 10,
  failed: 5,
  pending: 1,
  requests: 1,
  rateLimited: 0,
  retries: 2,
  elapsedMs: 7_500_000,
  finished: false,
};

const TOTALS = {
  records: 20_000,
  created: 12_000,
  updated: 1,
  existing: 300,
  rejected: 20,
  failed: 25,
  pending: 7654,
};

const widestLine = (text: string): number => Math.max(...text.split("\n").map(displayWidth));

describe("numbers", () => {
  it("have their thousands apart", () => {
    expect([0, 999, 1234, 1_234_567].map(formatCount)).toEqual(["0", "999", "1,234", "1,234,567"]);
  });

  it.each([
    [0, "0 ms"],
    [850, "850 ms"],
    [999.7, "1 s"],
    [12_000, "12 s"],
    [185_000, "3 min 05 s"],
    [7_500_000, "2 h 05 min"],
    [97_200_000, "1 d 03 h"],
    [-5, "0 ms"],
  ])("%d ms are %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it("are all of it only when nothing is left", () => {
    expect([0, 0.29, 0.999, 1].map(formatPercent)).toEqual(["0 %", "29 %", "99 %", "100 %"]);
  });
});

describe("the width of text", () => {
  it("counts wide letters twice and marks not at all", () => {
    expect(displayWidth("abc")).toBe(3);
    expect(displayWidth("用户")).toBe(4);
    expect(displayWidth("e\u0301")).toBe(1);
    expect(displayWidth("😀")).toBe(2);
    expect(displayWidth("Ωé")).toBe(2);
  });

  it("is kept when text is cut or wrapped", () => {
    expect(fitWidth("用户用户", 5)).toBe("用户…");
    expect(fitWidth("abc", 0)).toBe("");
    expect(wrapWidth("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrapWidth("a abcdefgh", 4)).toEqual(["a", "abcd", "efgh"]);
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.integer({ min: 2, max: 30 }),
        (text, width) => {
          expect(displayWidth(fitWidth(text, width))).toBeLessThanOrEqual(width);
          for (const line of wrapWidth(text, width)) {
            expect(displayWidth(line)).toBeLessThanOrEqual(width);
          }
          expect(wrapWidth(text, width).join("").replaceAll(" ", "")).toBe(
            text.replaceAll(" ", ""),
          );
        },
      ),
    );
  });
});

describe("a table", () => {
  const columns = [{ header: "code" }, { header: "count", align: "right" }] as const;

  it("is aligned, with its head in bold and nothing of the terminal's obeyed", () => {
    const rows = [
      ["TOO_LONG", "1,234"],
      ["a\u001b", "5"],
    ];
    expect(renderTable(rows, { columns, indent: "  ", style: MARKED })).toBe(
      "  <b>code      count</b>\n  TOO_LONG  1,234\n  a\\u{1b}       5\n",
    );
  });

  it("cuts or wraps its widest column to stay within the terminal", () => {
    const rows = [["abcdefghijklmnop", "short"]];
    expect(renderTable(rows, { columns: [{}, {}], width: 14 })).toBe("abcdef…  short\n");
    expect(renderTable(rows, { columns: [{ overflow: "wrap" }, {}], width: 15 })).toBe(
      "abcdefgh  short\nijklmnop\n",
    );
    expect(renderTable(rows, { columns: [{}, {}], width: 1 })).toBe("abc…  sho…\n");
  });

  it("is nothing without rows, and forgives a short one", () => {
    expect(renderTable([], { columns })).toBe("");
    expect(renderTable([["x"]], { columns: [{}, {}] })).toBe("x\n");
  });

  it("takes as many rows as there are", () => {
    const rows = Array.from({ length: 200_000 }, () => ["a", "b"]);
    expect(renderTable(rows, { columns: [{}, {}] })).toHaveLength(200_000 * 5);
  });
});

describe("the summary for people", () => {
  it("tells every ending, and that a run is not finished", () => {
    expect(renderSummary(SUMMARY)).toBe(
      [
        "Not finished, 1 to go: https://example.okta.com, passwords",
        "",
        "  created   1,234",
        "  updated       0",
        "  existing     50",
        "  rejected     10",
        "  failed        5",
        "  pending       1",
        "  records   1,300",
        "",
        "2 h 05 min, 1 request, 0 rate limited, 2 repeated",
        "run folder: okta-migrate-runs/users",
        "",
      ].join("\n"),
    );
  });

  it("is coloured by the style it is given", () => {
    const text = renderSummary({ ...SUMMARY, finished: true, pending: 0 }, { style: MARKED });
    expect(text).toContain("<b>Finished: https://example.okta.com, passwords</b>");
    expect(text).toContain("<g>  created   1,234</g>");
    expect(text).toContain("<d>  pending       0</d>");
  });
});

describe("causes for people", () => {
  it("show their count, some lines and what to do, within the terminal", () => {
    const group = {
      code: "TOO_LONG",
      outcome: "rejected",
      count: 1203,
      hint: "Shorten the value in the source, or cut it in the mapping.",
      examples: [{ line: 12, field: "firstName", reason: "firstName has\u001b 63 characters." }],
    } as const;
    const text = renderCauses([group, { ...group, count: 1, examples: [] }], { width: 40 });
    expect(text).toBe(
      [
        "TOO_LONG  1,203 records rejected",
        "  line 12: firstName has\\u{1b} 63",
        "           characters.",
        "  > Shorten the value in the source, or",
        "    cut it in the mapping.",
        "",
        "TOO_LONG  1 record rejected",
        "  > Shorten the value in the source, or",
        "    cut it in the mapping.",
        "",
      ].join("\n"),
    );
  });
});

describe("the mapping for people", () => {
  it("shows where each attribute comes from", () => {
    const lines = [
      { attribute: "login", from: "mail" },
      { attribute: "email", from: "mail", note: "also the login" },
    ];
    expect(renderMapping(lines)).toBe(
      "Okta   source\nlogin  mail\nemail  mail    also the login\n",
    );
  });
});

describe("the progress line", () => {
  const state: ProgressState = {
    totals: TOTALS,
    expected: 20_000,
    ratePerMinute: 540,
    limitShare: 0.9,
    remainingMs: 850_000,
  };

  it("tells counts, rate, share of the limit and what is left", () => {
    expect(renderProgress({ ...state, width: 200 })).toBe(
      "12,346/20,000  61 %  12,000 created  1 updated  300 existing  20 rejected  25 failed  " +
        "540/min  90 % of the limit  14 min 10 s left",
    );
  });

  it("tells why it waits in place of the rate", () => {
    const line = renderProgress({ ...state, waitingFor: "the org is read-only", width: 200 });
    expect(line).toContain("waiting: the org is read-only");
    expect(line).not.toContain("/min");
  });

  it("does without what is not known", () => {
    const totals = { ...TOTALS, updated: 0, existing: 0, rejected: 0, failed: 0 };
    expect(renderProgress({ totals, width: 200 })).toBe("12,346 done  12,000 created");
    expect(renderProgress({ totals: { ...totals, created: 0 }, expected: 0 })).toBe("12,346/0");
  });

  it("leaves out what matters least on a narrow terminal, failures last", () => {
    expect(renderProgress({ ...state, width: 40 })).toBe("12,346/20,000  20 rejected  25 failed");
    expect(renderProgress({ ...state, width: 10 })).toBe("12,346/20…");
  });

  it("is one line that fits, whatever it tells, and colours do not count", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.integer({ min: 1, max: 120 }),
        (text, width) => {
          const line = renderProgress({ ...state, waitingFor: text, width });
          expect(line).not.toContain("\n");
          expect(widestLine(line)).toBeLessThanOrEqual(width);
          const marked = renderProgress({ ...state, waitingFor: text, width, style: MARKED });
          expect(displayWidth(marked)).toBeGreaterThan(displayWidth(line));
        },
      ),
    );
  });
});
