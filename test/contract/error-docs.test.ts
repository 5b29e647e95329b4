import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EXIT } from "../../src/cli/exit-codes.ts";

const ERRORS_SOURCE = read("src/core/errors.ts");
const ERRORS_PAGE = read("docs/reference/errors.md");
const EXIT_PAGE = read("docs/reference/exit-codes.md");

describe("the reference of errors", () => {
  it("has one section for every code, and none for others", () => {
    expect(headings(ERRORS_PAGE)).toEqual(codes());
  });

  it("says what to do or what is meant under every heading", () => {
    for (const section of ERRORS_PAGE.split(/^## /m).slice(1)) {
      expect(section.split("\n\n")[1]?.length ?? 0, section.split("\n")[0]).toBeGreaterThan(40);
    }
  });
});

describe("the reference of exit codes", () => {
  it("has one row for every exit code, and none for others", () => {
    const rows = [...EXIT_PAGE.matchAll(/^\| (\d+) \|/gm)].map((match) => Number(match[1]));
    expect(rows).toEqual(Object.values(EXIT).toSorted((a, b) => a - b));
  });
});

/** The members of the unions whose names end in `ErrorCode`, sorted. */
function codes(): readonly string[] {
  const unions = ERRORS_SOURCE.matchAll(/^export type \w+ErrorCode =([^;]+);/gm);
  const members = [...unions].flatMap(([, body = ""]) => [...body.matchAll(/"([A-Z_]+)"/g)]);
  const names = members.map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(30);
  return names.toSorted();
}

function headings(page: string): readonly string[] {
  return [...page.matchAll(/^## (.+)$/gm)].map(([, name = ""]) => name).toSorted();
}

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}
