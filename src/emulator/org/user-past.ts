import { copyOf, type UserRecord } from "./user-record.ts";

interface Version {
  readonly user: UserRecord;
  /** When it was changed, or deleted. */
  readonly untilMs: number;
}

/**
 * Users as they were before their last changes, for a search that lags behind. What is older than the
 * lag is forgotten at the next change, so that it holds the changes of that time and no more.
 */
export class UserPast {
  readonly #byOrdinal = new Map<number, Version[]>();
  #inOrder: Version[] = [];
  /** How many of them are forgotten. */
  #forgotten = 0;

  /** Ordinals of the users of whom something is known. */
  ordinals(): IterableIterator<number> {
    return this.#byOrdinal.keys();
  }

  /** Keeps a user as it is, just before a change or its end at an instant. */
  keep(user: UserRecord, atMs: number): void {
    const version = { user: copyOf(user), untilMs: atMs };
    const known = this.#byOrdinal.get(user.ordinal);
    if (known === undefined) this.#byOrdinal.set(user.ordinal, [version]);
    else known.push(version);
    this.#inOrder.push(version);
  }

  /** Forgets what was over at an instant. */
  forget(uptoMs: number): void {
    for (;;) {
      const oldest = this.#inOrder[this.#forgotten];
      if (oldest === undefined || oldest.untilMs > uptoMs) break;
      const { ordinal } = oldest.user;
      const versions = this.#byOrdinal.get(ordinal);
      versions?.shift();
      if (versions?.length === 0) this.#byOrdinal.delete(ordinal);
      this.#forgotten += 1;
    }
    if (this.#forgotten * 2 <= this.#inOrder.length) return;
    this.#inOrder = this.#inOrder.slice(this.#forgotten);
    this.#forgotten = 0;
  }

  /**
   * A user as it was at an instant; undefined when it was not there.
   *
   * @param now as it is, where it is still there
   */
  at(atMs: number, ordinal: number, now: UserRecord | undefined): UserRecord | undefined {
    const version = this.#byOrdinal.get(ordinal)?.find(({ untilMs }) => untilMs > atMs);
    const user = version?.user ?? now;
    return user !== undefined && user.createdAt <= atMs ? user : undefined;
  }
}
