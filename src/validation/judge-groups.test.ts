import { expect, it } from "vitest";
import type { UserDraft } from "../core/index.ts";
import { createGroupJudge } from "./judge-groups.ts";

function draftOf(groups: readonly string[]): UserDraft {
  return { seq: 1, line: 2, login: "a", profile: {}, password: { kind: "none" }, groups };
}

const KNOWN = [
  { name: "Staff", id: "00g1" },
  { name: "Twice", id: "00g2" },
  { name: "Twice", id: "00g3" },
];

it("a group is known by its name, letter by letter", () => {
  const judge = createGroupJudge(KNOWN, 0);
  expect(judge.issuesOf(draftOf(["Staff"]))).toEqual([]);
  expect(judge.idsOf(draftOf(["Staff"]))).toEqual(["00g1"]);
  expect(
    judge.issuesOf(draftOf(["staff", "Twice"])).map(({ code, reason }) => [code, reason]),
  ).toEqual([
    ["GROUP_UNKNOWN", 'The org has no group named "staff".'],
    ["GROUP_UNKNOWN", 'The org has several groups named "Twice".'],
  ]);
});

it("more than twenty, those of everybody included, are too many", () => {
  const names = Array.from({ length: 19 }, (_, at) => `g${at}`);
  const codesBeside = (shared: number): readonly string[] =>
    createGroupJudge(undefined, shared)
      .issuesOf(draftOf(names))
      .map(({ code }) => code);
  expect(codesBeside(1)).toEqual([]);
  expect(codesBeside(2)).toEqual(["GROUPS_TOO_MANY"]);
});

it("a record without groups has nothing wrong with them", () => {
  const { groups: _, ...draft } = draftOf([]);
  expect(createGroupJudge([], 20).issuesOf(draft)).toEqual([]);
  expect(createGroupJudge([], 20).idsOf(draft)).toEqual([]);
});
