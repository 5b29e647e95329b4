import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type EmulatedOrg, startEmulatedOrg } from "../support/emulated-org.ts";
import { csvOf, people, type Person } from "../support/invented-people.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

async function call(org: EmulatedOrg, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${org.url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: "SSWS emulator-token", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

async function makeGroup(org: EmulatedOrg, name: string): Promise<string> {
  const { id } = (await call(org, "/api/v1/groups", { profile: { name } })) as { id: string };
  return id;
}

async function membersOf(org: EmulatedOrg, id: string): Promise<readonly string[]> {
  const users = (await call(org, `/api/v1/groups/${id}/users`)) as {
    readonly profile: { readonly login: string };
  }[];
  return users.map(({ profile }) => profile.login).toSorted();
}

it("people join the groups that their records say, and one that is missing is told by row", async () => {
  const org = await startEmulatedOrg();
  const [staff, admins] = [await makeGroup(org, "Staff"), await makeGroup(org, "Admins")];
  const cwd = makeTempFolder();
  const wanted = ["Staff", "Staff; Admins", "Migrated", "Staff;Nobodies"];
  const rows: readonly Person[] = people(4).map((person, at) => ({
    ...person,
    teams: wanted[at] ?? "",
  }));
  writeFileSync(join(cwd, "users.csv"), csvOf(rows), { mode: 0o600 });
  writeFileSync(join(cwd, "migration.yaml"), "groups: [Migrated]\ngroupsFrom: teams\n");
  const options = { cwd, env: org.env };
  const checking = ["check", "users.csv", "--run", "checked", "--matrix", "--json"];
  const check = await runCli(checking, options);
  expect(check).toMatchObject({ code: 1, summary: { records: 4, pending: 3, rejected: 1 } });
  const failures = readFileSync(join(cwd, "checked", "failures.csv"), "utf8");
  expect(failures).toContain("GROUP_UNKNOWN");
  expect(failures).toMatch(/The org has no group named ""Nobodies""/);
  const matrix = readFileSync(join(cwd, "checked", "mapping-matrix.csv"), "utf8");
  expect(matrix).toMatch(/^teams,groupIds,names of groups,.*,yes\r?$/m);

  const args = ["import", "users.csv", "--run", "run", "--yes", "--json"];
  const end = await runCli(args, options);
  expect(end).toMatchObject({ code: 1, summary: { created: 3, rejected: 1, finished: true } });
  const [one, two, , four] = rows.map(({ email }) => email ?? "");
  expect(await membersOf(org, staff)).toEqual([one, two]);
  expect(await membersOf(org, admins)).toEqual([two]);

  const nobodies = await makeGroup(org, "Nobodies");
  const retried = await runCli(["retry", "--run", "run", "--yes", "--json"], options);
  expect(retried).toMatchObject({ code: 0, summary: { created: 4, rejected: 0 } });
  expect(await membersOf(org, nobodies)).toEqual([four]);
});

it("joined memberships are groups too, and without an org their names are not checked", async () => {
  const org = await startEmulatedOrg();
  const staff = await makeGroup(org, "Staff");
  const cwd = makeTempFolder();
  const rows: readonly Person[] = people(2).map((person, at) => ({ ...person, id: `${at + 1}` }));
  writeFileSync(join(cwd, "users.csv"), csvOf(rows), { mode: 0o600 });
  writeFileSync(join(cwd, "teams.csv"), "user_id,team\n1,Staff\n1,Staff\n");
  writeFileSync(
    join(cwd, "migration.yaml"),
    "source: users.csv\njoin:\n  - {source: teams.csv, key: user_id, to: id, as: teams, many: true}\ngroupsFrom: teams.team\n",
  );
  const check = await runCli(["check", "--json"], { cwd });
  expect(check).toMatchObject({ code: 0, summary: { records: 2, rejected: 0 } });
  const end = await runCli(["import", "--yes", "--json"], { cwd, env: org.env });
  expect(end).toMatchObject({ code: 0, summary: { created: 2 } });
  expect(await membersOf(org, staff)).toEqual([rows[0]?.["email"]]);
});
