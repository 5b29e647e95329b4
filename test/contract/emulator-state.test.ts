import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
  StateFileError,
  StateFileHeldError,
} from "../../src/emulator/index.ts";
import { hashBcrypt } from "../../src/passwords/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { callsOf, codeOf, loginsOf } from "./emulator-calls.ts";
import { at, newUser } from "./emulator-caller.ts";

let clock: FakeClock;
let folder: string;
let file: string;
let emulator: Emulator | undefined;
const running = (): Emulator => {
  if (emulator === undefined) throw new Error("no emulator runs");
  return emulator;
};
const { get, post, put, remove, search, create, createGroup } = callsOf(running);

async function start(options: Partial<EmulatorOptions> = {}): Promise<void> {
  emulator = await startEmulator({ clock, stateFile: file, ...options });
}

async function stop(): Promise<void> {
  const ending = emulator;
  emulator = undefined;
  await ending?.close();
}

/** Ends it and starts it again, an hour later. */
async function again(): Promise<void> {
  await stop();
  await clock.run({ untilMs: clock.now() + 3_600_000 });
  await start();
}

/** Another org, whose port is taken until the end of the test. */
async function occupied(): Promise<Emulator> {
  const other = await startEmulator({ clock });
  onTestFinished(() => other.close());
  return other;
}

const linesOf = (): string[] => readFileSync(file, "utf8").split("\n").slice(0, -1);

beforeEach(() => {
  clock = new FakeClock();
  folder = makeTempFolder();
  file = join(folder, "org.state");
});
afterEach(stop);

