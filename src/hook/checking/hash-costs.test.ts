import { describe, expect, it } from "vitest";
import { HashCosts } from "./hash-costs.ts";

/** Costs of hashes that take 50 ms, twice that for 10 s, and 50 ms again for 10 s: one each 100 ms. */
function afterAWave(): HashCosts {
  const costs = new HashCosts();
  for (let atMs = 0; atMs < 30_000; atMs += 100) {
    costs.learn("bcrypt 10", atMs >= 10_000 && atMs < 20_000 ? 100 : 50, atMs);
  }
  return costs;
}

describe("what hashes take", () => {
  it("is not known before one was seen", () => {
    const costs = new HashCosts();
    expect([costs.presentMs("x"), costs.comingMs("x", 0), costs.cheapestMs()]).toEqual([0, 0, 0]);
  });

  it("is for a while expected to be what it was while the machine had other work", () => {
    const costs = afterAWave();
    expect(costs.presentMs("bcrypt 10")).toBeCloseTo(50, 0);
    expect(costs.comingMs("bcrypt 10", 30_000)).toBeCloseTo(89.4, 1);
    expect(costs.comingMs("bcrypt 10", 50_000)).toBeCloseTo(74.9, 1);
    expect(costs.comingMs("bcrypt 10", 600_000)).toBeCloseTo(50, 0);
  });

  it("is expected to be what it is, where that is more than before", () => {
    const costs = new HashCosts();
    for (let atMs = 0; atMs < 10; atMs += 1) costs.learn("bcrypt 10", 50, atMs);
    for (let atMs = 10; atMs < 20; atMs += 1) costs.learn("bcrypt 10", 200, atMs);
    expect(costs.comingMs("bcrypt 10", 20)).toBe(costs.presentMs("bcrypt 10"));
    expect(costs.presentMs("bcrypt 10")).toBeGreaterThan(180);
  });

  it("is told from a hiccup", () => {
    const costs = new HashCosts();
    for (let atMs = 0; atMs < 100; atMs += 1) costs.learn("bcrypt 10", 50, atMs);
    costs.learn("bcrypt 10", 300, 100);
    for (let atMs = 101; atMs < 120; atMs += 1) costs.learn("bcrypt 10", 50, atMs);
    expect(costs.comingMs("bcrypt 10", 120)).toBeLessThan(65);
  });

  it("is never expected to be more than four times what it is", () => {
    const costs = new HashCosts();
    for (let atMs = 0; atMs < 100; atMs += 1) costs.learn("bcrypt 10", 1000, atMs);
    for (let atMs = 100; atMs < 140; atMs += 1) costs.learn("bcrypt 10", 10, atMs);
    const present = costs.presentMs("bcrypt 10");
    expect(costs.comingMs("bcrypt 10", 140)).toBeCloseTo(4 * present, 6);
  });

  it("differs by kind, of which one is the cheapest", () => {
    const costs = new HashCosts();
    costs.learn("bcrypt 10", 50, 0);
    costs.learn("ntlm", 1, 0);
    expect(costs.cheapestMs()).toBe(1);
    expect(costs.comingMs("bcrypt 10", 0)).toBe(50);
  });
});
