import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatPage, HASH_FORMATS } from "../../src/passwords/formats/index.ts";

const PAGE = readFileSync(
  new URL("../../docs/reference/password-formats.md", import.meta.url),
  "utf8",
);

describe("the reference of password formats", () => {
  it("is what the table gives; `npm run build && node scripts/password-formats.mjs` writes it", () => {
    expect(PAGE).toBe(formatPage());
  });

  it("has one row for every format that migration.yaml can name", () => {
    const rows = [...PAGE.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name);
    expect(["auto", ...rows]).toEqual(HASH_FORMATS);
  });

  it("has as many cells in every row as its head has", () => {
    const rows = PAGE.split("\n").filter((line) => line.startsWith("|"));
    const cells = new Set(rows.map((line) => line.split(/(?<!\\)\|/).length));
    expect(cells.size).toBe(1);
  });
});
