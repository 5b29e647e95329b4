import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { callsOf, codeOf, loginsOf, nextOf } from "./emulator-calls.ts";
import { at, type Got, newUser } from "./emulator-caller.ts";

let clock: FakeClock;
let emulator: Emulator;
const { get, post, put, remove, create, createGroup } = callsOf(() => emulator);

beforeEach(async () => {
  clock = new FakeClock();
  emulator = await startEmulator({ clock });
});
afterEach(() => emulator.close());

const PASSWORD = { credentials: { password: { value: "Invented 1" } } };

async function groupsOf(user: string): Promise<unknown[]> {
  const got = await get(`/api/v1/users/${user}/groups`);
  return (got.body as readonly unknown[]).map((group) => at(group, "profile", "name"));
}

describe("groups", () => {
  it("one is renamed as a whole, unless its new name is taken", async () => {
    const id = await createGroup("Migrated");
    await createGroup("Others");
    const profile = { name: "Migrated 2026-11", description: "One night" };
    const renamed = await put(`/api/v1/groups/${id}`, { profile });
    expect(renamed.body).toMatchObject({ id, profile });
    expect((await get(`/api/v1/groups/${id}`)).body).toMatchObject({ profile });
    expect(codeOf(await put(`/api/v1/groups/${id}`, { profile: { name: "OTHERS" } }))).toBe(
      "E0000001",
    );
    const own = await put(`/api/v1/groups/${id}`, { profile: { name: "MIGRATED 2026-11" } });
    expect(at(own.body, "profile")).toEqual({ name: "MIGRATED 2026-11" });
    await createGroup("Migrated");
  });

  it("one that is deleted is gone for its members as well", async () => {
    const id = await createGroup("Migrated");
    await create("ines@example.com", { groupIds: [id] });
    expect(await groupsOf("ines")).toEqual(["Everyone", "Migrated"]);
    expect((await remove(`/api/v1/groups/${id}`)).status).toBe(204);
    expect((await get(`/api/v1/groups/${id}`)).status).toBe(404);
    expect(await groupsOf("ines")).toEqual(["Everyone"]);
    expect(emulator.ledger().groups).toBe(1);
    expect(await createGroup("Migrated")).not.toBe(id);
  });

  it("Everyone stays what it is", async () => {
    const id = String(at((await get("/api/v1/groups?q=Everyone")).body, 0, "id"));
    const user = await create("ines@example.com");
    for (const got of [
      await put(`/api/v1/groups/${id}`, { profile: { name: "All" } }),
      await remove(`/api/v1/groups/${id}`),
      await put(`/api/v1/groups/${id}/users/${user}`),
      await remove(`/api/v1/groups/${id}/users/${user}`),
    ]) {
      expect([got.status, codeOf(got)]).toEqual([403, "E0000006"]);
    }
    expect(loginsOf(await get(`/api/v1/groups/${id}/users`))).toEqual(["ines@example.com"]);
  });

  it("its members come in pages, each once", async () => {
    const id = await createGroup("Migrated");
    const wanted: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      await create(`other${index}@example.com`);
      wanted.push(`user${index}@example.com`);
      await create(`user${index}@example.com`, { groupIds: [id] });
    }
    const seen: unknown[] = [];
    let path: string | undefined = `/api/v1/groups/${id}/users?limit=2`;
    while (path !== undefined) {
      const page: Got = await get(path);
      expect(page.body).not.toHaveLength(3);
      seen.push(...loginsOf(page));
      path = nextOf(page, emulator);
    }
    expect(seen).toEqual(wanted);
  });

  it("how many are in it is told on demand", async () => {
    const id = await createGroup("Migrated");
    await create("ines@example.com", { groupIds: [id] });
    await create("otto@example.com");
    const got = await get("/api/v1/groups?expand=stats");
    const counts = (got.body as readonly unknown[]).map((group) =>
      at(group, "_embedded", "stats", "usersCount"),
    );
    expect(counts).toEqual([2, 1]);
  });
});

