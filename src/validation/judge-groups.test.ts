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
  const judge = createGroupJudge(KNOWN, []);
  expect(judge.issuesOf(draftOf(["Staff"]))).toEqual([]);
  expect(judge.idsOf(draftOf(["Staff"]))).toEqual(["00g1"]);
  expect(
    judge.issuesOf(draftOf(["staff", "Twice"])).map(({ code, reason }) => [code, reason]),
  ).toEqual([
    ["GROUP_UNKNOWN", 'The org has no group named "staff" that takes members.'],
    ["GROUP_UNKNOWN", 'The org has several groups named "Twice".'],
  ]);
});

it("more than twenty, those of everybody included, are too many", () => {
  const names = Array.from({ length: 19 }, (_, at) => `g${at}`);
  const codesBeside = (...shared: readonly string[]): readonly string[] =>
    createGroupJudge(undefined, shared)
      .issuesOf(draftOf(names))
      .map(({ code }) => code);
  expect(codesBeside("a")).toEqual([]);
  expect(codesBeside("a", "g1", "g2")).toEqual([]);
  expect(codesBeside("a", "b")).toEqual(["GROUPS_TOO_MANY"]);
});

it("a record without groups has nothing wrong with them", () => {
  const { groups: _, ...draft } = draftOf([]);
  expect(createGroupJudge([], []).issuesOf(draft)).toEqual([]);
  expect(createGroupJudge([], []).idsOf(draft)).toEqual([]);
});

it("what everybody joins is there for a record that names it too, though it is to be made first", () => {
  const judge = createGroupJudge(KNOWN, ["Migrated", "Staff"]);
  expect(judge.issuesOf(draftOf(["Migrated", "Staff"]))).toEqual([]);
  expect(judge.idsOf(draftOf(["Migrated", "Staff"]))).toEqual([]);
});

it("a hash that stands in the place of a name is not told", () => {
  const hash = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
  const [issue] = createGroupJudge([], []).issuesOf(draftOf([hash, "Staff"]));
  expect(issue?.reason).toBe(
    'The org has no group named (a name that looks like a hash), "Staff" that takes members.',
  );
});
