import type { Clock } from "../../core/index.ts";
import type { PasswordVerifier } from "../../passwords/index.ts";
import type { KeptHash } from "../sealing/pack-hash.ts";
import { HashCosts } from "./hash-costs.ts";
import { type CostOf, type LaneEntry, WaitingLanes } from "./waiting-lanes.ts";

/** What is to be computed, and for whom. */
export interface LineQuestion {
  readonly hash: KeptHash;
  /** UTF-8; taken over, and filled with zeros. */
  readonly password: Uint8Array;
  /** Whose turn it takes: a digest of the login. */
  readonly digest: string;
  readonly address: string;
  /** Monotonic time after which nobody waits. */
  readonly deadlineMs: number;
}

/** What came of it. `overloaded` is said at once, or as soon as it is clear that it comes too late. */
export interface LineAnswer {
  readonly verdict: "right" | "wrong" | "overloaded" | "unable";
  readonly waitedMs: number;
}

/** How full the line is. */
export interface LineLoad {
  readonly running: number;
  readonly waiting: number;
  /** How long a new login would wait. */
  readonly waitMs: number;
}

interface Waiting extends LaneEntry {
  readonly question: LineQuestion;
  readonly arrivedAtMs: number;
  readonly settle: (answer: LineAnswer) => void;
}

interface Running {
  readonly startedAtMs: number;
  readonly costMs: number;
}

/** Enough for the cheapest hashes; dear ones are bounded by their time long before. */
const MOST_WAITING = 2048;
/** A person who tries again while the first try waits, and Okta's own second tries. */
const MOST_OF_ONE_LOGIN = 4;
/** Part of the time there is that what comes from one address may fill. */
const ADDRESS_SHARE = 0.5;
/** How often those who wait are looked through for whom it has become too late. */
const LOOK_EVERY_MS = 100;
/** How many times what is foreseen the wait and the hash itself may take, and still be in time. */
const WAIT_CAUTION = 1.5;
const HASH_CAUTION = 1.25;

/**
 * The line before the threads that compute hashes.
 *
 * Logins take turns, so that nobody waits behind another's storm. What can't be answered before its
 * deadline is refused at once, as far as can be foreseen from what waits and what each format was seen
 * to take; who was let in and can't be answered any more, since the machine has become slow, is told as soon
 * as that is seen. An idle thread is always given work that is not late yet, since a guess may be wrong.
 */
export class CheckLine {
  readonly #verifier: PasswordVerifier;
  readonly #threads: number;
  readonly #clock: Clock;
  readonly #waiting = new WaitingLanes<Waiting>();
  readonly #running = new Set<Running>();
  readonly #costs = new HashCosts();
  #lookedAtMs = -Infinity;

  /** @param parts.threads as many as the verifier has */
  constructor(parts: {
    readonly verifier: PasswordVerifier;
    readonly threads: number;
    readonly clock: Clock;
  }) {
    this.#verifier = parts.verifier;
    this.#threads = parts.threads;
    this.#clock = parts.clock;
  }

  get load(): LineLoad {
    const isFree = this.#running.size < this.#threads;
    return {
      running: this.#running.size,
      waiting: this.#waiting.size,
      waitMs: isFree ? 0 : this.#waitMs(0, (label) => this.#costs.presentMs(label)),
    };
  }

  /** Whether anything can still be answered by then; where not, nothing need be looked up. */
  canTake(deadlineMs: number): boolean {
    return this.#isIdle() || this.#isInTime(0, this.#costs.cheapestMs(), deadlineMs);
  }

