import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UsedIds } from "./used-ids.ts";

describe("ids that may come once", () => {
  it("within the time they are kept, none is taken twice, whatever the order", () => {
    const arrivals = fc.array(
      fc.record({ id: fc.constantFrom("a", "b", "c", "d"), waitMs: fc.nat(500) }),
      { maxLength: 100 },
    );
    fc.assert(
      fc.property(arrivals, (events) => {
        const used = new UsedIds(1000);
        const takenAtMs = new Map<string, number>();
        let nowMs = 0;
        for (const { id, waitMs } of events) {
          nowMs += waitMs;
          const isTaken = used.take(id, nowMs);
          const before = takenAtMs.get(id);
          if (isTaken && before !== undefined) expect(nowMs - before).toBeGreaterThan(1000);
          if (isTaken) takenAtMs.set(id, nowMs);
          else expect(before).toBeDefined();
        }
      }),
    );
  });

  it("when there are too many the oldest are forgotten, never the newest", () => {
    const used = new UsedIds(1000, 3);
    for (const id of ["a", "b", "c", "d", "e", "f", "g"]) expect(used.take(id, 0)).toBe(true);
    expect(used.take("g", 0)).toBe(false);
    expect(used.take("d", 0)).toBe(false);
    expect(used.take("a", 0)).toBe(true);
  });
});
