import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const EVENTS_SOURCE = read("src/core/events.ts");
const EVENTS_PAGE = read("docs/reference/events.md");
const OUTCOME_SOURCE = read("src/core/outcome.ts");

describe("the reference of events", () => {
  it("has a row for every event of a run", () => {
    const emitted = [...EVENTS_SOURCE.matchAll(/event: "([a-z-]+)"/g)].map(([, name = ""]) => name);
    const rows = new Set([...EVENTS_PAGE.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name));
    expect(emitted.length).toBeGreaterThan(8);
    expect(emitted.filter((name) => !rows.has(name))).toEqual([]);
  });

  it("names every property of the summary", () => {
    const properties = ["Totals", "Traffic", "Summary"].flatMap((name) => {
      const [, body = ""] =
        new RegExp(`export interface ${name} [^{]*{([^}]*)}`).exec(OUTCOME_SOURCE) ?? [];
      return [...body.matchAll(/readonly (\w+):/g)].map(([, property = ""]) => property);
    });
    const [, shape = ""] = /`\{("event":"summary"[^}]*)\}`/.exec(EVENTS_PAGE) ?? [];
    const named = [...shape.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => name !== "summary").toSorted()).toEqual(properties.toSorted());
  });
});

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}
