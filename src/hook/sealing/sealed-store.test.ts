import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Clock, Secret } from "../../core/index.ts";
import { readStoredHash } from "../../passwords/formats/index.ts";
import { beginSealing, type SealedCounts, type SealingOptions } from "./begin-sealing.ts";
import { openSealedStore } from "./open-sealed-store.ts";
import type { KeptHash } from "./pack-hash.ts";
import type { SealKey } from "./seal-key.ts";

const CLOCK: Clock = {
  now: () => 0,
  wallNow: () => 1_800_000_000_000,
  sleep: async () => undefined,
};
const BCRYPT = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
const SSHA = "{SSHA}bHz/wGzsy7BgCzWNQvsQnn0FUlFzYWx0";
const signal = new AbortController().signal;

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "okta-migrate-seal-"));
  path = join(folder, "passwords.sealed");
});
afterEach(() => rmSync(folder, { recursive: true }));

const newKey = (): SealKey => new Secret(Uint8Array.from(randomBytes(32)));

function kept(text: string): KeptHash {
  const reading = readStoredHash(text, "auto");
  if (reading.kind !== "stored") throw new Error(`not stored but ${reading.kind}`);
  return reading.stored;
}

function makeDatabase(): void {
  const database = new Database(path);
  database.exec("CREATE TABLE t (x)");
  database.close();
}

async function seal(
  logins: Readonly<Record<string, string>>,
  key: SealKey,
  before: SealingOptions["before"] = "replace",
): Promise<SealedCounts> {
  const sealing = await beginSealing({ path, key, before, clock: CLOCK, randomBytes });
  const hashes = Object.entries(logins).map(([login, hash]) => ({ login, hash: kept(hash) }));
  const counts = await sealing.add(hashes);
  await sealing.commit();
  return counts;
}

function find(key: SealKey, ...logins: readonly string[]): readonly string[] {
  const store = openSealedStore(path, key);
  try {
    return logins.map((login) => {
      const found = store.find(login, signal, login);
      if (found instanceof Promise) throw new Error("it is read at once");
      if (found.kind === "found") return found.hash.label;
      return found.kind === "untold" ? found.because : found.kind;
    });
  } finally {
    store.close();
  }
}

