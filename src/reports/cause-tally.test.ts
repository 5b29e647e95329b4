import { describe, expect, it } from "vitest";
import type { Issue } from "../core/index.ts";
import { createCauseTally } from "./cause-tally.ts";

const anIssue = (code: Issue["code"], field?: string): Issue => ({
  code,
  reason: `${code} of ${field ?? "all"}`,
  hint: `mend ${code}`,
  ...(field === undefined ? {} : { field }),
});

describe("the causes of records that did not end well", () => {
  it("are counted by record, the most frequent first, with the first records as examples", () => {
    const tally = createCauseTally({ maxExamples: 2 });
    for (const line of [2, 3, 4]) {
      const causes = [
        anIssue("TOO_LONG", "firstName"),
        anIssue("TOO_LONG", "lastName"),
        ...(line === 3 ? [anIssue("UNREADABLE_JSON")] : []),
      ];
      tally.add({ line, outcome: "rejected", causes });
    }
    for (const line of [9, 10]) {
      const causes = [{ code: "ORG_VALIDATION", reason: "said no", hint: "mend it" } as const];
      tally.add({ line, outcome: "failed", causes });
    }
    expect(tally.groups()).toEqual([
      {
        code: "TOO_LONG",
        outcome: "rejected",
        count: 3,
        hint: "mend TOO_LONG",
        examples: [
          { line: 2, field: "firstName", reason: "TOO_LONG of firstName" },
          { line: 3, field: "firstName", reason: "TOO_LONG of firstName" },
        ],
      },
      {
        code: "ORG_VALIDATION",
        outcome: "failed",
        count: 2,
        hint: "mend it",
        examples: [
          { line: 9, reason: "said no" },
          { line: 10, reason: "said no" },
        ],
      },
      {
        code: "UNREADABLE_JSON",
        outcome: "rejected",
        count: 1,
        hint: "mend UNREADABLE_JSON",
        examples: [{ line: 3, reason: "UNREADABLE_JSON of all" }],
      },
    ]);
  });

  it("stand by code where they are equally many, and a look at them is no later one's", () => {
    const tally = createCauseTally();
    const both = [anIssue("TOO_SHORT"), anIssue("TOO_LONG")];
    tally.add({ line: 2, outcome: "rejected", causes: both });
    const early = tally.groups();
    tally.add({ line: 3, outcome: "rejected", causes: [anIssue("TOO_SHORT")] });
    expect(early.map(({ code, count }) => [code, count])).toEqual([
      ["TOO_LONG", 1],
      ["TOO_SHORT", 1],
    ]);
    expect(early[1]?.examples).toHaveLength(1);
  });
});
