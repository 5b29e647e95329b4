import { describe, expect, it } from "vitest";

import type { Issue, RouteCount } from "../core/index.ts";
import { countRoutes, noteWarnings, renderRoutes } from "./index.ts";

const WARNING: Issue = { code: "SHA256_SALT_UNSETTLED", reason: "Nobody knows.", hint: "Try it." };
const COUNTS: readonly RouteCount[] = [
  { label: "no password", route: "staged", count: 44 },
  { label: "sha256", route: "hash", count: 5, warnings: [WARNING] },
  { label: "bcrypt 10", route: "hash", count: 11_204 },
  { label: "sha256", route: "hash", count: 2 },
  { label: "argon2id", route: "hook", count: 312 },
  { label: "sha256", route: "rejected", count: 1 },
];

describe("the routes of a run", () => {
  it("are one line, the most first, each format and route once", () => {
    expect(renderRoutes(countRoutes(COUNTS))).toBe(
      "11,204 bcrypt 10 → hash · 312 argon2id → hook · 44 no password → staged · 7 sha256 → hash · 1 sha256 → rejected",
    );
    expect(renderRoutes([])).toBe("");
  });

  it("do not fill the screen, and still make up the whole", () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      label: `pbkdf2 ${index + 1}`,
      route: "hash" as const,
      count: 1000,
    }));
    const line = renderRoutes(countRoutes(many));
    expect(line.split(" · ")).toHaveLength(12);
    expect(line).toMatch(/ · 29,000 of other formats$/);
  });

  it("tell what is not settled once, with how many records it concerns", () => {
    expect(noteWarnings([...COUNTS, { ...COUNTS[1], count: 2000 } as RouteCount])).toEqual([
      "2,005 records, SHA256_SALT_UNSETTLED: Nobody knows. Try it.",
    ]);
    expect(noteWarnings([])).toEqual([]);
  });
});
