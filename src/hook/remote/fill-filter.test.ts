import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillFilter } from "./fill-filter.ts";

const values = (text: string) => ({ login: text, username: text, shortName: text });

describe("a filter of a directory", () => {
  it("has the login in the places that name it", () => {
    const filter = "(|(mail={login})(uid={shortName})(cn={username}))";
    const all = { login: "ada@example.com", username: "Ada@Example.com", shortName: "ada" };
    expect(fillFilter(filter, all)).toBe("(|(mail=ada@example.com)(uid=ada)(cn=Ada@Example.com))");
  });

  it("keeps whatever was typed a value", () => {
    expect(fillFilter("(mail={login})", values("*)(uid=*"))).toBe("(mail=\\2a\\29\\28uid=\\2a)");
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const filled = fillFilter("(mail={login})", values(typed)).slice("(mail=".length, -1);
        return !/[*()\0]/.test(filled);
      }),
    );
  });

  it("takes nothing that was typed for a place of its own", () => {
    expect(fillFilter("(mail={login})", values("{username}$&"))).toBe("(mail={username}$&)");
  });
});
