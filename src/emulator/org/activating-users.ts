import type { UserRecord } from "./user-record.ts";

/** Users whose activation goes on, for whom something waits until it has ended. */
export class ActivatingUsers {
  readonly #waiting = new Set<UserRecord>();
  #nextEndAt = Number.POSITIVE_INFINITY;

  /** Notes a user whose activation ends at `activatedAt`. */
  add(user: UserRecord): void {
    this.#waiting.add(user);
    this.#nextEndAt = Math.min(this.#nextEndAt, user.activatedAt);
  }

  /** Whether nobody waits. */
  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** Those whose activation has ended by now, each told once, in order. */
  takeEnded(now: number): readonly UserRecord[] {
    if (now < this.#nextEndAt) return [];
    const ended: UserRecord[] = [];
    this.#nextEndAt = Number.POSITIVE_INFINITY;
    for (const user of this.#waiting) {
      if (user.activatedAt > now) this.#nextEndAt = Math.min(this.#nextEndAt, user.activatedAt);
      else ended.push(user);
    }
    for (const user of ended) this.#waiting.delete(user);
    return ended;
  }
}
