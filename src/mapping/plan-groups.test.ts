import { expect, it } from "vitest";
import type { SourceValue } from "../core/index.ts";
import { planGroups } from "./plan-groups.ts";

/** What a record with one column gives. */
function namesOf(text: string, value: SourceValue): unknown {
  const head = { description: "CSV", columns: ["teams"], samples: new Map() };
  const { plan, mistakes } = planGroups({ text, line: 1 }, { head, hidden: new Set() });
  expect(mistakes).toEqual([]);
  return plan?.namesOf({ seq: 1, line: 2, fields: new Map([["teams", value]]) });
}

it.each<readonly [string, SourceValue, unknown]>([
  ["teams", "Staff; Admins;Staff", ["Staff", "Admins"]],
  ["teams", '["Staff", "R&D; Lab"]', ["Staff", "R&D; Lab"]],
  ["teams", ["Staff", "Admins"], ["Staff", "Admins"]],
  ["teams", null, []],
  ["teams", "", []],
  ["teams.name", [{ name: "Staff" }, { name: "Admins" }, { id: 3 }], ["Staff", "Admins"]],
  ["teams.name", null, []],
  ["teams.name", { name: ["Staff"] }, ["Staff"]],
  ["teams.split(',')", "Staff,Admins", ["Staff", "Admins"]],
  ["teams", { a: 1 }, expect.objectContaining({ code: "TYPE_WRONG" })],
])("groups from %s of %j", (text, value, names) => {
  expect(namesOf(text, value)).toEqual(names);
});

it("a column that is not there is a mistake, at its line", () => {
  const head = { description: "CSV", columns: ["teams"], samples: new Map() };
  const { mistakes } = planGroups({ text: "team", line: 7 }, { head, hidden: new Set() });
  expect(mistakes).toMatchObject([{ line: 7, path: "groupsFrom" }]);
});
