import { describe, expect, it } from "vitest";
import { lineOf, read } from "../../../test/support/healthy-org.ts";

/** Addresses of sources: status, and what must not be shown. */
describe("a source's exposure", () => {
  it.each([
    ["users.csv", "pass"],
    ["-", "pass"],
    ["postgres://u:s3cret@localhost/db", "pass"],
    ["postgres://u:s3cret@10.0.0.5/db", "pass"],
    ["postgres://u:s3cret@10.0.0.5/db?sslmode=require", "warn"],
    ["postgres://u:s3cret@10.0.0.5/db?sslmode=verify-full", "pass"],
    ["postgres://u:s3cret@db.example.com/db?sslmode=disable", "warn"],
    ["postgres://u:s3cret@db.example.com/db?application_name=x&sslmode=verify-full", "pass"],
    ["postgres://u:s3cret@203.0.113.7/db", "warn"],
    ["postgres://u:s3cret@203.0.113.7/db?sslmode=disable", "fail"],
    ["sqlserver://db.example.com/db?encrypt=false", "warn"],
    ["postgres://u:s3cret@203.0.113.7/db?sslmode=verify-full", "warn"],
    ["mysql://u:s3cret@db.example.com/db?ssl-mode=VERIFY_IDENTITY", "pass"],
    ["sqlserver://db.example.com:1433;encrypt=true;password=s3cret", "pass"],
    ["sqlserver://db.example.com;encrypt=true;trustServerCertificate=true", "warn"],
    ["ldap://ldap.example.com", "warn"],
    ["ldaps://ldap.example.com", "pass"],
    ["https://u:s3cret@files.example.com/users.csv?key=s3cret", "pass"],
  ])("%s: %s", (location, status) => {
    const line = lineOf("exposure", { load: { source: { location } } });
    expect(line.status).toBe(status);
    expect(JSON.stringify(line)).not.toContain("s3cret");
  });

  it("is told of a file that others can read", () => {
    const source = { location: "users.csv", description: "CSV", isReadableByOthers: true };
    expect(lineOf("exposure", { load: { source } })).toMatchObject({
      status: "warn",
      hint: expect.stringContaining("chmod 600 users.csv") as unknown,
    });
  });
});

describe("a hook's exposure", () => {
  it.each([
    ["https://hook.example.com", "production", "pass"],
    ["https://203.0.113.7", "production", "pass"],
    ["http://hook.example.com", "production", "warn"],
    ["https://localhost:8443", "production", "warn"],
    ["https://192.168.7.7", "preview", "warn"],
    ["http://127.0.0.1:9", "loopback", "pass"],
  ] as const)("%s, seen from a %s org: %s", (address, kind, status) => {
    const hooks = read([{ name: "H", isActive: true, address }]);
    expect(lineOf("exposure", { org: { hooks }, address: { kind } }).status).toBe(status);
  });
});
