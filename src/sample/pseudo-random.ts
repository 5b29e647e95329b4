/** A stream of numbers that depends on its seed alone: the same on every machine and Node version. */
export interface PseudoRandom {
  /** An integer from 0 to `bound` - 1. */
  below(bound: number): number;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly [T, ...T[]]): T;
  /** `length` bytes. */
  bytes(length: number): Uint8Array;
}

/**
 * Mulberry32: small, fast and good enough to invent people with; never for a secret.
 *
 * @param seed an integer; only its low 32 bits count
 */
export function seedPseudoRandom(seed: number): PseudoRandom {
  let state = Math.trunc(seed) >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  const below = (bound: number): number => Math.floor((next() / 0x1_0000_0000) * bound);
  return {
    below,
    pick: (list) => list[below(list.length)] ?? list[0],
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
  };
}