describe("group rules", () => {
  const RULES = "/api/v1/groups/rules";
  const rule = (value: string, groupIds: readonly string[], exclude: string[] = []): object => ({
    type: "group_rule",
    name: "Engineers",
    conditions: {
      people: { users: { exclude }, groups: { exclude: [] } },
      expression: { value, type: "urn:okta:expression:1.0" },
    },
    actions: { assignUserToGroups: { groupIds } },
  });
  const ENGINEERS = 'user.department=="Engineering"';
  let group: string;

  const addRule = async (value = ENGINEERS, exclude: string[] = []): Promise<string> => {
    const got = await post(RULES, rule(value, [group], exclude));
    expect(got.body).toMatchObject({ status: "INACTIVE", ...rule(value, [group], exclude) });
    return String(at(got.body, "id"));
  };
  const activate = async (id: string): Promise<void> => {
    expect((await post(`${RULES}/${id}/lifecycle/activate`)).status).toBe(204);
  };
  const engineer = (name: string, query?: string): Promise<string> =>
    create(`${name}@example.com`, { ...inDepartment(name, "Engineering"), ...PASSWORD }, query);
  const inDepartment = (name: string, department: string): object => ({
    profile: { ...(at(newUser(`${name}@example.com`), "profile") as object), department },
  });
  const members = async (): Promise<unknown[]> =>
    loginsOf(await get(`/api/v1/groups/${group}/users`)).map((login) =>
      String(login).replace("@example.com", ""),
    );

  beforeEach(async () => {
    group = await createGroup("Engineering");
  });

  it("an active one takes those who are there, and each who comes", async () => {
    await engineer("ann");
    const id = await addRule();
    await engineer("bob");
    expect(await members()).toEqual([]);
    await activate(id);
    await engineer("cleo");
    await create("dan@example.com", { ...inDepartment("dan", "Sales"), ...PASSWORD });
    expect(await members()).toEqual(["ann", "bob", "cleo"]);
    expect((await get(RULES)).body).toMatchObject([{ id, status: "ACTIVE" }]);
  });

  it("those who are not activated yet have to wait until they are", async () => {
    await activate(await addRule());
    await engineer("ann", "activate=false");
    expect(await members()).toEqual([]);
    await post("/api/v1/users/ann/lifecycle/activate?sendEmail=false");
    expect(await members()).toEqual(["ann"]);
  });

  it("those whose activation goes on have to wait until it has ended", async () => {
    emulator.change({ activationMs: 1000 });
    const staged = await engineer("ann", "activate=false");
    await post(`/api/v1/users/${staged}/lifecycle/activate?sendEmail=false`);
    await engineer("bob");
    await activate(await addRule());
    await engineer("cleo");
    await clock.run({ untilMs: clock.now() + 999 });
    expect(await members()).toEqual([]);
    await clock.run({ untilMs: clock.now() + 1 });
    expect(await members()).toEqual(["ann", "bob", "cleo"]);
    const logged = await get('/api/v1/logs?filter=eventType+eq+"group.user_membership.add"');
    expect(logged.body).toHaveLength(3);
    expect(at(logged.body, 0, "published")).toBe("2027-01-15T08:00:01.000Z");
  });

  it("one who is deactivated leaves it, and is no longer the rule's", async () => {
    const ann = await engineer("ann");
    const id = await addRule();
    await activate(id);
    await post(`/api/v1/users/${ann}/lifecycle/deactivate`);
    expect(await members()).toEqual([]);
    await post(`${RULES}/${id}/lifecycle/deactivate`);
    await post(`/api/v1/users/${ann}/lifecycle/activate?sendEmail=false`);
    await put(`/api/v1/groups/${group}/users/${ann}`);
    await remove(`${RULES}/${id}?removeUsers=true`);
    expect(await members()).toEqual(["ann"]);
  });

  it("a change of the profile takes a user in, and out again", async () => {
    await activate(await addRule());
    const id = await create("ann@example.com", PASSWORD);
    await post(`/api/v1/users/${id}`, { profile: { department: "Engineering" } });
    expect(await members()).toEqual(["ann"]);
    await post(`/api/v1/users/${id}`, { profile: { department: "Sales" } });
    expect(await members()).toEqual([]);
    await put(`/api/v1/groups/${group}/users/${id}`);
    await post(`/api/v1/users/${id}`, { profile: { city: "Lyon" } });
    expect(await members()).toEqual(["ann"]);
  });

  it("two for one group each hold a user there, whichever came first", async () => {
    await activate(await addRule('user.city=="Lyon"'));
    await activate(await addRule());
    const ann = await engineer("ann");
    const change = (profile: object) => post(`/api/v1/users/${ann}`, { profile });
    await change({ city: "Lyon" });
    await change({ department: "Sales" });
    expect(await members()).toEqual(["ann"]);
    await change({ department: "Engineering" });
    await change({ city: "Paris" });
    expect(await members()).toEqual(["ann"]);
    await change({ department: "Sales" });
    expect(await members()).toEqual([]);
    const logged = await get('/api/v1/logs?filter=eventType+eq+"group.user_membership.remove"');
    expect(logged.body).toHaveLength(1);
  });

  it("exceptions are left alone, and so is who was taken out by hand", async () => {
    const ann = await engineer("ann");
    const bob = await engineer("bob");
    const id = await addRule(ENGINEERS, [ann]);
    await activate(id);
    expect(await members()).toEqual(["bob"]);
    await remove(`/api/v1/groups/${group}/users/${bob}`);
    await post(`/api/v1/users/${bob}`, { profile: { city: "Lyon" } });
    expect(await members()).toEqual([]);
    const shown = await get(`${RULES}/${id}`);
    expect(at(shown.body, "conditions", "people", "users", "exclude")).toEqual([ann, bob]);
  });

  it("what is deleted leaves its members, or takes them along when it is told to", async () => {
    await engineer("ann");
    const first = await addRule();
    await activate(first);
    expect((await remove(`${RULES}/${first}`)).status).toBe(202);
    expect(await members()).toEqual(["ann"]);
    await engineer("bob");
    const second = await addRule();
    await activate(second);
    expect(await members()).toEqual(["ann", "bob"]);
    expect((await remove(`${RULES}/${second}?removeUsers=true`)).status).toBe(202);
    expect(await members()).toEqual(["ann"]);
    expect((await get(`${RULES}/${second}`)).status).toBe(404);
  });

  it("an expression that is more than is understood is kept, and takes nobody", async () => {
    await engineer("ann");
    await activate(await addRule('isMemberOfGroupName("Everyone")'));
    expect(await members()).toEqual([]);
  });

  it("is changed while it is inactive, and invalid once its group is gone", async () => {
    const id = await addRule();
    const other = rule('user.department=="Sales"', ["ignored"]);
    expect((await put(`${RULES}/${id}`, other)).body).toMatchObject({
      conditions: { expression: { value: 'user.department=="Sales"' } },
      actions: { assignUserToGroups: { groupIds: [group] } },
    });
    await activate(id);
    expect(codeOf(await put(`${RULES}/${id}`, other))).toBe("E0000038");
    await post(`${RULES}/${id}/lifecycle/deactivate`);
    expect((await put(`${RULES}/${id}`, other)).status).toBe(200);
    await remove(`/api/v1/groups/${group}`);
    expect((await get(`${RULES}/${id}`)).body).toMatchObject({ status: "INVALID" });
    expect(codeOf(await post(`${RULES}/${id}/lifecycle/activate`))).toBe("E0000038");
  });

  it("rules come in pages, by a word of their names, with the names of their groups", async () => {
    for (let index = 0; index < 3; index += 1) await addRule();
    const page = await get(`${RULES}?limit=2&search=engin&expand=groupIdToGroupNameMap`);
    expect(page.body).toHaveLength(2);
    expect(at(page.body, 0, "_embedded", "groupIdToGroupNameMap")).toEqual({
      [group]: "Engineering",
    });
    expect((await get(nextOf(page, emulator) ?? "")).body).toHaveLength(1);
    expect((await get(`${RULES}?search=sales`)).body).toEqual([]);
  });

  it.each([
    ["without a group", { actions: { assignUserToGroups: { groupIds: [] } } }, "E0000001"],
    ["of an unknown group", { actions: { assignUserToGroups: { groupIds: ["x"] } } }, "E0000001"],
    ["without an expression", { conditions: {} }, "E0000001"],
    ["without a name", { name: "" }, "E0000001"],
    ["of another type", { type: "rule" }, "E0000003"],
  ])("a rule %s is refused", async (_what, part, code) => {
    expect(codeOf(await post(RULES, { ...rule(ENGINEERS, [group]), ...part }))).toBe(code);
  });
});
