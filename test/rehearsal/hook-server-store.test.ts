import { describe, expect, it } from "vitest";
import { beginWipingOnServer } from "../../src/hook/index.ts";
import { findPostgresql } from "../support/database-servers.ts";
import { find, hashesOf, newKey, StoreCorner } from "../support/server-store.ts";

const found = await findPostgresql();
const because = "missing" in found ? ` (skipped: ${found.missing})` : "";
const corner = new StoreCorner(found);

const BCRYPT = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
const SSHA = "{SSHA}bHz/wGzsy7BgCzWNQvsQnn0FUlFzYWx0";
const { signal } = new AbortController();

describe.skipIf("missing" in found)(`a sealed store on a server${because}`, () => {
  it("gives back each login's own hash, by its short name too, and tells neither login nor hash", async () => {
    const logins = {
      "ada@example.com": BCRYPT,
      "Ada@Example.com ": SSHA,
      "bo@example.com": BCRYPT,
      "bo@example.org": SSHA,
      cy: SSHA,
    };
    expect(await corner.seal(logins)).toEqual({ sealed: 4, duplicate: 1, before: 0, logins: 4 });
    const store = await corner.serve();
    expect(store.facts.logins).toBe(4);
    const decoys = store.decoys.map(({ hash, weight }) => [hash.label, weight] as const);
    expect(new Map(decoys)).toEqual(
      new Map([
        ["bcrypt 5", 2],
        ["ldap-ssha", 2],
      ]),
    );
    expect(
      await find(store, "ada@example.com", "ada", "bo@example.org", "bo", "cy", "dee"),
    ).toEqual(["bcrypt 5", "bcrypt 5", "ldap-ssha", "ambiguous", "ldap-ssha", "unknown"]);
    const answer = await store.find("ada@example.com", signal, "");
    expect(answer.kind === "found" && answer.hash.computation.reveal()).toEqual(
      hashesOf(logins)[0]?.hash.computation.reveal(),
    );
    const [dump] = await corner.run(`
      SELECT concat((SELECT string_agg(t::text, '') FROM ${corner.schema}.sealed_login t),
        (SELECT string_agg(t::text, '') FROM ${corner.schema}.sealed_short_name t),
        (SELECT string_agg(t::text, '') FROM ${corner.schema}.sealed_decoy t)) AS text`);
    for (const text of ["ada@", "bcrypt", "CCCCCCC"]) {
      expect(String(dump?.["text"])).not.toContain(Buffer.from(text).toString("hex"));
    }
  });

  it("has the new source's logins only, or the former ones as well where that is wanted", async () => {
    await corner.seal({ "ada@example.com": BCRYPT, "bo@example.com": BCRYPT });
    const store = await corner.serve();
    const all = ["ada@example.com", "bo@example.com", "cy@example.com", "bo"];
    expect(await find(store, ...all)).toEqual(["bcrypt 5", "bcrypt 5", "unknown", "bcrypt 5"]);
    const kept = await corner.seal({ "bo@example.com": SSHA, "cy@example.com": SSHA }, "keep");
    expect(kept).toEqual({ sealed: 2, duplicate: 0, before: 2, logins: 3 });
    expect(await find(store, ...all)).toEqual(["bcrypt 5", "ldap-ssha", "ldap-ssha", "ldap-ssha"]);
    expect(await corner.seal({ "cy@example.com": SSHA })).toMatchObject({ before: 3, logins: 1 });
    expect(await find(store, ...all)).toEqual(["unknown", "unknown", "ldap-ssha", "unknown"]);
  });

  it("is served as it was until a new one is complete, and by the new one's hashes at once then", async () => {
    await corner.seal({ "ada@example.com": BCRYPT });
    const told: string[] = [];
    const store = await corner.serve(told);
    const sealing = await corner.begin();
    await sealing.add(hashesOf({ "ada@example.com": SSHA }));
    expect(await find(store, "ada@example.com")).toEqual(["bcrypt 5"]);
    await sealing.commit();
    expect(await find(store, "ada@example.com", "ada")).toEqual(["ldap-ssha", "ldap-ssha"]);
    expect(told).toEqual(["reloaded"]);
    const givenUp = await corner.begin();
    await givenUp.add(hashesOf({ "bo@example.com": BCRYPT }));
    await givenUp.discard();
    expect(await find(store, "ada@example.com", "bo@example.com")).toEqual([
      "ldap-ssha",
      "unknown",
    ]);
  });

  it("never loses a login from a reader's sight while it is sealed again and again", async () => {
    const logins = Object.fromEntries(
      Array.from({ length: 50 }, (_, at) => [`u${at}@example.com`, BCRYPT]),
    );
    await corner.seal(logins);
    const store = await corner.serve();
    let isOver = false;
    const seen = new Set<string>();
    const reading = (async () => {
      while (!isOver) {
        for (const one of await find(store, "u1@example.com", "u49", "u7")) seen.add(one);
      }
    })();
    for (let times = 0; times < 8; times += 1) await corner.seal(logins);
    isOver = true;
    await reading;
    expect([...seen]).toEqual(["bcrypt 5"]);
  });

  it("opens by its own key only, and is sealed over by no other one", async () => {
    await corner.seal({ "ada@example.com": BCRYPT });
    const store = await corner.serve();
    corner.key = newKey();
    await expect(corner.begin()).rejects.toMatchObject({ code: "SEAL_KEY_WRONG" });
    await expect(corner.serve()).rejects.toMatchObject({ code: "SEAL_KEY_WRONG" });
    expect(await find(store, "ada@example.com")).toEqual(["bcrypt 5"]);
  });

  it("is never put in the place of something else, and not served where there is none", async () => {
    await expect(corner.serve()).rejects.toMatchObject({ code: "SEALED_STORE_UNREADABLE" });
    await corner.run(`CREATE SCHEMA ${corner.schema}`);
    await expect(corner.serve()).rejects.toMatchObject({ code: "SEALED_STORE_UNREADABLE" });
    await corner.run(`CREATE TABLE ${corner.schema}.sealed_login (key text)`);
    await expect(corner.begin()).rejects.toMatchObject({ code: "SEALED_STORE_UNREADABLE" });
    await corner.run(`DROP TABLE ${corner.schema}.sealed_login`);
    expect(await corner.seal({ "ada@example.com": BCRYPT })).toMatchObject({ sealed: 1 });
  });

  it("is not sealed by two at once", async () => {
    const first = await corner.begin();
    await expect(corner.begin()).rejects.toMatchObject({
      code: "SEALED_STORE_UNWRITABLE",
      message: expect.stringContaining("another process is sealing it") as string,
    });
    await first.add(hashesOf({ "ada@example.com": BCRYPT }));
    await first.commit();
    expect(await corner.seal({ "ada@example.com": BCRYPT })).toMatchObject({ before: 1 });
  });

  it("notices rows that were exchanged by someone without the key", async () => {
    await corner.seal({ "ada@example.com": BCRYPT, "bo@example.com": SSHA });
    await corner.run(`
      UPDATE ${corner.schema}.sealed_login t SET value = o.value
        FROM ${corner.schema}.sealed_login o WHERE o.key <> t.key;
      UPDATE ${corner.schema}.sealed_short_name t SET login = o.login
        FROM ${corner.schema}.sealed_short_name o WHERE o.key <> t.key`);
    const store = await corner.serve();
    expect(await find(store, "ada@example.com", "bo@example.com", "ada")).toEqual([
      "damaged",
      "damaged",
      "damaged",
    ]);
  });

  it("is wiped by login, by two at once, also where it was sealed in between", async () => {
    const logins = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`u${at}@example.com`, BCRYPT]),
    );
    await corner.seal(logins);
    const store = await corner.serve();
    const [one, other] = [
      await beginWipingOnServer(await corner.place(), corner.key),
      await beginWipingOnServer(await corner.place(), corner.key),
    ];
    const gone = ["U0@example.com", "u1@example.com", "nobody@example.com"];
    const counts = await Promise.all([
      one.wipe(gone),
      other.wipe(gone),
      one.wipe(["u2@example.com"]),
      other.wipe(["u3@example.com"]),
    ]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(await find(store, "u0", "u1@example.com", "u2", "u3", "u4")).toEqual([
      "unknown",
      "unknown",
      "unknown",
      "unknown",
      "bcrypt 5",
    ]);
    expect(await one.commit()).toBe(16);
    await corner.seal(logins);
    expect(await one.wipe(["u5@example.com"])).toBe(1);
    expect(await one.commit()).toBe(19);
    await expect(beginWipingOnServer(await corner.place(), newKey())).rejects.toMatchObject({
      code: "SEAL_KEY_WRONG",
    });
  });
});
