import type { Clock } from "../../core/index.ts";
import { countWrongPasswords, type WrongPasswords } from "./wrong-passwords.ts";

/** A count of wrong passwords that replicas share. Its methods reject where it can't be reached. */
export interface SharedCount extends WrongPasswords {
  /** Resolves where it can count. */
  probe(): Promise<void>;
  /** Ends its connection; nothing can be counted after it. */
  close(): void;
}

/** What a shared throttle is made of. */
export interface SharedThrottleParts {
  readonly shared: SharedCount;
  readonly clock: Clock;
  /** Told once for each change. @param because what is in the way, where it can't be reached */
  readonly onReachable: (isReachable: boolean, because: string) => void;
}

/** Of the 2.5 s that a call has; a server nearby answers in a thousandth of it. */
const WITHIN_MS = 500;
const LOOK_EVERY_MS = 1_000;

/**
 * Counts wrong passwords with other replicas, and alone while that can't be.
 *
 * - shared: what all replicas counted decides. This process counts along, so that it knows something when
 *   it comes to be alone.
 * - alone: from the first question that fails or takes half a second. What this process counted
 *   decides, and no call waits for the server. Every second it is looked whether it is back.
 *
 * Alone each replica holds a pair by its own count: as many more guesses as there are replicas, and never
 * a sign-in that fails because the count is away.
 */
export class SharedThrottle implements WrongPasswords {
  readonly #parts: SharedThrottleParts;
  readonly #own: WrongPasswords;
  #isReachable = true;
  #isClosed = false;

  constructor(parts: SharedThrottleParts) {
    this.#parts = parts;
    this.#own = countWrongPasswords(parts.clock);
  }

  /** Whether what is counted is shared now. */
  get isReachable(): boolean {
    return this.#isReachable;
  }

  async isHeld(pair: string): Promise<boolean> {
    const held = await this.#ask((shared) => shared.isHeld(pair));
    return held ?? this.#own.isHeld(pair);
  }

  async noteWrong(pair: string): Promise<void> {
    await this.#own.noteWrong(pair);
    await this.#ask((shared) => shared.noteWrong(pair));
  }

  async noteRight(pair: string): Promise<void> {
    await this.#own.noteRight(pair);
    await this.#ask((shared) => shared.noteRight(pair));
  }

  /** Looks at once and then every second whether the server is there; closes it when the signal fires. */
  async watch(signal: AbortSignal): Promise<void> {
    const { shared, clock } = this.#parts;
    const close = (): void => {
      this.#isClosed = true;
      shared.close();
    };
    if (signal.aborted) close();
    else signal.addEventListener("abort", close, { once: true });
    while (!signal.aborted) {
      await this.#look();
      await clock.sleep(LOOK_EVERY_MS, signal);
    }
  }

  async #look(): Promise<void> {
    const { shared } = this.#parts;
    try {
      await this.#inTime(shared.probe());
      this.#note(true, "");
    } catch (error) {
      this.#note(false, reasonOf(error));
    }
  }

  async #ask<T>(work: (shared: SharedCount) => Promise<T>): Promise<T | undefined> {
    if (!this.#isReachable) return undefined;
    try {
      return await this.#inTime(work(this.#parts.shared));
    } catch (error) {
      this.#note(false, reasonOf(error));
      return undefined;
    }
  }

  async #inTime<T>(work: Promise<T>): Promise<T> {
    const over = new AbortController();
    const tooLong = this.#parts.clock.sleep(WITHIN_MS, over.signal).then(() => {
      if (!over.signal.aborted) throw new TooLong("no answer in time");
    });
    try {
      return await Promise.race([work, tooLong as Promise<never>]);
    } finally {
      over.abort();
      // Whoever came second is not waited for.
      work.catch(() => undefined);
      tooLong.catch(() => undefined);
    }
  }

  #note(isReachable: boolean, because: string): void {
    if (this.#isClosed || isReachable === this.#isReachable) return;
    this.#isReachable = isReachable;
    this.#parts.onReachable(isReachable, because);
  }
}

class TooLong extends Error {}

/** In a word or two: what a server says may quote what was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof TooLong) return error.message;
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  const said = error instanceof Error ? /^[A-Z]{4,}(?= )/.exec(error.message)?.[0] : undefined;
  return said ?? "the connection is lost";
}
