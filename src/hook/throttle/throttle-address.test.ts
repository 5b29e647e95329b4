import { describe, expect, it } from "vitest";
import { parseThrottleAddress } from "./throttle-address.ts";

const parse = (text: string) => parseThrottleAddress(text, "--throttle");

describe("the address of a throttle", () => {
  it("has defaults for all but its host", () => {
    expect(parse("redis://cache.example.com")).toEqual({
      host: "cache.example.com",
      port: 6379,
      isTls: false,
      isExposed: true,
      user: undefined,
      database: 0,
      prefix: "okta-migrate:hook:",
      shown: "redis://cache.example.com",
    });
  });

  it("names user, port, database, prefix and TLS", () => {
    expect(parse("rediss://h%40ok@[::1]:7000/3?prefix=shop:")).toMatchObject({
      host: "::1",
      port: 7000,
      isTls: true,
      isExposed: false,
      user: "h@ok",
      database: 3,
      prefix: "shop:",
    });
  });

  it.each([
    ["another scheme", "http://cache.example.com", "is no address of a Redis"],
    ["nothing", "", "is no address of a Redis"],
    ["a password", "redis://user:hunter2@cache", "has a password in it"],
    ["a password alone", "redis://:hunter2@cache", "has a password in it"],
    ["a password for a parameter", "redis://cache?password=hunter2", "has a password in it"],
    ["no host", "redis:///1", "names no host"],
    ["a database that is a word", "redis://cache/hook", "names a database that is no number"],
    ["an empty prefix", "redis://cache?prefix=", "has a prefix that is none"],
    ["a prefix with braces", "redis://cache?prefix={a}", "has a prefix that is none"],
    ["a percent sign alone", "redis://hunter2%zz@cache", "has a percent sign"],
    ["another parameter", "redis://cache?ttl=3", "not known: ttl"],
  ])("that has %s is refused, and is not repeated", (_what, text, told) => {
    expect(() => parse(text)).toThrow(told);
    expect(() => parse(text)).not.toThrow(/hunter2/);
  });
});
