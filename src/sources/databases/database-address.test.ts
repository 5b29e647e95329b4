import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../core/index.ts";
import { isDatabaseAddress, parseDatabaseAddress } from "./database-address.ts";

function errorOf(location: string): ConfigError {
  try {
    parseDatabaseAddress(location);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

describe("the address of a database", () => {
  it.each([
    ["postgres://reader@db.example.com/shop", "postgresql", 5432],
    ["postgresql://reader@db.example.com:6543/shop", "postgresql", 6543],
    ["mysql://reader@db.example.com/shop", "mysql", 3306],
    ["mariadb://reader@db.example.com/shop", "mysql", 3306],
    ["sqlserver://reader@db.example.com/shop", "sql-server", 1433],
    ["MSSQL://reader@db.example.com/shop", "sql-server", 1433],
  ])("%s names system, host, port, user and database", (location, kind, port) => {
    expect(isDatabaseAddress(location)).toBe(true);
    const parts = { kind, port, host: "db.example.com", user: "reader", database: "shop" };
    expect(parseDatabaseAddress(location)).toMatchObject({ ...parts, shown: location });
  });

  it.each(["users.csv", "-", "C:/users.csv", "ldap://directory/", "https://x/y", "postgres:/x"])(
    "%s is none",
    (location) => expect(isDatabaseAddress(location)).toBe(false),
  );

  it("may have its names encoded, an IPv6 host, and a socket", () => {
    const encoded = parseDatabaseAddress("mysql://a%40b@[::1]:3307/my%20shop");
    expect(encoded).toMatchObject({ user: "a@b", host: "::1", port: 3307, database: "my shop" });
    const postgresql = parseDatabaseAddress("postgres://a@/shop?host=/run/postgresql");
    expect(postgresql).toMatchObject({ socketPath: "/run/postgresql", tls: { mode: "none" } });
    const mysql = parseDatabaseAddress("mysql://a@localhost/shop?socket=/run/mysqld.sock");
    expect(mysql).toMatchObject({ socketPath: "/run/mysqld.sock" });
  });

  it.each([
    ["postgres://db.example.com/", /no database/],
    ["postgres:///shop", /no host/],
    ["postgres://a@h:99999/shop", /can't be read/],
    ["postgres://a@h/shop?sslmode=prefer", /sslmode that is not known: prefer/],
    ["postgres://a@h/shop?application=x", /not known: application/],
    ["postgres://a@h/shop?connect_timeout=0", /out of range/],
    ["postgres://a@h/shop?sslmode=disable&sslrootcert=ca.pem", /asks for no TLS/],
    ["postgres://a@h/shop?sslcert=me.pem", /one of sslcert and sslkey/],
    ["postgres://a@h/shop?host=here", /socket that is no path/],
    ["postgres://a%ff@h/shop", /percent sign/],
  ])("%s is refused with what is wrong", (location, message) => {
    const error = errorOf(location);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(/\S/);
  });

  it("never gives away a password, whatever else is in it", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9._~-]{1,12}$/);
    const password = word.map((text) => `S3cret${text}`);
    const place = fc.constantFrom(
      (secret: string, host: string) => `postgres://u:${secret}@${host}/db`,
      (secret: string, host: string) => `mysql://u:${secret}@${host}:1/db?sslmode=require`,
      (secret: string, host: string) => `sqlserver://${host}/db?password=${secret}`,
      (secret: string, host: string) => `postgres://${host}/db?user=u&PassWord=${secret}`,
      (secret: string, host: string) => `postgres://u:${secret}@[${host}/db`,
      (secret: string, host: string) => `postgres://u:${secret}@${host}:x/db`,
      (secret: string, host: string) => `mysql://u:${secret}%@${host}/`,
    );
    fc.assert(
      fc.property(password, word, place, (secret, host, write) => {
        const error = errorOf(write(secret, host));
        expect(inspect(error, { depth: 9 })).not.toContain("S3cret");
      }),
    );
  });
});

describe("TLS", () => {
  const modeOf = (location: string): string => parseDatabaseAddress(location).tls.mode;

  it.each(["localhost", "127.0.0.1", "[::1]"])("is not asked for on this machine: %s", (host) => {
    expect(modeOf(`postgres://a@${host}/shop`)).toBe("none");
  });

  it.each(["db", "10.0.0.1", "db.example.com", "localhost.example.com", "127.0.0.1.example.com"])(
    "with a checked certificate is the default to everywhere else: %s",
    (host) => {
      for (const scheme of ["postgres", "mysql", "sqlserver"]) {
        expect(modeOf(`${scheme}://a@${host}/shop`)).toBe("full");
      }
    },
  );

  it.each([
    ["sslmode=disable", "none"],
    ["ssl-mode=DISABLED", "none"],
    ["encrypt=false", "none"],
    ["sslmode=require", "unchecked"],
    ["sslMode=REQUIRED", "unchecked"],
    ["encrypt=true&trustServerCertificate=true", "unchecked"],
    ["sslmode=verify-ca", "chain"],
    ["ssl-mode=VERIFY_CA", "chain"],
    ["sslmode=verify-full", "full"],
    ["ssl_mode=VERIFY_IDENTITY", "full"],
    ["encrypt=true", "full"],
    ["sslrootcert=ca.pem", "full"],
  ])("%s means what it does elsewhere", (parameters, mode) => {
    expect(modeOf(`postgres://a@db.example.com/shop?${parameters}`)).toBe(mode);
  });
});
