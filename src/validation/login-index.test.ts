import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "../core/index.ts";
import { duplicateLoginIssue } from "./duplicate-login.ts";
import { LoginIndex } from "./login-index.ts";

describe("the index of logins", () => {
  it("finds the holder of every login among a hundred thousand, growing as it goes", () => {
    const index = new LoginIndex();
    const logins = Array.from({ length: 100_000 }, (_login, seq) => `user${seq}@example.com`);
    logins.forEach((login, position) => {
      index.add(login, position + 1);
    });
    expect(index.size).toBe(100_000);
    expect(index.byteLength).toBe(8 * 262_144);
    expect(logins.every((login, at) => index.possibleHolders(login).includes(at + 1))).toBe(true);
    const falseAlarms = logins.filter((login) => index.possibleHolders(`x${login}`).length > 0);
    expect(falseAlarms.length).toBeLessThan(20);
  });

  it("makes room at once when it is told how many to expect", () => {
    const index = new LoginIndex(1_000_000);
    expect(index.byteLength).toBe(8 * 2_097_152);
  });

  it("takes no record number that it could not give back", () => {
    for (const seq of [0, -1, 1.5, 2 ** 32, Number.NaN]) {
      expect(() => {
        new LoginIndex().add("a", seq);
      }).toThrow(InvariantError);
    }
  });

  it("says the same as a map, whatever is added and removed", () => {
    const login = fc.integer({ min: 0, max: 400 }).map((number) => `user${number}@example.com`);
    const seq = fc.integer({ min: 1, max: 3 });
    const step = fc.record({ isAdd: fc.boolean(), login, seq });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3000, size: "max" }), (steps) => {
        const index = new LoginIndex();
        const model = new Map<string, Set<number>>();
        for (const { isAdd, login: folded, seq: holder } of steps) {
          const holders = model.get(folded) ?? new Set();
          model.set(folded, holders);
          if (isAdd) {
            index.add(folded, holder);
            holders.add(holder);
          } else {
            index.remove(folded, holder);
            holders.delete(holder);
          }
        }
        const size = [...model.values()].reduce((sum, holders) => sum + holders.size, 0);
        expect(index.size).toBe(size);
        for (const [folded, holders] of model) {
          expect(new Set(index.possibleHolders(folded))).toEqual(holders);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("the issue of a login that appears twice", () => {
  it("names the line of the record that keeps it", () => {
    expect(duplicateLoginIssue(12).reason).toContain("line 12");
    expect(duplicateLoginIssue().reason).toContain("another record");
  });
});
