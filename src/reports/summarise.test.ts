import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError, type Totals } from "../core/index.ts";
import { summarise } from "./summarise.ts";

const TRAFFIC = { requests: 12, rateLimited: 0, retries: 1 };

function summariseTotals(totals: Totals) {
  const org = "https://example.okta.com";
  return summarise({ run: "r", org, scenario: "staged", totals, traffic: TRAFFIC, elapsedMs: 1.6 });
}

const endings = fc.record({
  created: fc.nat(),
  updated: fc.nat(),
  existing: fc.nat(),
  rejected: fc.nat(),
  failed: fc.nat(),
  pending: fc.nat({ max: 2 }),
});

describe("the summary of a run", () => {
  it("has the keys that are promised, in their order, and whole numbers", () => {
    const totals = {
      records: 6,
      created: 1,
      updated: 1,
      existing: 1,
      rejected: 1,
      failed: 1,
      pending: 1,
    };
    expect(JSON.stringify(summariseTotals(totals))).toBe(
      '{"event":"summary","run":"r","org":"https://example.okta.com","scenario":"staged",' +
        '"records":6,"created":1,"updated":1,"existing":1,"rejected":1,"failed":1,"pending":1,' +
        '"requests":12,"rateLimited":0,"retries":1,"elapsedMs":2,"finished":false}',
    );
  });

  it("accounts for every record, and is finished when none is pending", () => {
    fc.assert(
      fc.property(endings, (counts) => {
        const records = Object.values(counts).reduce((sum, count) => sum + count, 0);
        const summary = summariseTotals({ records, ...counts });
        const { created, updated, existing, rejected, failed, pending } = summary;
        expect(created + updated + existing + rejected + failed + pending).toBe(summary.records);
        expect(summary.finished).toBe(counts.pending === 0);
      }),
    );
  });

  it("is refused when a record would be lost or counted twice", () => {
    fc.assert(
      fc.property(endings, fc.constantFrom(-1, 1), (counts, error) => {
        const records = Object.values(counts).reduce((sum, count) => sum + count, error);
        expect(() => summariseTotals({ records, ...counts })).toThrow(InvariantError);
      }),
    );
  });
});
