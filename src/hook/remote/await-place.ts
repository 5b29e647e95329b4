import type { Clock } from "../../core/index.ts";
import type { PasswordChecker } from "../checking/password-checker.ts";

/** A place as it is when it could be opened. */
export interface OpenedPlace {
  readonly checker: PasswordChecker;
  /** Gives back what it holds, such as connections. */
  readonly close?: () => void;
}

/** How a place is opened that may be away. */
export interface Awaiting {
  /** A word for logs and metrics. */
  readonly name: string;
  readonly open: () => Promise<OpenedPlace>;
  /** Whether an error says that the place is away now, and nothing against how it was set. */
  readonly isAway: (error: unknown) => boolean;
  readonly clock: Clock;
}

/** A place that may be away when the service starts. */
export interface AwaitedPlace {
  /** Can't tell of anybody until the place is there. */
  readonly checker: PasswordChecker;
  /** Whether it was there once; what becomes of it later is for its circuit breaker. */
  isUp(): boolean;
  /** Tries until it is there or the signal fires; tells of each other reason why it is not, and when it is. */
  watch(signal: AbortSignal, tell: (news: PlaceNews) => void): Promise<void>;
  /** Gives back what it holds, also where it is only being opened. */
  close(): void;
}

/** What becomes of a place: undefined where it is there. */
export interface PlaceNews {
  readonly error: unknown;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Opens a place, or lets the service start without it where it is away.
 *
 * @throws what opening it throws, where that is not for its being away: a setting is wrong
 */
export async function awaitPlace(awaiting: Awaiting): Promise<AwaitedPlace> {
  const place = new Place(awaiting);
  await place.begin();
  return place;
}

class Place implements AwaitedPlace {
  readonly checker: PasswordChecker;
  readonly #awaiting: Awaiting;
  #opened: OpenedPlace | undefined;
  #error: unknown;
  #isClosed = false;

  constructor(awaiting: Awaiting) {
    const { name } = awaiting;
    this.#awaiting = awaiting;
    this.checker = {
      name,
      check: async (typed) =>
        (await this.#opened?.checker.check(typed)) ?? {
          kind: "untold",
          because: "unreadable",
          by: { store: name },
        },
    };
  }

  async begin(): Promise<void> {
    if (!(await this.#try()) && !this.#awaiting.isAway(this.#error)) throw this.#error;
  }

  isUp(): boolean {
    return this.#opened !== undefined;
  }

  async watch(signal: AbortSignal, tell: (news: PlaceNews) => void): Promise<void> {
    let told = "";
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.isUp() && !this.#isClosed) {
      // A setting that turns out to be wrong later is told like a place that is away: the service runs.
      const reason = String(this.#error);
      if (reason !== told) tell({ error: this.#error });
      told = reason;
      await this.#awaiting.clock.sleep(pauseMs, signal);
      if (signal.aborted) return;
      if ((await this.#try()) && !this.#isClosed) tell({ error: undefined });
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#opened?.close?.();
  }

  async #try(): Promise<boolean> {
    try {
      const opened = await this.#awaiting.open();
      if (this.#isClosed) opened.close?.();
      else this.#opened = opened;
      return true;
    } catch (error) {
      this.#error = error;
      return false;
    }
  }
}
