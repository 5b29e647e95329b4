import { describe, expect, it } from "vitest";
import { FAULT_KINDS, FaultPlan, mixedFaults } from "./fault-plan.ts";
import { seededRandom } from "./seeded-random.ts";

describe("what goes wrong", () => {
  it("is the same for the same seed, and another for another", () => {
    const drawn = (seed: number): readonly unknown[] => {
      const plan = new FaultPlan(mixedFaults(0.5), seededRandom(seed));
      return Array.from({ length: 200 }, () => plan.draw());
    };
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
  });

  it("happens about as often as asked, every kind of the mix", () => {
    const plan = new FaultPlan(mixedFaults(0.2), seededRandom(5));
    const draws = Array.from({ length: 20_000 }, () => plan.draw());
    const hits = draws.filter((kind) => kind !== undefined).length;
    expect(hits).toBeGreaterThan(3700);
    expect(hits).toBeLessThan(4300);
    expect(Object.keys(plan.spent()).toSorted()).toEqual(
      FAULT_KINDS.filter((kind) => kind !== "hang").toSorted(),
    );
  });

  it("counted faults come first, exactly as often as asked, and tell what is left", () => {
    const plan = new FaultPlan({ "reset-after": { times: 2 } }, seededRandom(1));
    expect(plan.draw()).toBe("reset-after");
    expect(plan.unspent()).toEqual({ "reset-after": 1 });
    expect(plan.draw()).toBe("reset-after");
    expect(plan.draw()).toBeUndefined();
    expect(plan.unspent()).toEqual({});
    expect(plan.spent()).toEqual({ "reset-after": 2 });
  });
});
