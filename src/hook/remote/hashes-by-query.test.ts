import { expect, it } from "vitest";
import { type Clock, Secret } from "../../core/index.ts";
import { readStoredHash } from "../../passwords/formats/index.ts";
import type { HashLookup } from "../checking/hash-store.ts";
import type { KeptHash } from "../sealing/pack-hash.ts";
import { hashesByQuery } from "./hashes-by-query.ts";

const { signal } = new AbortController();

function hashOf(text: string): KeptHash {
  const reading = readStoredHash(text, "auto");
  if (reading.kind !== "stored") throw new Error(reading.kind);
  return reading.stored;
}

const BCRYPT = hashOf("$2b$10$yobOT8CyiI3Ls6BM/.MNWu.O6UcaOinlpRnEkPJttZn2dQZ5uZC42");
const DEARER = hashOf("$2b$12$yobOT8CyiI3Ls6BM/.MNWu.O6UcaOinlpRnEkPJttZn2dQZ5uZC42");

function aStore(ask: (login: string) => Promise<HashLookup>) {
  const asked: string[] = [];
  let nowMs = 0;
  const clock: Clock = { now: () => nowMs, wallNow: () => nowMs, sleep: async () => undefined };
  const store = hashesByQuery({
    ask: ({ login, shortName }) => {
      asked.push(`${login} ${shortName}`);
      return ask(login);
    },
    firstDecoy: BCRYPT,
    key: new Secret(new Uint8Array(32)),
    clock,
  });
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { store, asked, pass };
}

it("an unknown login takes the time of the hashes that the database was seen to have", async () => {
  const { store } = aStore(async () => ({ kind: "found", hash: DEARER }));
  expect(store.decoyFor("nobody@example.com")?.label).toBe("bcrypt 10");
  await store.find("ada@example.com", signal, "Ada@example.com");
  expect(store.decoyFor("nobody@example.com")?.label).toBe("bcrypt 12");
});

it("a database that fails five times in a row is left alone for five seconds", async () => {
  const { store, asked, pass } = aStore(() => Promise.reject(new Error("gone")));
  for (let count = 0; count < 7; count += 1) {
    const found = await store.find("ada@example.com", signal, "ada@example.com");
    expect(found).toEqual({ kind: "untold", because: "unreadable" });
  }
  expect(asked).toEqual(Array.from({ length: 5 }, () => "ada@example.com ada"));
  pass(5_000);
  await store.find("ada@example.com", signal, "ada@example.com");
  expect(asked).toHaveLength(6);
});

it("a database is not left alone because those before it took all the time", async () => {
  const { store, asked } = aStore(() => Promise.reject(new Error("aborted")));
  const over = AbortSignal.abort();
  for (let count = 0; count < 7; count += 1) await store.find("ada", over, "ada");
  expect(asked).toHaveLength(7);
});

it("a login that no database can hold is unknown, and opens no circuit", async () => {
  const { store, asked } = aStore(() => Promise.reject(new Error("invalid byte")));
  expect(await store.find("a\0b", signal, "a\0b")).toEqual({ kind: "unknown" });
  expect(asked).toEqual([]);
});