describe("a sealed store", () => {
  it("gives back each login's own hash, whatever its format", async () => {
    const key = newKey();
    const hashes = { "ada@example.com": BCRYPT, "bo@example.com": SSHA };
    await seal(hashes, key);
    const store = openSealedStore(path, key);
    for (const [login, text] of Object.entries(hashes)) {
      const found = await store.find(login, signal, login);
      expect(found.kind === "found" && found.hash.computation.reveal()).toEqual(
        kept(text).computation.reveal(),
      );
    }
    expect(store.facts).toEqual({ logins: 2, sealedAtMs: 1_800_000_000_000 });
    store.close();
  });

  it("is readable by its owner only, and nothing is left beside it", async () => {
    await seal({ "ada@example.com": BCRYPT }, newKey());
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it("tells neither login nor hash", async () => {
    await seal({ "ada.lovelace@example.com": BCRYPT }, newKey());
    const bytes = readFileSync(path);
    for (const text of ["ada", "lovelace", "example.com", "bcrypt", "CCCCCCC", "E5YPO9kmyuRG"]) {
      expect(bytes.includes(text), text).toBe(false);
    }
  });

  it("opens by its own key only", async () => {
    await seal({ "ada@example.com": BCRYPT }, newKey());
    expect(() => openSealedStore(path, newKey())).toThrow(
      expect.objectContaining({ code: "SEAL_KEY_WRONG" }),
    );
  });

  it("is not sealed over by another key", async () => {
    const key = newKey();
    await seal({ "ada@example.com": BCRYPT }, key);
    const wrong = beginSealing({ path, key: newKey(), clock: CLOCK, randomBytes });
    await expect(wrong).rejects.toMatchObject({ code: "SEAL_KEY_WRONG" });
    expect(find(key, "ada@example.com")).toEqual(["bcrypt 5"]);
  });

  it("is never put in the place of something else", async () => {
    writeFileSync(path, "login,password\n");
    const sealing = beginSealing({ path, key: newKey(), clock: CLOCK, randomBytes });
    await expect(sealing).rejects.toMatchObject({ code: "SEALED_STORE_UNREADABLE" });
    expect(readFileSync(path, "utf8")).toBe("login,password\n");
  });

  it("is what it was until a new one is complete, and after one that was given up", async () => {
    const key = newKey();
    await seal({ "ada@example.com": BCRYPT }, key);
    const sealing = await beginSealing({ path, key, clock: CLOCK, randomBytes });
    await sealing.add([{ login: "ada@example.com", hash: kept(SSHA) }]);
    expect(find(key, "ada@example.com")).toEqual(["bcrypt 5"]);
    await sealing.discard();
    expect(find(key, "ada@example.com")).toEqual(["bcrypt 5"]);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it("is not sealed by two at once", async () => {
    const key = newKey();
    const first = await beginSealing({ path, key, clock: CLOCK, randomBytes });
    const second = beginSealing({ path, key, clock: CLOCK, randomBytes });
    await expect(second).rejects.toMatchObject({ code: "SEALED_STORE_UNWRITABLE" });
    await first.discard();
  });

  it("is sealed over what a killed process left", async () => {
    const key = newKey();
    writeFileSync(`${path}.part`, "half a database");
    await seal({ "ada@example.com": BCRYPT }, key);
    expect(find(key, "ada@example.com")).toEqual(["bcrypt 5"]);
  });

  it("takes the first record of a login, as an import does", async () => {
    const key = newKey();
    const counts = await seal({ "ada@example.com": BCRYPT, "Ada@Example.com": SSHA }, key);
    expect(counts).toEqual({ sealed: 1, duplicate: 1 });
    expect(find(key, "ada@example.com")).toEqual(["bcrypt 5"]);
  });

  it("has the new source's logins only, or the former ones as well where that is wanted", async () => {
    const key = newKey();
    await seal({ "ada@example.com": BCRYPT, "bo@example.com": BCRYPT }, key);
    await seal({ "bo@example.com": SSHA, "cy@example.com": SSHA }, key, "keep");
    const all = ["ada@example.com", "bo@example.com", "cy@example.com", "bo"];
    expect(find(key, ...all)).toEqual(["bcrypt 5", "ldap-ssha", "ldap-ssha", "ldap-ssha"]);
    await seal({ "cy@example.com": SSHA }, key);
    expect(find(key, ...all)).toEqual(["unknown", "unknown", "ldap-ssha", "unknown"]);
  });

  it("finds a short name that one login has, and can't tell of one that several have", async () => {
    const key = newKey();
    await seal(
      { "ada@example.com": BCRYPT, "bo@example.com": BCRYPT, "bo@example.org": SSHA, cy: SSHA },
      key,
    );
    expect(find(key, "ada", "bo", "cy", "dee")).toEqual([
      "bcrypt 5",
      "ambiguous",
      "ldap-ssha",
      "unknown",
    ]);
  });

  it("notices rows that were exchanged by someone without the key", async () => {
    const key = newKey();
    await seal({ "ada@example.com": BCRYPT, "bo@example.com": SSHA }, key);
    const database = new Database(path);
    database.exec(`
      CREATE TEMP TABLE logins AS SELECT * FROM login;
      CREATE TEMP TABLE names AS SELECT * FROM short_name;
      UPDATE login SET value = (SELECT value FROM logins WHERE logins.key <> login.key);
      UPDATE short_name SET login = (SELECT login FROM names WHERE names.key <> short_name.key);
    `);
    database.close();
    expect(find(key, "ada@example.com", "bo@example.com", "ada")).toEqual([
      "damaged",
      "damaged",
      "damaged",
    ]);
  });

  it("has a decoy for every unknown login: always the same, and each kind as often as it is", async () => {
    const key = newKey();
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`u${at}@example.com`, at < 30 ? BCRYPT : SSHA]),
    );
    await seal(many, key);
    const store = openSealedStore(path, key);
    const kinds = Array.from({ length: 1000 }, (_, at) => store.decoyFor(`x${at}`)?.label);
    expect(kinds).toEqual(kinds.map((_, at) => store.decoyFor(`x${at}`)?.label));
    const share = kinds.filter((kind) => kind === "bcrypt 5").length / kinds.length;
    expect(share).toBeGreaterThan(0.65);
    expect(share).toBeLessThan(0.85);
    store.close();
  });

  it.each([
    ["not there", () => undefined, "no such file"],
    ["in no folder", () => rmSync(folder, { recursive: true }), "no such file"],
    ["empty", () => writeFileSync(path, ""), "no sealed store"],
    ["something else", () => writeFileSync(path, "x".repeat(5000)), "no sealed store"],
    ["another program's database", () => makeDatabase(), "no sealed store"],
  ])("that is %s is told", (_what, make, told) => {
    make();
    expect(() => openSealedStore(path, newKey())).toThrow(
      expect.objectContaining({
        code: "SEALED_STORE_UNREADABLE",
        message: expect.stringContaining(told) as string,
      }),
    );
    if (!existsSync(folder)) folder = mkdtempSync(join(tmpdir(), "okta-migrate-seal-"));
  });
});
