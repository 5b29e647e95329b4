import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LaneEntry, WaitingLanes } from "./waiting-lanes.ts";

const entries = fc.array(
  fc.record({
    login: fc.constantFrom("a", "b", "c", "d"),
    address: fc.constantFrom("one", "two"),
    label: fc.constantFrom("slow", "quick"),
  }),
  { maxLength: 20 },
);
const costOf = (label: string): number => (label === "slow" ? 100 : 1);
const sumOf = (some: readonly LaneEntry[]): number =>
  some.reduce((sum, { label }) => sum + costOf(label), 0);

/** Takes all out, in the order of their turns. */
function drain<Entry extends LaneEntry>(lanes: WaitingLanes<Entry>): readonly Entry[] {
  const order: Entry[] = [];
  for (let next = lanes.next(); next !== undefined; next = lanes.next()) order.push(next);
  return order;
}

function filled(some: readonly LaneEntry[]): WaitingLanes<LaneEntry> {
  const lanes = new WaitingLanes<LaneEntry>();
  for (const entry of some) lanes.add(entry);
  return lanes;
}

describe("those who wait", () => {
  it("take turns by login, each once", () => {
    const of = (login: string, label: string): LaneEntry => ({ login, label, address: "x" });
    const lanes = filled([of("a", "1"), of("a", "2"), of("b", "3"), of("a", "4"), of("c", "5")]);
    expect(drain(lanes).map(({ label }) => label)).toEqual(["1", "3", "5", "2", "4"]);
    expect(lanes.size).toBe(0);
  });

  it("are counted as they come and go: what is ahead of a newcomer is what is taken before it", () => {
    fc.assert(
      fc.property(entries, fc.nat(10), fc.constantFrom("a", "new"), (some, taken, login) => {
        const newcomer = { login, address: "three", label: "quick" };
        const [counted, real] = [filled(some), filled(some)];
        for (let at = 0; at < taken; at += 1) {
          counted.next();
          real.next();
        }
        real.add(newcomer);
        const order = drain(real);
        const ahead = order.slice(0, order.indexOf(newcomer));
        const position = counted.lengthOf(login);
        const most = counted.costAhead(position, costOf);
        expect(most).toBeGreaterThanOrEqual(sumOf(ahead));
        if (position === 0) expect(most).toBe(sumOf(ahead));
      }),
    );
  });

  it("are counted by where they come from", () => {
    fc.assert(
      fc.property(entries, fc.nat(20), (some, taken) => {
        const [counted, real] = [filled(some), filled(some)];
        for (let at = 0; at < taken; at += 1) {
          counted.next();
          real.next();
        }
        const left = drain(real).filter(({ address }) => address === "one");
        expect(counted.costFrom("one", costOf)).toBe(sumOf(left));
      }),
    );
  });

  it("can be taken out before their turn, the first of each login first", () => {
    const of = (login: string, label: string): LaneEntry => ({ login, label, address: "x" });
    const lanes = filled([of("a", "1"), of("a", "2"), of("b", "3"), of("c", "4"), of("c", "5")]);
    const out = lanes.takeFirsts(({ label }) => ["1", "2", "4"].includes(label));
    expect(out.map(({ label }) => label)).toEqual(["1", "2", "4"]);
    expect([lanes.size, lanes.lengthOf("a"), lanes.lengthOf("c")]).toEqual([2, 0, 1]);
    expect(lanes.costAhead(0, () => 1)).toBe(2);
    expect(drain(lanes).map(({ label }) => label)).toEqual(["3", "5"]);
  });
});
