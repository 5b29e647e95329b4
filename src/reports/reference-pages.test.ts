import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url);

function readText(path: string): string {
  return readFileSync(new URL(path, ROOT), "utf8");
}

/** Members of a union of string literals, read from its source since types leave no trace. */
function unionMembers(path: string, union: string): readonly string[] {
  const body = new RegExp(`export type ${union} =([^;]+);`).exec(readText(path))?.[1] ?? "";
  return [...body.matchAll(/"([A-Z0-9_]+)"/g)].map((match) => match[1] ?? "");
}

function sectionsOf(page: string): ReadonlyMap<string, string> {
  const [, ...sections] = readText(page).split(/^## /m);
  return new Map(
    sections.map((section) => {
      const [heading = "", ...body] = section.split("\n");
      return [heading.trim(), body.join("\n")];
    }),
  );
}

describe.each([
  ["IssueCode", "src/core/issue.ts", "docs/reference/issues.md"],
  ["FailureCode", "src/core/outcome.ts", "docs/reference/outcomes.md"],
])("every %s", (union, source, page) => {
  const codes = unionMembers(source, union);

  it("has a section of its own, and no section is about none", () => {
    expect(codes.length).toBeGreaterThan(10);
    expect([...sectionsOf(page).keys()].toSorted()).toEqual(codes.toSorted());
  });

  it("is explained with what to do", () => {
    const unexplained = [...sectionsOf(page)].filter(([, body]) => !body.includes("What to do: "));
    expect(unexplained.map(([code]) => code)).toEqual([]);
  });
});
