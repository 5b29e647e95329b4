import { describe, expect, it } from "vitest";
import { isStoreAddress, parseStoreAddress } from "./store-address.ts";

describe("the address of a sealed store", () => {
  it.each([
    ["passwords.sealed", false],
    ["/srv/passwords.sealed", false],
    ["C:\\passwords.sealed", false],
    ["postgres://hook@db.example.com/okta", true],
    ["mysql://hook@db.example.com/okta", true],
  ])("%s: on a server %s", (text, expected) => {
    expect(isStoreAddress(text)).toBe(expected);
  });

  it.each([
    ["postgres://db/okta", "postgres://db/okta", "okta_migrate"],
    ["postgres://db/okta?schema=shop", "postgres://db/okta", "shop"],
    [
      "postgres://db/okta?sslmode=disable&schema=shop",
      "postgres://db/okta?sslmode=disable",
      "shop",
    ],
  ])("%s leads to %s and the schema %s", (text, location, schema) => {
    expect(parseStoreAddress(text, "--store")).toEqual({ location, schema });
  });

  it.each(["", 'a"b', "Shop", "1st", "a".repeat(64)])("may name no schema %j", (schema) => {
    const text = `postgres://db/okta?schema=${encodeURIComponent(schema)}`;
    expect(() => parseStoreAddress(text, "--store")).toThrow("a schema that is none");
  });
});
