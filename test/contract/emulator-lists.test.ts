import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { callsOf, codeOf, loginsOf, nextOf } from "./emulator-calls.ts";
import { at, type Got } from "./emulator-caller.ts";

let clock: FakeClock;
let emulator: Emulator;
const { get, post, put, remove, search, create, createGroup } = callsOf(() => emulator);

async function restart(options: Partial<EmulatorOptions> = {}): Promise<void> {
  await emulator?.close();
  clock = new FakeClock();
  emulator = await startEmulator({ clock, ...options });
}

beforeEach(() => restart());
afterEach(() => emulator.close());

const filter = (expression: string): Promise<Got> =>
  get(`/api/v1/users?filter=${encodeURIComponent(expression)}`);
const namesOf = (got: Got): string[] =>
  loginsOf(got).map((login) => String(login).replace("@example.com", ""));

/** Makes a user of this short name. */
const made = (name: string, profile: object = {}, query?: string): Promise<string> =>
  create(
    `${name}@example.com`,
    { profile: { ...named(name), login: `${name}@example.com`, ...profile } },
    query,
  );
const named = (name: string): object => ({
  firstName: name,
  lastName: "Moreau",
  email: `${name}@example.com`,
});

/** What all pages hold, one after the other. */
async function walk(path: string): Promise<string[]> {
  const seen: string[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const page: Got = await get(next);
    expect(page.status).toBe(200);
    seen.push(...namesOf(page));
    next = nextOf(page, emulator);
  }
  return seen;
}

describe("searching users", () => {
  it("conditions are joined by and, or and brackets", async () => {
    await made("ann", { department: "Sales", city: "Lyon" });
    await made("bob", { department: "Sales" }, "activate=false");
    await made("cleo", { department: "Legal" });
    const both = 'profile.department eq "Sales" and';
    expect(namesOf(await search(`${both} profile.city pr or profile.city eq "Oslo"`))).toEqual([
      "ann",
    ]);
    const either = `${both} (profile.city eq "LYON" or status eq "STAGED")`;
    expect(namesOf(await search(either))).toEqual(["ann", "bob"]);
    const others = '(status lt "STAGED" or status gt "STAGED")';
    expect(namesOf(await search(others))).toEqual(["ann", "cleo"]);
    expect(namesOf(await search('profile.login eq "ann@example.com" or id pr'))).toHaveLength(3);
  });

  it("numbers are compared as numbers, and any element of a list will do", async () => {
    const properties = {
      level: { type: "integer" },
      roles: { type: "array", items: { type: "string" } },
    };
    await post("/api/v1/meta/schemas/user/default", { definitions: { custom: { properties } } });
    await made("ann", { level: 9, roles: ["reader", "writer"] });
    await made("bob", { level: 12 });
    expect(namesOf(await search("profile.level gt 10"))).toEqual(["bob"]);
    expect(namesOf(await search('profile.roles eq "writer"'))).toEqual(["ann"]);
  });

  it.each([
    'status ne "ACTIVE"',
    'not (status eq "ACTIVE")',
    'profile.city co "yo"',
    'realm eq "x"',
    'created gt "yesterday"',
    'created sw "2026"',
    '(status eq "ACTIVE"',
  ])("what Okta does not know is refused: %s", async (expression) => {
    const got = await search(expression);
    expect([got.status, codeOf(got)]).toEqual([400, "E0000031"]);
  });

  it("contains is for names, address and login", async () => {
    await made("joanna");
    for (const name of ["firstName", "email", "login"]) {
      expect(namesOf(await search(`profile.${name} co "ANN"`))).toEqual(["joanna"]);
    }
  });

  it("filter knows a few attributes, exactly as they are written", async () => {
    await made("ann");
    await made("bob", {}, "activate=false");
    expect(
      namesOf(await filter('status eq "STAGED" or profile.login eq "ann@example.com"')),
    ).toEqual(["ann", "bob"]);
    expect(namesOf(await filter('profile.login eq "ANN@example.com"'))).toEqual([]);
    expect(namesOf(await filter('lastUpdated gt "2013-06-01T00:00:00.000Z"'))).toHaveLength(2);
    for (const unknown of ['status sw "S"', 'profile.city eq "Lyon"', "created pr", "id pr"]) {
      expect(codeOf(await filter(unknown))).toBe("E0000031");
    }
  });
});

