import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Clock, Secret } from "../../core/index.ts";
import { readStoredHash } from "../../passwords/formats/index.ts";
import { beginSealing } from "./begin-sealing.ts";
import { openSealedStore } from "./open-sealed-store.ts";
import type { SealKey } from "./seal-key.ts";
import { beginWiping } from "./wipe-store.ts";

const CLOCK: Clock = {
  now: () => 0,
  wallNow: () => 1_800_000_000_000,
  sleep: async () => undefined,
};
const HASH = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
const LOGINS = ["ada@example.com", "ines@example.com", "ada@example.org"];

let folder = "";
let path = "";
let key: SealKey;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "okta-migrate-wipe-"));
  path = join(folder, "passwords.sealed");
  key = new Secret(Uint8Array.from(randomBytes(32)));
  const sealing = await beginSealing({ path, key, clock: CLOCK, randomBytes });
  const reading = readStoredHash(HASH, "auto");
  if (reading.kind !== "stored") throw new Error("the hash is known");
  await sealing.add(LOGINS.map((login) => ({ login, hash: reading.stored })));
  await sealing.commit();
});
afterEach(() => rmSync(folder, { recursive: true }));

function find(...logins: readonly string[]): readonly string[] {
  const store = openSealedStore(path, key);
  try {
    const { signal } = new AbortController();
    return logins.map((login) => {
      const found = store.find(login, signal, login);
      if (found instanceof Promise) throw new Error("it is read at once");
      return found.kind;
    });
  } finally {
    store.close();
  }
}

it("takes hashes out by login, however it is written, and leaves all others", async () => {
  expect(find("ines")).toEqual(["found"]);
  const wiping = await beginWiping(path, key);
  const said = ["INES@example.com", "nobody@example.com", "ines@example.com", "ada@example.com"];
  expect(await wiping.wipe(said)).toBe(2);
  expect(await wiping.wipe(said)).toBe(0);
  expect(find(...LOGINS)).toEqual(["found", "found", "found"]);
  expect(await wiping.commit()).toBe(1);
  expect(find(...LOGINS, "ines")).toEqual(["unknown", "unknown", "found", "unknown"]);
  expect(openSealedStore(path, key).facts).toEqual({ logins: 1, sealedAtMs: CLOCK.wallNow() });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it("leaves the store as it was when it is given up, or the key is another one", async () => {
  const before = readFileSync(path);
  const wiping = await beginWiping(path, key);
  await wiping.wipe(["ada@example.com"]);
  await wiping.discard();
  const other: SealKey = new Secret(Uint8Array.from(randomBytes(32)));
  await expect(beginWiping(path, other)).rejects.toMatchObject({ code: "SEAL_KEY_WRONG" });
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(existsSync(`${path}.part`)).toBe(false);
});
