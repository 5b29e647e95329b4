import { describe, expect, it } from "vitest";
import { isMailShaped, loginKey, shortName } from "./login-key.ts";

describe("how the org compares logins", () => {
  it.each([
    ["Isaac.Brock@Example.com", "isaac.brock@example.com"],
    ["isáàc.bröck@example.com", "isaac.brock@example.com"],
    ["isaa\u0301c@example.com", "isaac@example.com"],
    ["İlker@example.com", "ilker@example.com"],
  ])("%s is the login %s", (one, other) => {
    expect(loginKey(one)).toBe(loginKey(other));
  });

  it("letters without a base letter stay apart", () => {
    expect(loginKey("søren@example.com")).not.toBe(loginKey("soren@example.com"));
  });

  it("the short name is what stands before the first @", () => {
    expect(shortName("isaac@example.com")).toBe("isaac");
    expect(shortName("isaac")).toBe("isaac");
  });

  it.each([
    "a@b",
    "first.last+tag@example.com",
    "o'brien/x?y@example.com",
    "jürgen@bücher.example",
  ])("%s has the shape of an e-mail address", (text) => expect(isMailShaped(text)).toBe(true));

  it.each(["", "plain", "a@", "@b", "a@b@c", "a..b@c.d", ".a@b.c", "a b@c.d", "a@b .c", "a@b\n"])(
    "%j has not",
    (text) => expect(isMailShaped(text)).toBe(false),
  );
});