describe("lists in order and in pages", () => {
  it("sorted by any attribute, either way, ties by id, those without a value last", async () => {
    for (const [name, city] of [["dan", "Oslo"], ["ann", "lyon"], ["cleo"], ["bob", "Lyon"]]) {
      await made(String(name), city === undefined ? {} : { city });
    }
    const all = encodeURIComponent("id pr");
    const path = `/api/v1/users?search=${all}&limit=1`;
    expect(await walk(`${path}&sortBy=profile.login`)).toEqual(["ann", "bob", "cleo", "dan"]);
    expect(await walk(`${path}&sortBy=profile.login&sortOrder=desc`)).toEqual([
      "dan",
      "cleo",
      "bob",
      "ann",
    ]);
    const byCity = await walk(`${path}&sortBy=profile.city`);
    expect([byCity.slice(0, 2).toSorted(), ...byCity.slice(2)]).toEqual([
      ["ann", "bob"],
      "dan",
      "cleo",
    ]);
    expect((await walk(`${path}&sortBy=profile.city&sortOrder=desc`)).at(-1)).toBe("cleo");
    expect(codeOf(await get(`${path}&sortBy=shoeSize`))).toBe("E0000031");
    expect(codeOf(await get(`${path}&sortBy=id&after=%21`))).toBe("E0000031");
  });

  it("a sorted list is not disturbed by what comes and goes while it is walked", async () => {
    for (const name of ["ann", "bob", "dan", "eve"]) await made(name);
    const first = await get(
      `/api/v1/users?search=${encodeURIComponent("id pr")}&sortBy=profile.login&limit=2`,
    );
    expect(namesOf(first)).toEqual(["ann", "bob"]);
    await remove("/api/v1/users/bob");
    await remove("/api/v1/users/bob");
    await made("aaron");
    await made("cleo");
    expect(namesOf(await get(nextOf(first, emulator) ?? ""))).toEqual(["cleo", "dan"]);
  });

  it("only the fields asked for are shown, and always the id", async () => {
    const id = await made("ann", { city: "Lyon" });
    const shown = await get("/api/v1/users?fields=status,profile:(firstName,%20city)");
    expect(shown.body).toEqual([
      { id, status: "PROVISIONED", profile: { firstName: "ann", city: "Lyon" } },
    ]);
    const whole = await get("/api/v1/users?fields=profile");
    expect(at(whole.body, 0, "profile", "lastName")).toBe("Moreau");
    expect((await get("/api/v1/users?fields=profile:(city")).status).toBe(400);
  });

  it("credentials, their links and what a user is on the way to are left out on demand", async () => {
    await restart({ activationMs: 1000 });
    const id = await made("ann", {}, "activate=false");
    await made("bob", {}, "activate=true");
    const type = (words: string): Readonly<Record<string, string>> => ({
      "content-type": `application/json; okta-response=${words}`,
    });
    const all = type('"omitCredentials,omitCredentialsLinks, omitTransitioningToStatus"');
    const bare = await get("/api/v1/users", all);
    expect(bare.body).toHaveLength(2);
    for (const user of bare.body as readonly object[]) {
      expect(user).not.toHaveProperty("credentials");
      expect(user).not.toHaveProperty("transitioningToStatus");
    }
    expect(at((await get("/api/v1/users")).body, 1, "transitioningToStatus")).toBe("PROVISIONED");
    emulator.change({ activationMs: 0 });
    await post(`/api/v1/users/${id}/lifecycle/activate?sendEmail=false`);
    const links = async (words: string): Promise<unknown> =>
      at((await get(`/api/v1/users/${id}`, type(words))).body, "_links");
    expect(await links("omitCredentials")).toHaveProperty("resetPassword");
    expect(await links("omitCredentialsLinks")).not.toHaveProperty("resetPassword");
    expect(await links("omitCredentialsLinks")).toHaveProperty("deactivate");
  });
});