  /** Computes a hash when its turn comes. Never rejects. */
  ask(question: LineQuestion): Promise<LineAnswer> {
    if (this.#clock.now() >= question.deadlineMs) return Promise.resolve(refuse(question, 0));
    if (this.#isIdle()) return this.#work(question, 0);
    if (this.#waiting.size >= MOST_WAITING) this.#dropHopeless();
    if (this.#isHopeless(question)) return Promise.resolve(refuse(question, 0));
    const { hash, digest: login, address } = question;
    const arrivedAtMs = this.#clock.now();
    return new Promise((settle) => {
      this.#waiting.add({ login, address, label: hash.label, question, arrivedAtMs, settle });
    });
  }

  /** Finds out what hashes take, so that the first rush is judged rightly; also starts the threads. */
  async warmUp(hashes: readonly KeptHash[]): Promise<void> {
    const [first] = hashes;
    if (first === undefined) return;
    const { computation } = first;
    const ones = Array.from({ length: this.#threads }, () =>
      this.#verifier.verify({ computation, password: Buffer.from("warm up") }),
    );
    await Promise.all(ones);
    for (const hash of hashes) {
      const deadlineMs = Infinity;
      const password = Buffer.from("warm up");
      await this.ask({ hash, password, digest: "", address: "", deadlineMs });
    }
  }

  async #work(question: LineQuestion, waitedMs: number): Promise<LineAnswer> {
    const { hash, password } = question;
    const startedAtMs = this.#clock.now();
    const running = { startedAtMs, costMs: this.#costs.presentMs(hash.label) };
    this.#running.add(running);
    try {
      const verdict = await this.#verifier.verify({ computation: hash.computation, password });
      if (verdict === "right" || verdict === "wrong") {
        const nowMs = this.#clock.now();
        this.#costs.learn(hash.label, nowMs - startedAtMs, nowMs);
        return { verdict, waitedMs };
      }
      return { verdict: verdict === "unable" ? "unable" : "overloaded", waitedMs };
    } finally {
      this.#running.delete(running);
      this.#workOn();
    }
  }

  #workOn(): void {
    const nowMs = this.#clock.now();
    while (this.#running.size < this.#threads) {
      const next = this.#waiting.next();
      if (next === undefined) return;
      const { question, arrivedAtMs, settle } = next;
      const waitedMs = nowMs - arrivedAtMs;
      if (this.#comesTooLate(question)) settle(refuse(question, waitedMs));
      else void this.#work(question, waitedMs).then(settle);
    }
    if (nowMs - this.#lookedAtMs >= LOOK_EVERY_MS) this.#dropHopeless();
  }

  #isIdle(): boolean {
    return this.#running.size < this.#threads && this.#waiting.size === 0;
  }

  #isHopeless({ hash, digest, address, deadlineMs }: LineQuestion): boolean {
    const position = this.#waiting.lengthOf(digest);
    if (this.#waiting.size >= MOST_WAITING || position >= MOST_OF_ONE_LOGIN) return true;
    if (!this.#isInTime(position, this.#costs.presentMs(hash.label), deadlineMs)) return true;
    const ofAddressMs = this.#waiting.costFrom(address, this.#comingMs()) / this.#threads;
    const leftMs = deadlineMs - this.#clock.now();
    return ofAddressMs * WAIT_CAUTION > leftMs * ADDRESS_SHARE;
  }

  /** Whether an answer can be counted on, for one at this position of its login's lane. */
  #isInTime(position: number, costMs: number, deadlineMs: number): boolean {
    const waitMs = this.#waitMs(position, this.#comingMs());
    return waitMs * WAIT_CAUTION + costMs * HASH_CAUTION <= deadlineMs - this.#clock.now();
  }

  #comesTooLate({ hash, deadlineMs }: LineQuestion): boolean {
    return this.#clock.now() + this.#costs.presentMs(hash.label) > deadlineMs;
  }

  /** How long one at this position of a login's lane waits. */
  #waitMs(position: number, costOf: CostOf): number {
    return (this.#remainingMs() + this.#waiting.costAhead(position, costOf)) / this.#threads;
  }

  #comingMs(): CostOf {
    const nowMs = this.#clock.now();
    return (label) => this.#costs.comingMs(label, nowMs);
  }

  #remainingMs(): number {
    const nowMs = this.#clock.now();
    let ms = 0;
    for (const { startedAtMs, costMs } of this.#running) {
      ms += Math.max(0, startedAtMs + costMs - nowMs);
    }
    return ms;
  }

  /** Refuses those, each the first of its login, who can't be answered in time any more. */
  #dropHopeless(): void {
    const nowMs = this.#clock.now();
    this.#lookedAtMs = nowMs;
    let aheadMs = this.#remainingMs();
    const hopeless = this.#waiting.takeFirsts(({ question, label }) => {
      const costMs = this.#costs.presentMs(label);
      if (nowMs + aheadMs / this.#threads + costMs > question.deadlineMs) return true;
      aheadMs += costMs;
      return false;
    });
    for (const { question, arrivedAtMs, settle } of hopeless) {
      settle(refuse(question, nowMs - arrivedAtMs));
    }
  }
}

function refuse({ password }: LineQuestion, waitedMs: number): LineAnswer {
  password.fill(0);
  return { verdict: "overloaded", waitedMs };
}
