import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PRESETS } from "../../src/mapping/index.ts";

const fileOf = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(fileOf(path), "utf8");

describe("the guides of presets", () => {
  it("list every preset with what it reads, and no other", () => {
    const rows = [...read("docs/guides/presets.md").matchAll(/^\| \[`(.+?)`\].*?\| (.+) \|$/gm)];
    expect(rows.map(([, name, title]) => [name, title])).toEqual(
      PRESETS.map(({ name, title }) => [name, title]),
    );
  });

  it.each(PRESETS.map(({ name }) => name))("have a page for %s, with its command", (name) => {
    const page = read(`docs/guides/from-${name}.md`);
    expect(page).toMatch(/^okta-migrate import /m);
    if (name !== "excel") expect(page).toContain(`--preset ${name}`);
    for (const heading of ["Get the export", "What is carried", "Blocked, unverified, deleted"]) {
      expect(page).toContain(`## ${heading}`);
    }
  });

  it.each(PRESETS.map(({ name }) => name))(
    "name the document that the export of %s follows, and the day it was read or that it was not",
    (name) => {
      const path = `fixtures/exports/${name}/README.md`;
      expect(existsSync(fileOf(path))).toBe(true);
      expect(read(path).replaceAll(/\s+/g, " ")).toMatch(
        /(?:https:\/\/|ECMA-376).*(?:read on \d{4}-\d\d-\d\d|the document was not opened)/,
      );
    },
  );
});
