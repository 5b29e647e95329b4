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
  ["teams.name", '[{"name": "Staff"}, {"name": 7}]', ["Staff", "7"]],
  ["teams.name", [null], []],
  ["teams.name", [{ name: null }, { name: ["Staff", "Admins"] }], ["Staff", "Admins"]],
  ["teams.name", "Staff", []],
  ["teams.group.name", [{ group: { name: "Staff" } }, { group: null }], ["Staff"]],
  ["teams.groups.name", { groups: [{ name: "Staff" }, { name: "Admins" }] }, ["Staff", "Admins"]],
  ["teams.groups.name", [{ groups: [{ name: "Staff" }] }, { groups: [] }], ["Staff"]],
  ["teams.0.name", [{ name: "Staff" }, { name: "Admins" }], ["Staff"]],
  ["teams.split(',')", "Staff,Admins", ["Staff", "Admins"]],
  ["teams", { a: 1 }, expect.objectContaining({ code: "TYPE_WRONG" })],
  ["teams.name", [{ name: { a: 1 } }], expect.objectContaining({ code: "TYPE_WRONG" })],
  ["teams.name", [{ name: 2 ** 53 }], expect.objectContaining({ code: "NUMBER_IMPRECISE" })],
])("groups from %s of %j", (text, value, names) => {
  expect(namesOf(text, value)).toEqual(names);
});

it("a column that is not there is a mistake, at its line", () => {
  const head = { description: "CSV", columns: ["teams"], samples: new Map() };
  const { mistakes } = planGroups({ text: "team", line: 7 }, { head, hidden: new Set() });
  expect(mistakes).toMatchObject([{ line: 7, path: "groupsFrom" }]);
});

it.each<readonly [string, SourceValue]>([
  ["teams.nmae", [{ name: "Staff" }, { name: "Admins" }]],
  ["teams.nmae", '[{"name": "Staff"}]'],
  ["teams.nmae", ["Staff"]],
  ["teams.group.nmae", [{ group: [{ name: "Staff" }] }]],
])("a path that is misspelt puts nobody into no group in silence: %s of %j", (text, value) => {
  expect(namesOf(text, value)).toMatchObject({
    code: "TYPE_WRONG",
    field: "groupsFrom",
    reason: `\`${text}\` goes into a list, nothing of which has \`nmae\`.`,
  });
});

it("a directory's memberOf is read as the reference says, whether an entry is in one group or in several", () => {
  const text =
    '(type(teams) == list ? teams : [teams]).map(dn, dn.split(",")[0].replace("CN=", ""))';
  expect(namesOf(text, "CN=Staff,dc=example")).toEqual(["Staff"]);
  expect(namesOf(text, ["CN=Staff,dc=example", "CN=A;B,dc=example"])).toEqual(["Staff", "A;B"]);
  expect(namesOf(text, null)).toEqual([]);
});
