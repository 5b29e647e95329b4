import { beforeAll, describe, expect, it } from "vitest";
import { foldLogin } from "../../core/index.ts";
import { inventCredentials, type InventedCredential } from "../credentials/invent-credentials.ts";
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
    // Ranges kept for fiction; elsewhere a 0 behind the country's code, where no number begins.
    const fictional =
      /^(\+1 \d{3} 555 01\d\d|\+44 7700 900\d{3}|\+33 6 39 98 \d\d \d\d|\+49 171 39200\d\d|\+46 70 174 06 [148]\d|\+\d{2,3} 0[\d ]{6,13})$/;
    for (const { mobile } of users) if (mobile !== null) expect(mobile).toMatch(fictional);
    expect(users.some(({ mobile }) => mobile === null)).toBe(true);
  });

  it("are written in several scripts", () => {
    const text = users.map((user) => user.firstName).join("");
    for (const script of [
      "Latin",
      "Armenian",
      "Bengali",
      "Devanagari",
      "Georgian",
      "Hiragana",
      "Katakana",
      "Tamil",
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

  it("have names that are a single character, and names of forty", () => {
    const lengths = users.flatMap(({ firstName, lastName }) => [firstName.length, lastName.length]);
    expect(Math.min(...lengths)).toBe(1);
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(25);
  });

  it("live where their language is spoken, in a time zone that there is", () => {
    const zones = new Set(users.flatMap(({ timezone }) => timezone ?? []));
    for (const timeZone of zones) {
      expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
    }
    for (const { locale, country } of users)
      if (locale !== null) expect(locale.slice(3)).toBe(country);
    expect(new Set(users.map(({ country }) => country)).size).toBeGreaterThan(20);
  });

  it("have gaps where real ones have them, and never where Okta wants a value", () => {
    for (const field of ["mobile", "department", "city", "locale", "timezone"] as const) {
      const gaps = users.filter((user) => user[field] === null).length;
      expect(gaps).toBeGreaterThan(0);
      expect(gaps).toBeLessThan(COUNT / 4);
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
