import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { callsOf, causeOf, codeOf, loginsOf } from "./emulator-calls.ts";
import { at, newUser } from "./emulator-caller.ts";

let emulator: Emulator;
const { get, post, put, remove, search, create } = callsOf(() => emulator);

beforeEach(async () => {
  emulator = await startEmulator({ clock: new FakeClock() });
});
afterEach(() => emulator.close());

const TYPES = "/api/v1/meta/types/user";

interface MadeType {
  readonly id: string;
  readonly schema: string;
}

async function createType(name: string): Promise<MadeType> {
  const got = await post(TYPES, { name, displayName: name, description: "" });
  expect(got.status).toBe(200);
  const href = String(at(got.body, "_links", "schema", "href"));
  return { id: String(at(got.body, "id")), schema: href.slice(emulator.url.length) };
}

async function addAttributes(schema: string, properties: object): Promise<unknown> {
  const got = await post(schema, { definitions: { custom: { properties } } });
  expect(got.status).toBe(200);
  return at(got.body, "definitions", "custom", "properties");
}

const withProfile = (login: string, profile: object): object => ({
  profile: { ...(at(newUser(login), "profile") as object), ...profile },
});

describe("user types", () => {
  it("one is made, read, renamed by what is named or as a whole, and deleted", async () => {
    const { id } = await createType("supplier");
    expect((await get(`${TYPES}/${id}`)).body).toMatchObject({ name: "supplier", default: false });
    const patched = await post(`${TYPES}/${id}`, { description: "Those who deliver" });
    expect(patched.body).toMatchObject({
      displayName: "supplier",
      description: "Those who deliver",
    });
    expect(codeOf(await put(`${TYPES}/${id}`, { name: "supplier" }))).toBe("E0000001");
    const whole = { name: "supplier", displayName: "Suppliers", description: "" };
    expect((await put(`${TYPES}/${id}`, whole)).body).toMatchObject(whole);
    expect(codeOf(await post(`${TYPES}/${id}`, { name: "other" }))).toBe("E0000001");
    expect((await remove(`${TYPES}/${id}`)).status).toBe(204);
    expect((await get(`${TYPES}/${id}`)).status).toBe(404);
    expect((await get(TYPES)).body).toMatchObject([{ name: "user", default: true }]);
  });

  it("the default one and one with users can't be deleted", async () => {
    const { id } = await createType("supplier");
    await create("ines@example.com", { type: { id } });
    expect((await remove(`${TYPES}/${id}`)).status).toBe(403);
    expect((await remove(`${TYPES}/default`)).status).toBe(403);
  });

  it.each(["9lives", "two words", "", "USER"])("%j is no name for another type", async (name) => {
    expect(codeOf(await post(TYPES, { name, displayName: "Other" }))).toBe("E0000001");
  });

  it("an org has nine besides the default one", async () => {
    for (let index = 1; index <= 9; index += 1) await createType(`type${index}`);
    const got = await post(TYPES, { name: "type10", displayName: "One too many" });
    expect([got.status, codeOf(got)]).toEqual([400, "E0000001"]);
  });

  it("each has a schema of its own, which begins as the default one stands", async () => {
    await addAttributes("/api/v1/meta/schemas/user/default", { legacyId: { type: "string" } });
    const { id, schema } = await createType("supplier");
    await addAttributes(schema, { vat: { type: "string", required: true } });
    await addAttributes("/api/v1/meta/schemas/user/default", { later: { type: "string" } });
    const shown = await get(schema);
    const custom = at(shown.body, "definitions", "custom", "properties") as object;
    expect(Object.keys(custom)).toEqual(["legacyId", "vat"]);

    const type = { id };
    const good = { ...withProfile("a1@example.com", { vat: "DE1", legacyId: "1" }), type };
    expect((await post("/api/v1/users", good)).body).toMatchObject({ type });
    const missing = await post("/api/v1/users", { ...newUser("a2@example.com"), type });
    expect(causeOf(missing)).toBe("vat: The field cannot be left blank");
    const foreign = await post("/api/v1/users", withProfile("a3@example.com", { vat: "DE1" }));
    expect(causeOf(foreign)).toBe("Property name 'vat' is not defined in profile");
  });

  it("users are searched by their type", async () => {
    const { id } = await createType("supplier");
    await create("ines@example.com", { type: { id } });
    await create("otto@example.com");
    expect(loginsOf(await search(`type.id eq "${id}"`))).toEqual(["ines@example.com"]);
  });

  it("a user changes its type by a full replacement alone, and must fit the new one", async () => {
    const { id, schema } = await createType("supplier");
    await addAttributes(schema, { vat: { type: "string", required: true } });
    const path = `/api/v1/users/${await create("ines@example.com")}`;
    const type = { id };
    expect(codeOf(await post(path, { type }))).toBe("E0000001");
    expect(causeOf(await put(path, { ...newUser("ines@example.com"), type }))).toContain("vat");
    const whole = { ...withProfile("ines@example.com", { vat: "DE1" }), type };
    expect((await put(path, whole)).body).toMatchObject({ type, profile: { vat: "DE1" } });
    expect((await get(path)).body).toMatchObject({ type });
    const kept = await put(path, withProfile("ines@example.com", { vat: "DE2" }));
    expect(kept.body).toMatchObject({ type });
  });
});

