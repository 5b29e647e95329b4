import { describe, expect, it } from "vitest";
import { parseDatabaseAddress } from "./database-address.ts";
import { queryError, refusedError } from "./refusals.ts";

const access = {
  address: parseDatabaseAddress("postgres://reader@db.example.com/shop"),
  password: undefined,
};

const errorOf = (code: string, message = ""): Error => Object.assign(new Error(message), { code });

describe("a server that can't be asked", () => {
  it.each([
    ["ECONNREFUSED", ""],
    ["ETIMEDOUT", ""],
    ["EAI_AGAIN", ""],
    ["ECONNRESET", ""],
    ["57P03", "the database system is starting up"],
    ["53300", "too many connections"],
    ["ER_CON_COUNT_ERROR", "Too many connections"],
    ["ESOCKET", "Could not connect (sequence)"],
    ["", "Connection terminated unexpectedly"],
  ])("is away where it may be there in a while: %s %s", (code, message) => {
    expect(refusedError(access, errorOf(code, message)).isAway).toBe(true);
  });

  it.each([
    ["ENOTFOUND", ""],
    ["28P01", "password authentication failed"],
    ["3D000", "there is no such database"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", ""],
    ["ELOGIN", "Login failed for user 'reader'."],
    ["ER_ACCESS_DENIED_ERROR", ""],
    ["WHATEVER", "nobody knows"],
  ])("is wrongly set where waiting does not help: %s %s", (code, message) => {
    expect(refusedError(access, errorOf(code, message)).isAway).toBe(false);
  });

  it("is away where the connection is lost over a query, and not where the query is wrong", () => {
    expect(queryError("db", errorOf("57P01")).isAway).toBe(true);
    expect(queryError("db", errorOf("42P01", "no such table")).isAway).toBe(false);
  });
});
