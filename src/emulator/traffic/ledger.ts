/** What came of the calls of one route. */
export interface RouteTally {
  requests: number;
  /** Calls that got no answer: the connection died, or still waits. */
  unanswered: number;
  /** Answers by status. */
  readonly statuses: Record<string, number>;
}

/** 429 answers by their cause. */
export interface RateLimitTally {
  window: number;
  tokenCap: number;
  concurrency: number;
  bare: number;
}

/** One call, when calls are kept. Never its body. */
export interface CallNote {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Status of the answer; undefined when there was none. */
  readonly status: number | undefined;
  /** What was made to go wrong with it. */
  readonly fault: string | undefined;
}

/** Counts all calls, and keeps the last few if asked to. */
export class Ledger {
  readonly rateLimited: RateLimitTally = { window: 0, tokenCap: 0, concurrency: 0, bare: 0 };
  readonly byRoute = new Map<string, RouteTally>();
  inFlight = 0;
  maxInFlight = 0;
  /** Answers 500 that nobody asked for: bugs of the emulator. */
  internalErrors = 0;
  readonly #keptCalls: number;
  readonly #calls: CallNote[] = [];

  /** @param keptCalls how many of the last calls are kept */
  constructor(keptCalls: number) {
    this.#keptCalls = keptCalls;
  }

  /** A call has come in. */
  enter(): void {
    this.inFlight += 1;
    if (this.inFlight > this.maxInFlight) this.maxInFlight = this.inFlight;
  }

  /** A call is over, answered or not. */
  leave(): void {
    this.inFlight -= 1;
  }

  /** The tally of a route, by method and template. */
  tallyOf(name: string): RouteTally {
    const known = this.byRoute.get(name);
    if (known !== undefined) return known;
    const tally: RouteTally = { requests: 0, unanswered: 0, statuses: {} };
    this.byRoute.set(name, tally);
    return tally;
  }

  /** Keeps a call. */
  note(call: CallNote): void {
    if (this.#keptCalls === 0) return;
    this.#calls.push(call);
    if (this.#calls.length > this.#keptCalls) this.#calls.shift();
  }

  /** The last calls, oldest first. */
  calls(): readonly CallNote[] {
    return this.#calls;
  }
}