describe("the state of the emulated org", () => {
  it("is there again: users as they were, with their passwords, ids and instants", async () => {
    await start();
    const stored = await hashBcrypt("Old password 1", 4);
    const [salt, value] = [stored.slice(7, 29), stored.slice(29)];
    const hash = { algorithm: "BCRYPT", workFactor: 4, salt, value };
    const ines = await create("ines@example.com", { credentials: { password: { hash } } });
    const gone = await create("gone@example.com");
    const hook = { type: "default" };
    const hooked = await create("hook@example.com", { credentials: { password: { hook } } });
    const zoe = await create("Zoë@example.com", {}, "activate=false");
    await clock.run({ untilMs: 5000 });
    await post("/api/v1/users/ines", { profile: { title: 'Dr\u2028"Ines"' } });
    await remove("/api/v1/users/gone");
    await remove("/api/v1/users/gone");
    const before = [await get(`/api/v1/users/${ines}`), await get(`/api/v1/users/${hooked}`)];
    const users = [...running().users()];
    const lists = [await get("/api/v1/groups"), await get("/api/v1/meta/types/user")];

    await again();
    expect([...running().users()]).toEqual(users);
    const after = [await get(`/api/v1/users/${ines}`), await get(`/api/v1/users/${hooked}`)];
    const without = (got: { readonly body: unknown }): string =>
      JSON.stringify(got.body).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "");
    expect(after.map(without)).toEqual(before.map(without));
    const listed = [await get("/api/v1/groups"), await get("/api/v1/meta/types/user")];
    expect(listed.map(without)).toEqual(lists.map(without));
    const signedIn = await post("/api/v1/authn", { username: "ines", password: "Old password 1" });
    expect(signedIn.status).toBe(200);
    expect((await get(`/api/v1/users/${gone}`)).status).toBe(404);
    expect(codeOf(await post("/api/v1/users", newUser("INES@example.com")))).toBe("E0000001");
    expect([ines, gone, hooked, zoe]).not.toContain(await create("new@example.com"));
    const byTime = `created lt "${new Date(clock.wallNow() - 1_800_000).toISOString()}"`;
    expect(loginsOf(await search(byTime))).toHaveLength(3);
  });

  it("holds groups, rules, types, schemas, realms and hooks, too", async () => {
    await start();
    await createGroup("Short-lived");
    await remove(
      `/api/v1/groups/${String(at((await get("/api/v1/groups?q=Short")).body, 0, "id"))}`,
    );
    const group = await createGroup("Engineers");
    const type = await post("/api/v1/meta/types/user", { name: "staff", displayName: "Staff" });
    const typeId = String(at(type.body, "id"));
    const schema = String(at(type.body, "_links", "schema", "href")).slice(running().url.length);
    const properties = { badge: { type: "string", unique: true } };
    await post(schema, { definitions: { custom: { properties } } });
    const realm = await post("/api/v1/realms", { profile: { name: "Lyon" } });
    const realmId = String(at(realm.body, "id"));
    const rule = await post("/api/v1/groups/rules", {
      type: "group_rule",
      name: "Engineers",
      conditions: {
        expression: { value: 'user.title == "Engineer"', type: "urn:okta:expression:1.0" },
      },
      actions: { assignUserToGroups: { groupIds: [group] } },
    });
    const ruleId = String(at(rule.body, "id"));
    await post(`/api/v1/groups/rules/${ruleId}/lifecycle/activate`);
    const profile = at(newUser("ann@example.com"), "profile") as object;
    const ann = { ...profile, title: "Engineer", badge: "7" };
    const password = { credentials: { password: { value: "Invented 1" } } };
    await create("ann@example.com", { ...password, profile: ann, type: { id: typeId }, realmId });
    const config = {
      uri: "https://hook.example.com/",
      method: "POST",
      authScheme: { type: "HEADER", key: "Authorization", value: "very secret" },
    };
    const hookType = "com.okta.user.credential.password.import";
    const channel = { type: "HTTP", version: "1.0.0", config };
    await post("/api/v1/inlineHooks", { name: "Old", type: hookType, version: "1.0.0", channel });
    await put("/api/v1/users/ann", { profile: { ...ann, city: "Lyon" } });

    await again();
    expect(await running().save()).toBe(true);
    // What the hook is called with has outlived two files.
    expect(linesOf().find((line) => line.startsWith('{"hook"'))).toContain(
      '"authorization":{"key":"Authorization","value":{"secret":"very secret"}}',
    );
    expect((await get(`/api/v1/groups/${group}`)).body).toMatchObject({
      profile: { name: "Engineers" },
    });
    expect(loginsOf(await get(`/api/v1/groups/${group}/users`))).toEqual(["ann@example.com"]);
    expect((await get("/api/v1/users/ann")).body).toMatchObject({ type: { id: typeId }, realmId });
    expect((await get("/api/v1/inlineHooks")).body).toMatchObject([
      { name: "Old", status: "ACTIVE", channel: { config: { uri: "https://hook.example.com/" } } },
    ]);
    const taken = await post("/api/v1/users", {
      profile: { ...profile, login: "bob@example.com", badge: "7" },
      type: { id: typeId },
    });
    expect(codeOf(taken)).toBe("E0000001");
    await post("/api/v1/users/ann", { profile: { title: "Doctor" } });
    expect((await get(`/api/v1/groups/${group}/users`)).body).toEqual([]);
    expect(await createGroup("Others")).not.toBe(group);
    const second = await post("/api/v1/inlineHooks", {
      name: "Mapping",
      type: "com.okta.import.transform",
      version: "1.0.0",
      channel,
    });
    expect(second.status).toBe(200);
    expect((await get("/api/v1/inlineHooks")).body).toHaveLength(2);
  });

  it("is written on command, whole and for its owner only", async () => {
    await start();
    await create("ines@example.com");
    const saved = await post("/__emulator/save");
    expect(saved.body).toEqual({ saved: true });
    const lines = linesOf().map((line) => JSON.parse(line) as object);
    expect(lines[0]).toMatchObject({ oktaMigrateEmulatorState: 1 });
    expect(lines.at(-1)).toEqual({ end: { users: 1 } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["org.state", "org.state.lock"]);
    await create("otto@example.com");
    expect(await running().save()).toBe(true);
    expect(linesOf().filter((line) => line.startsWith('{"user":'))).toHaveLength(2);
    await stop();
    expect(readdirSync(folder)).toEqual(["org.state"]);
  });

  it("belongs to one emulator at a time, which gives it back at its end, whatever that is", async () => {
    await start();
    await create("ines@example.com");
    const second: unknown = await startEmulator({ clock, stateFile: file }).catch(
      (caught: unknown) => caught,
    );
    expect(second).toBeInstanceOf(StateFileHeldError);
    expect(second).toMatchObject({ pid: process.pid, lockPath: `${file}.lock` });
    await stop();
    const taken = { clock, stateFile: file, port: Number(new URL((await occupied()).url).port) };
    await expect(startEmulator(taken)).rejects.toThrow("EADDRINUSE");
    expect(readdirSync(folder)).toEqual(["org.state"]);
    await start();
    expect(running().ledger().users).toBe(1);
  });

  it("without a file there is nothing to be written", async () => {
    emulator = await startEmulator({ clock });
    expect((await post("/__emulator/save")).status).toBe(400);
    expect(await running().save()).toBe(false);
  });

  it("users whose activation ends while no emulator runs come into their groups all the same", async () => {
    await start({ activationMs: 60_000 });
    const group = await createGroup("Everybody new");
    const rule = await post("/api/v1/groups/rules", {
      type: "group_rule",
      name: "Everybody new",
      conditions: {
        expression: { value: 'user.lastName=="Moreau"', type: "urn:okta:expression:1.0" },
      },
      actions: { assignUserToGroups: { groupIds: [group] } },
    });
    await post(`/api/v1/groups/rules/${String(at(rule.body, "id"))}/lifecycle/activate`);
    await create("ines@example.com", { credentials: { password: { hook: { type: "default" } } } });
    const members = async (): Promise<unknown> =>
      loginsOf(await get(`/api/v1/groups/${group}/users`));
    expect(await members()).toEqual([]);
    await again();
    expect(await members()).toEqual(["ines@example.com"]);
  });

  it("what was forgotten by a reset is not in it either", async () => {
    await start();
    await create("ines@example.com");
    await post("/__emulator/reset");
    await again();
    expect(running().ledger().users).toBe(0);
  });

  it("calls wait while it is written, so that it is of one moment", async () => {
    await start();
    const group = await createGroup("Migrated");
    for (let index = 0; index < 30; index += 1) {
      await create(`user${index}@example.com`, { groupIds: [group] });
    }
    const saving = running().save();
    const late = post("/api/v1/users", newUser("late@example.com"));
    await saving;
    expect((await late).status).toBe(200);
    expect(linesOf().at(-1)).toBe('{"end":{"users":30}}');
  });
});