describe("attributes whose values are unique", () => {
  const DEFAULT = "/api/v1/meta/schemas/user/default";
  const UNIQUE = { badge: { type: "string", unique: true } };
  const attempt = async (login: string, badge: string, id = "default"): Promise<number> => {
    const body = { ...withProfile(login, { badge }), type: { id } };
    return (await post("/api/v1/users", body)).status;
  };

  it("share one space of names over all types that call them unique", async () => {
    await addAttributes(DEFAULT, UNIQUE);
    const strict = await createType("strict");
    const loose = await createType("loose");
    await addAttributes(loose.schema, { badge: { type: "string", unique: false } });
    expect(await attempt("a1@example.com", "7")).toBe(200);
    expect(await attempt("a2@example.com", "7", strict.id)).toBe(400);
    expect(await attempt("a3@example.com", "7", loose.id)).toBe(200);
    expect(await attempt("a4@example.com", "8", loose.id)).toBe(200);
    expect(await attempt("a5@example.com", "8", strict.id)).toBe(200);
    expect(await attempt("a6@example.com", "8")).toBe(400);
  });

  it("a user that takes another type gives its value free where that type does not mind", async () => {
    await addAttributes(DEFAULT, UNIQUE);
    const loose = await createType("loose");
    await addAttributes(loose.schema, { badge: { type: "string", unique: false } });
    await attempt("a1@example.com", "7");
    const moved = { ...withProfile("a1@example.com", { badge: "7" }), type: { id: loose.id } };
    expect((await put("/api/v1/users/a1", moved)).status).toBe(200);
    expect(await attempt("a2@example.com", "7")).toBe(200);
    const back = { ...moved, type: { id: "default" } };
    expect((await put("/api/v1/users/a1", back)).status).toBe(400);
  });

  it("an attribute becomes unique later when its values are, and else does not", async () => {
    await addAttributes(DEFAULT, { badge: { type: "string" } });
    await attempt("a1@example.com", "7");
    await attempt("a2@example.com", "7");
    const asked = await addAttributes(DEFAULT, UNIQUE);
    expect(asked).toMatchObject({ badge: { unique: "PENDING_UNIQUENESS" } });
    const refused = at((await get(DEFAULT)).body, "definitions", "custom", "properties", "badge");
    expect(refused).not.toHaveProperty("unique");
    expect(await attempt("a3@example.com", "7")).toBe(200);

    for (const name of ["a2", "a3"])
      await post(`/api/v1/users/${name}`, { profile: { badge: name } });
    await addAttributes(DEFAULT, UNIQUE);
    const taken = at((await get(DEFAULT)).body, "definitions", "custom", "properties", "badge");
    expect(taken).toMatchObject({ unique: "UNIQUE_VALIDATED" });
    expect(await attempt("a4@example.com", "7")).toBe(400);
    await addAttributes(DEFAULT, { badge: { type: "string", unique: false } });
    expect(await attempt("a4@example.com", "7")).toBe(200);
  });

  it("a sixth one is refused, and so is a name that differs by its case only", async () => {
    const names = ["one", "two", "three", "four", "five"];
    const five = Object.fromEntries(names.map((name) => [name, { type: "string", unique: true }]));
    expect(await addAttributes(DEFAULT, five)).toMatchObject({
      one: { unique: "UNIQUE_VALIDATED" },
    });
    const change = (properties: object): unknown => ({ definitions: { custom: { properties } } });
    expect(codeOf(await post(DEFAULT, change(UNIQUE)))).toBe("E0000001");
    expect(codeOf(await post(DEFAULT, change({ ONE: { type: "string" } })))).toBe("E0000001");
    expect(codeOf(await post(DEFAULT, change({ Login: { type: "string" } })))).toBe("E0000001");
  });
});
