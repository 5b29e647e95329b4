/**
 * Remembers ids for a while, to tell one that comes a second time.
 *
 * Memory is bounded: beyond `most` ids in half the time, the older ones are forgotten early.
 */
export class UsedIds {
  readonly #keptMs: number;
  readonly #most: number;
  #older = new Set<string>();
  #newer = new Set<string>();
  #newerSinceMs = -Infinity;

  /** @param keptMs how long an id is remembered at least, as long as there are not too many */
  constructor(keptMs: number, most = 200_000) {
    this.#keptMs = keptMs;
    this.#most = most;
  }

  /** Notes an id; false when it was there already. */
  take(id: string, nowMs: number): boolean {
    if (nowMs - this.#newerSinceMs > this.#keptMs || this.#newer.size >= this.#most) {
      this.#older = this.#newer;
      this.#newer = new Set();
      this.#newerSinceMs = nowMs;
    }
    if (this.#newer.has(id) || this.#older.has(id)) return false;
    this.#newer.add(id);
    return true;
  }
}
