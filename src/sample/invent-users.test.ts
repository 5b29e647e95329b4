import { beforeAll, describe, expect, it } from "vitest";
import { foldLogin } from "../core/index.ts";
import { verifyPassword } from "../passwords/index.ts";
import { inventCredentials, type InventedCredential } from "./invent-credentials.ts";
import { inventUsers, type InventedUser } from "./invent-users.ts";

const COUNT = 3_000;

describe("invented users", () => {
  let credentials: readonly [InventedCredential, ...InventedCredential[]];
  let users: readonly InventedUser[];

  beforeAll(async () => {
    const [first, ...rest] = await inventCredentials({ count: 5, seed: 7 });
    if (first === undefined) throw new Error("no credential was invented");
    credentials = [first, ...rest];
    users = [...inventUsers({ count: COUNT, seed: 7, credentials })];
  });

  it("have logins that stay apart when case and diacritics are ignored", () => {
    expect(new Set(users.map((user) => foldLogin(user.email))).size).toBe(COUNT);
  });

  it("have addresses in domains that reach no one", () => {
    for (const user of users) {
      expect(user.email).toMatch(/^[a-z]+\.[a-z]+\d+@(staff\.)?example\.(com|net|org)$/);
    }
  });

  it("fit into the limits of an Okta profile", () => {
    for (const user of users) {
      for (const name of [user.firstName, user.lastName]) {
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(50);
        expect(name).not.toMatch(/[\u{10000}-\u{10ffff}]/u);
      }
      expect(user.email.length).toBeLessThanOrEqual(100);
      expect(user.country).toMatch(/^[A-Z]{2}$/);
      expect(user.createdAt).toMatch(/^20\d\d-[01]\d-[0-3]\dT\d\d:\d\d:\d\dZ$/);
    }
  });

  it("have telephone numbers that no network gives out", () => {
    const fictional = /^(\+1 \d{3} 555 01\d\d|\+44 7700 900\d{3}|\+33 6 39 98 \d\d \d\d)$/;
    for (const { mobile } of users) if (mobile !== null) expect(mobile).toMatch(fictional);
    expect(users.some(({ mobile }) => mobile === null)).toBe(true);
  });

  it("are written in several scripts", () => {
    const text = users.map((user) => user.firstName).join("");
    for (const script of [
      "Latin",
      "Cyrillic",
      "Greek",
      "Arabic",
      "Hebrew",
      "Han",
      "Hangul",
      "Thai",
    ]) {
      expect(text).toMatch(new RegExp(`\\p{Script=${script}}`, "u"));
    }
  });

  it("are the same for the same seed, others for another, and fewer are the first ones", () => {
    const again = [...inventUsers({ count: 50, seed: 7, credentials })];
    expect(again).toEqual(users.slice(0, 50));
    const others = [...inventUsers({ count: 50, seed: 8, credentials })];
    expect(others.map((user) => user.email)).not.toEqual(again.map((user) => user.email));
  });

  it("share passwords in turn when there are fewer of them", () => {
    expect(users[5]?.password).toBe(users[0]?.password);
    expect(users[6]?.passwordHash).toBe(users[1]?.passwordHash);
  });
});

describe("invented credentials", () => {
  it("have a hash that their password opens", async () => {
    for (const { password, hash } of await inventCredentials({ count: 30, seed: 3 })) {
      const [, salt = "", value = ""] = /^\$2b\$04\$(.{22})(.{31})$/.exec(hash.reveal()) ?? [];
      const stored = { algorithm: "BCRYPT", workFactor: 4, salt, value } as const;
      expect(await verifyPassword(stored, password.reveal())).toBe(true);
      expect(await verifyPassword(stored, `${password.reveal()}x`)).toBe(false);
    }
  });

  it("are the same for the same seed, hashes included, and print as secrets", async () => {
    const first = await inventCredentials({ count: 3, seed: 3 });
    const again = await inventCredentials({ count: 3, seed: 3 });
    expect(again.map(({ hash }) => hash.reveal())).toEqual(first.map(({ hash }) => hash.reveal()));
    expect(JSON.stringify(first)).not.toContain("$2b$");
  });
});
