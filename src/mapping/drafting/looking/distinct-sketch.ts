/** So many values are followed, those with the smallest hashes: a spread that the order can't bend. */
const KEPT = 1_024;
const HASH_SPACE = 2 ** 53;
/** Longer texts differ before that. */
const MAX_HASHED = 200;

/** How many different values a column has. */
export interface Distinctness {
  /** Exact up to 1,024, beyond about 3 % off. */
  readonly values: number;
  readonly isExact: boolean;
  /** Part of the different values that stand more than once, from 0 to 1; of 1,024 of them at most. */
  readonly repeatedPart: number;
}

/**
 * Counts different values in constant memory, and how many of them stand more than once.
 *
 * It follows the values with the smallest hashes only, each from its first time on, so that what it
 * says of those is exact.
 */
export class DistinctSketch {
  readonly #counts = new Map<number, number>();
  #threshold = HASH_SPACE;

  add(text: string): void {
    const hash = hashOf(text);
    if (hash >= this.#threshold) return;
    this.#counts.set(hash, (this.#counts.get(hash) ?? 0) + 1);
    if (this.#counts.size >= 2 * KEPT) this.#shrink();
  }

  measure(): Distinctness {
    if (this.#counts.size > KEPT) this.#shrink();
    const kept = this.#counts.size;
    const isExact = this.#threshold === HASH_SPACE;
    let repeated = 0;
    for (const count of this.#counts.values()) if (count > 1) repeated += 1;
    return {
      values: isExact ? kept : Math.round((kept * HASH_SPACE) / this.#threshold),
      isExact,
      repeatedPart: kept === 0 ? 0 : repeated / kept,
    };
  }

  #shrink(): void {
    const smallest = [...this.#counts.keys()].toSorted((left, right) => left - right);
    this.#threshold = smallest[KEPT] ?? HASH_SPACE;
    for (const hash of smallest.slice(KEPT)) this.#counts.delete(hash);
  }
}

/** 53 bits, well spread; no secret is kept by it, and none is safe in it. */
function hashOf(text: string): number {
  let high = 0xdeadbeef ^ text.length;
  let low = 0x41c6ce57;
  const length = Math.min(text.length, MAX_HASHED);
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
