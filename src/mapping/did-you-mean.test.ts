import { describe, expect, it } from "vitest";

import { countEdits, findNearest } from "./did-you-mean.ts";

describe("did you mean", () => {
  const keys = ["source", "scenario", "profile", "password", "otherwise", "groups"];

  it.each([
    ["scenaro", "scenario"],
    ["Profile", "profile"],
    ["pasword", "password"],
    ["soruce", "source"],
    ["other_wise", "otherwise"],
    ["group", "groups"],
  ])("%s is probably %s", (given, meant) => {
    expect(findNearest(given, keys)).toBe(meant);
  });

  it.each(["", "x", "files", "onExisting", "p".repeat(100)])("%s is none of them", (given) => {
    expect(findNearest(given, keys)).toBeUndefined();
  });

  it("does not compare with names that are endless", () => {
    expect(findNearest("ab", ["a".repeat(100)])).toBeUndefined();
  });

  it("counts a swap as one slip", () => {
    expect(countEdits("lgoin", "login")).toBe(1);
    expect(countEdits("", "abc")).toBe(3);
    expect(countEdits("kitten", "sitting")).toBe(3);
  });
});
