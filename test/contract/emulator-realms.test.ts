import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { callsOf, codeOf } from "./emulator-calls.ts";
import { at, newUser } from "./emulator-caller.ts";

let emulator: Emulator;
const { get, post, put, create } = callsOf(() => emulator);

beforeEach(async () => {
  emulator = await startEmulator({ clock: new FakeClock() });
});
afterEach(() => emulator.close());

const REALMS = "/api/v1/realms";

async function createRealm(profile: object): Promise<string> {
  const got = await post(REALMS, { profile });
  expect(got.body).toMatchObject({ isDefault: false, profile });
  return String(at(got.body, "id"));
}

describe("realms", () => {
  it("there is a default one, and others are made and found", async () => {
    const id = await createRealm({ name: "Car Co", realmType: "PARTNER" });
    expect((await get(REALMS)).body).toMatchObject([{ isDefault: true }, { id }]);
    const found = await get(`${REALMS}?search=${encodeURIComponent('profile.name co "car"')}`);
    expect(found.body).toMatchObject([{ id }]);
    expect((await get(`${REALMS}/${id}`)).body).toMatchObject({ profile: { name: "Car Co" } });
    expect(codeOf(await post(REALMS, { profile: { name: "Car Co" } }))).toBe("E0000001");
    expect(codeOf(await post(REALMS, { profile: { name: "X", domains: ["a,b"] } }))).toBe(
      "E0000001",
    );
    expect(codeOf(await get(`${REALMS}?search=${encodeURIComponent('id eq "x"')}`))).toBe(
      "E0000031",
    );
  });

  it("a user is in the realm that it was created in, and stays there", async () => {
    await create("before@example.com");
    expect((await get("/api/v1/users/before")).body).not.toHaveProperty("realmId");
    const realmId = await createRealm({ name: "Car Co" });
    await create("ines@example.com", { realmId });
    const other = await createRealm({ name: "Bike Co" });
    await put("/api/v1/users/ines", { ...newUser("ines@example.com"), realmId: other });
    expect((await get("/api/v1/users/ines")).body).toMatchObject({ realmId });
    const byDefault = at((await get(REALMS)).body, 0, "id");
    expect((await get("/api/v1/users/before")).body).toMatchObject({ realmId: byDefault });
    const unknown = await post("/api/v1/users", { ...newUser("a@example.com"), realmId: "guo1" });
    expect([unknown.status, codeOf(unknown)]).toEqual([404, "E0000007"]);
  });

  it("a realm that names domains takes nobody of another one", async () => {
    const realmId = await createRealm({ name: "Car Co", domains: ["example.com"] });
    const attempt = async (login: string): Promise<number> =>
      (await post("/api/v1/users", { ...newUser(login), realmId })).status;
    expect(await attempt("ines@Example.com")).toBe(200);
    expect(await attempt("otto@example.org")).toBe(400);
    const moved = await post("/api/v1/users/ines", { profile: { email: "ines@example.org" } });
    expect([moved.status, codeOf(moved)]).toEqual([400, "E0000001"]);
  });
});
