import { describe, expect, it } from "vitest";
import { WindowLength } from "./window-length.ts";

const around = (atMs: number, width = 20): { lowMs: number; highMs: number } => ({
  lowMs: atMs - width / 2,
  highMs: atMs + width / 2,
});

describe("the length of a bucket's windows", () => {
  it("is guessed from the headers when one end was seen", () => {
    const length = new WindowLength();
    expect(length.likelyMs).toBeUndefined();
    length.learn({ from: undefined, to: around(1000), stepMs: 2000 });
    expect(length.likelyMs).toBe(2000);
    expect(length.isObserved).toBe(false);
  });

  it("is observed between two ends, and taken for whole seconds where that fits", () => {
    const length = new WindowLength();
    length.learn({ from: around(1000), to: around(2994), stepMs: 2000 });
    expect(length.isObserved).toBe(true);
    expect(length.likelyMs).toBe(2000);
    expect(length.bounds).toEqual({ lowMs: 1995, highMs: 2005 });
  });

  it("need not be whole seconds, though the headers are", () => {
    const length = new WindowLength();
    length.learn({ from: around(1000), to: around(3500), stepMs: 3000 });
    length.learn({ from: around(3500), to: around(6000), stepMs: 2000 });
    expect(length.likelyMs).toBeCloseTo(2500, -1);
  });

  it("is found again behind windows in which nothing was sent", () => {
    const length = new WindowLength();
    length.learn({ from: around(0), to: around(6000), stepMs: 6000 });
    expect(length.likelyMs).toBe(6000);
    length.learn({ from: around(6000), to: around(8000), stepMs: 2000 });
    expect(length.likelyMs).toBe(2000);
    length.learn({ from: around(8000), to: around(14_000), stepMs: 6000 });
    expect(length.likelyMs).toBe(2000);
  });

  it("that promised an end which did not come is learned anew, and not rounded any more", () => {
    const length = new WindowLength();
    length.learn({ from: around(0), to: around(1990, 60), stepMs: 2000 });
    length.forget();
    expect(length.isObserved).toBe(false);
    length.learn({ from: around(0), to: around(1990), stepMs: 2000 });
    expect(length.likelyMs).toBe(1990);
  });
});