describe("search that lags behind", () => {
  beforeEach(() => restart({ searchLagMs: 800 }));

  const after = (ms: number): Promise<void> => clock.run({ untilMs: clock.now() + ms });

  it("shows a changed user as it was, until the lag is over", async () => {
    const id = await made("ann", { city: "Lyon" });
    await after(1000);
    await post(`/api/v1/users/${id}`, { profile: { city: "Oslo" } });
    await after(400);
    await post(`/api/v1/users/${id}`, { profile: { city: "Rome" } });
    const cityNow = async (): Promise<unknown> =>
      at((await search(`id eq "${id}"`)).body, 0, "profile", "city");
    expect(await cityNow()).toBe("Lyon");
    expect(namesOf(await search('profile.city eq "Lyon"'))).toEqual(["ann"]);
    expect(namesOf(await search('profile.city eq "Rome"'))).toEqual([]);
    expect(at((await get(`/api/v1/users/${id}`)).body, "profile", "city")).toBe("Rome");
    expect(namesOf(await filter(`id eq "${id}"`))).toEqual(["ann"]);
    await after(400);
    expect(await cityNow()).toBe("Oslo");
    await after(400);
    expect(await cityNow()).toBe("Rome");
  });

  it("finds a user by the login that it had, and not yet by the new one", async () => {
    await made("ann");
    await after(1000);
    await post("/api/v1/users/ann", { profile: { login: "anna@example.com" } });
    expect(namesOf(await search('profile.login eq "ann@example.com"'))).toEqual(["ann"]);
    expect(namesOf(await search('profile.login eq "anna@example.com"'))).toEqual([]);
    await after(800);
    expect(namesOf(await search('profile.login eq "ann@example.com"'))).toEqual([]);
    expect(namesOf(await search('profile.login eq "anna@example.com"'))).toEqual(["anna"]);
  });

  it("goes on to show a status that is over, and a user who is gone", async () => {
    const id = await made("ann", {}, "activate=false");
    await made("bob");
    await after(1000);
    await remove(`/api/v1/users/${id}`);
    await remove(`/api/v1/users/${id}`);
    expect((await get(`/api/v1/users/${id}`)).status).toBe(404);
    expect(namesOf(await search("id pr"))).toEqual(["ann", "bob"]);
    expect(namesOf(await search('status eq "STAGED"'))).toEqual(["ann"]);
    expect(namesOf(await search('status eq "DEPROVISIONED"'))).toEqual([]);
    await after(800);
    expect(namesOf(await search("id pr"))).toEqual(["bob"]);
  });

  it("a change before the lag was turned on is known at once", async () => {
    emulator.change({ searchLagMs: 0 });
    const id = await made("ann");
    await put(`/api/v1/users/${id}`, { profile: { ...named("ann"), login: "ann@example.com" } });
    emulator.change({ searchLagMs: 800 });
    await after(800);
    expect(namesOf(await search(`id eq "${id}"`))).toEqual(["ann"]);
  });
});

describe("listing groups", () => {
  const groups = async (query: string): Promise<unknown[]> => {
    const got = await get(`/api/v1/groups?${query}`);
    if (got.status !== 200) return [codeOf(got)];
    return (got.body as readonly unknown[]).map((group) => at(group, "profile", "name"));
  };
  const query = (name: string, expression: string): string =>
    `${name}=${encodeURIComponent(expression)}`;

  it("by the beginning of the name, by search and by filter", async () => {
    await createGroup("West Coast");
    await clock.run({ untilMs: 5000 });
    await createGroup("Western");
    await createGroup("East");
    const middle = new Date(clock.wallNow() - 2000).toISOString();
    expect(await groups("q=west")).toEqual(["West Coast", "Western"]);
    expect(await groups("q=west&limit=1")).toEqual(["West Coast"]);
    expect(
      await groups(query("search", 'profile.name co "coast" or profile.name eq "east"')),
    ).toEqual(["West Coast", "East"]);
    const late = `type eq "OKTA_GROUP" and (lastUpdated gt "${middle}")`;
    expect(await groups(query("filter", late))).toEqual(["Western", "East"]);
    expect(await groups(query("search", `created lt "${middle}"`))).toEqual([
      "Everyone",
      "West Coast",
    ]);
    const sorted = `${query("search", 'type eq "OKTA_GROUP"')}&sortBy=profile.name&sortOrder=desc`;
    expect(await groups(sorted)).toEqual(["Western", "West Coast", "East"]);
  });

  it("what Okta does not know is refused", async () => {
    expect(await groups(query("filter", 'profile.name eq "West"'))).toEqual(["E0000031"]);
    expect(await groups(query("search", 'type co "OKTA"'))).toEqual(["E0000031"]);
    expect(await groups(query("search", 'profile.name ne "West"'))).toEqual(["E0000031"]);
  });
});
