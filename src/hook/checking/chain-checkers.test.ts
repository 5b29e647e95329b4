import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chainCheckers } from "./chain-checkers.ts";
import type { CheckAnswer, PasswordChecker, TypedPassword } from "./password-checker.ts";

type Kind = CheckAnswer["kind"];
const KINDS: readonly Kind[] = ["verified", "wrong", "unknown", "untold"];
const TYPED: TypedPassword = {
  login: "ada@example.com",
  username: "Ada@example.com",
  password: Buffer.from("x"),
  digest: "d",
  address: "192.0.2.1",
  deadlineMs: 2500,
  signal: new AbortController().signal,
};

function saying(kind: Kind, asked: string[], name: string): PasswordChecker {
  return {
    name,
    check: async () => {
      asked.push(name);
      const by = { store: name };
      return kind === "untold" ? { kind, because: "unreadable", by } : { kind, by };
    },
  };
}

describe("several places in order", () => {
  it("say verified where one does, wrong only where all could tell, untold otherwise", async () => {
    const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(kinds, async (said) => {
        const places = said.map((kind, at) => saying(kind, [], String(at)));
        const { kind } = await chainCheckers(places).check(TYPED);
        if (said.includes("verified")) return kind === "verified";
        if (said.includes("untold")) return kind === "untold";
        return kind === (said.includes("wrong") ? "wrong" : "unknown");
      }),
    );
  });

  it("are asked no further once nobody waits, since the password is gone by then", async () => {
    const asked: string[] = [];
    const over = new AbortController();
    const slow: PasswordChecker = {
      name: "slow",
      check: async () => {
        over.abort();
        return { kind: "wrong" };
      },
    };
    const chain = chainCheckers([slow, saying("wrong", asked, "directory")]);
    const answer = await chain.check({ ...TYPED, signal: over.signal });
    expect(asked).toEqual([]);
    expect(answer).toMatchObject({ kind: "untold", because: "late" });
  });

  it("are asked no further once one says verified", async () => {
    const asked: string[] = [];
    const places = (["unknown", "verified", "wrong"] as const).map((kind, at) =>
      saying(kind, asked, String(at)),
    );
    const answer = await chainCheckers(places).check(TYPED);
    expect(asked).toEqual(["0", "1"]);
    expect(answer).toEqual({ kind: "verified", by: { store: "1" } });
  });
});