describe("a state file that can't be trusted", () => {
  beforeEach(async () => {
    await start();
    const group = await createGroup("Migrated");
    for (const name of ["ann", "bob"]) {
      await create(`${name}@example.com`, {
        groupIds: [group],
        credentials: { password: { hook: { type: "default" } } },
      });
    }
    await stop();
  });

  /** Spoils the file, and gives what starting on it says; the file must stay as it is. */
  async function fault(spoil: (text: string) => string): Promise<string> {
    writeFileSync(file, spoil(readFileSync(file, "utf8")));
    const spoilt = readFileSync(file, "utf8");
    const error: unknown = await start().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StateFileError);
    expect(readFileSync(file, "utf8")).toBe(spoilt);
    expect(readdirSync(folder)).toEqual(["org.state"]);
    return (error as StateFileError).message;
  }
  it("of something else", async () => {
    expect(await fault(() => "login,email\na,b\n")).toBe(
      "line 1 is not that of an emulator's state file",
    );
    expect(await fault(() => '{"version":1}\n')).toContain("line 1 ");
  });

  it("of another version", async () => {
    const other = await fault((text) => text.replace(/State":1/, 'State":2'));
    expect(other).toBe("line 1 names a version that is not known here; 1 is");
  });

  it("cut off at a line, or amid one", async () => {
    expect(await fault((text) => text.slice(0, text.lastIndexOf('{"end"')))).toContain(
      "the end is missing",
    );
    expect(await fault((text) => text.slice(0, -5))).toContain("is no JSON object");
  });

  it("gone on after its end", async () => {
    const doubled = await fault((text) => text + text);
    expect(doubled).toContain("comes after the end");
  });

  it.each([
    ["a user without its line", /\{"user".*"bob@.*\n/, "", "counts other users than there are"],
    ["a user twice", /(\{"user".*"bob@.*\n)/, "$1$1", "is out of order, or there twice"],
    ["a login twice", /"login":"bob@/, '"login":"ANN@', "has the login of an earlier user"],
    ["a status that is none", /ACTIVE(?=.*bob@)/, "BUSY", "has as status none of"],
    ["a group that is not there", /\{"group".*Migrated.*\n/, "", "names a group that no earlier"],
    ["an id of another org", /"id":"00u/, '"id":"00x', "has no id of this org"],
    ["an instant that is none", /"created":"2[^"]*"(?=.*bob@)/, '"created":"soon"', "no instant"],
    ["a password of no kind", /"password":"hook"(?=.*bob@)/, '"password":"plain"', "no password"],
    ["a line of no kind", /\{"user"/, '{"person"', "holds nothing that is known here"],
  ])("%s", async (_what, part, instead, reason) => {
    const said = await fault((text) => text.replace(part, instead));
    expect(said).toMatch(new RegExp(reason));
    expect(said).toMatch(/^line [1-9]\d* /);
    expect(said).not.toContain("plain");
  });

  it("one that somebody else began meanwhile is not overwritten", async () => {
    file = join(folder, "other.state");
    await start();
    writeFileSync(file, "precious\n");
    await expect(running().save()).rejects.toThrow("written by somebody else");
    expect((await post("/__emulator/save")).status).toBe(500);
    await expect(stop()).rejects.toThrow(StateFileError);
    expect(readFileSync(file, "utf8")).toBe("precious\n");
  });

  it("one in a folder that is not there is told at once", async () => {
    file = join(folder, "missing", "org.state");
    await expect(start()).rejects.toThrow("ENOENT");
  });
});
