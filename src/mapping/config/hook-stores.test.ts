import { describe, expect, it } from "vitest";
import { parseMigrationConfig } from "./parse-migration-config.ts";

const parse = (...lines: readonly string[]) =>
  parseMigrationConfig(["hook:", "  stores:", ...lines].join("\n"), { fileName: "m.yaml" });

describe("the places of a hook", () => {
  it("are read in their order, with what is left out filled in", () => {
    const { hookStores } = parse(
      "    - sealed: passwords.sealed",
      "    - directory: ldaps://ldap.example.com/dc=example,dc=com",
      "      filter: (mail={login})",
      "    - endpoint: https://old.example.com/login",
      "      wrong: [404]",
      "    - database:",
      "        url: mysql://reader@db.example.com/shop",
      "        query: SELECT pw FROM u WHERE mail = {login} AND kind = 'x'",
    );
    expect(hookStores).toEqual([
      { kind: "sealed", path: "passwords.sealed" },
      {
        kind: "directory",
        url: "ldaps://ldap.example.com/dc=example,dc=com",
        filter: "(mail={login})",
        startTls: false,
      },
      {
        kind: "endpoint",
        url: "https://old.example.com/login",
        body: "json",
        usernameField: "username",
        passwordField: "password",
        right: [200],
        wrong: [404],
      },
      {
        kind: "database",
        url: "mysql://reader@db.example.com/shop",
        query: "SELECT pw FROM u WHERE mail = {login} AND kind = 'x'",
      },
    ]);
    expect(parseMigrationConfig("", { fileName: "m.yaml" })).toMatchObject({
      hookStores: [],
      hookThrottle: undefined,
    });
  });

  it("may be left out where a throttle alone is named, and so may the throttle", () => {
    const alone = parseMigrationConfig("hook: {throttle: 'rediss://cache.example.com'}", {
      fileName: "m.yaml",
    });
    expect(alone).toMatchObject({ hookStores: [], hookThrottle: "rediss://cache.example.com" });
    const shared = parse("    - sealed: postgres://hook@db.example.com/okta");
    expect(shared.hookStores).toEqual([
      { kind: "sealed", path: "postgres://hook@db.example.com/okta" },
    ]);
  });

  it.each([
    ["    []\n  throttle: redis://a:b@x", "has a password in it"],
    ["    - sealed: a\n  throttle: http://x", "must begin with rediss://"],
    ["    - sealed: postgres://a:b@x/y", "has a password in it"],
  ])("and their throttle may not be %j", (line, told) => {
    expect(() => parse(line)).toThrow(told);
  });

  it.each([
    [
      "an endpoint without TLS",
      "    - endpoint: http://old.example.com/login",
      "must begin with https",
    ],
    [
      "an address that only begins like this machine's",
      "    - endpoint: http://localhost.example.com/",
      "must begin with https",
    ],
    [
      "a password in an address",
      "    - endpoint: https://user:pass@old.example.com/",
      "has a password in it",
    ],
    [
      "a filter that finds everyone alike",
      "    - {directory: 'ldap://x/dc=a', filter: '(uid=*)'}",
      "must hold {login}",
    ],
    [
      "a query whose login stands in quotes, which would find nobody",
      `    - database: {url: 'sqlite:a.db', query: "SELECT pw FROM u WHERE 'x' = y AND mail = '{login}'"}`,
      "inside of quotes",
    ],
    [
      "a query that finds everyone alike",
      "    - database: {url: 'sqlite:a.db', query: SELECT pw FROM u}",
      "must hold {login}",
    ],
    [
      "a password in the address of a database",
      "    - database: {url: 'postgres://a:b@x/y', query: 'SELECT {login}'}",
      "has a password in it",
    ],
    ["a directory without a filter", "    - directory: ldap://x/dc=a", "filter"],
    ["a key that is none", "    - {sealed: a, filterx: 3}", "There is no key `filterx`"],
    ["a place of no kind", "    - {nothing: 1}", "must be an object with `sealed`"],
    ["no place", "    []", "must not be empty"],
  ])("may not have %s", (_what, line, told) => {
    expect(() => parse(line)).toThrow(told);
  });
});
