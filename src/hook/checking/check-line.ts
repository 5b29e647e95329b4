import type { Clock } from "../../core/index.ts";
import type { PasswordVerifier } from "../../passwords/index.ts";
import type { KeptHash } from "../sealing/pack-hash.ts";

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

interface Waiting {
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
/** A busy machine takes longer than it was seen to: what is taken in should be answered all the same. */
const CAUTION = 1.25;
/** How much a new measurement counts. */
const NEWEST_PART = 0.2;

/**
 * The line before the threads that compute hashes.
 *
 * Logins take turns, so that nobody waits behind another's storm. What can't be answered before its
 * deadline is refused at once, as far as can be foreseen from what waits and what each format was seen
 * to take; what came too late is not computed. An idle thread is always given work, since a guess may be
 * wrong.
 */
export class CheckLine {
  readonly #verifier: PasswordVerifier;
  readonly #threads: number;
  readonly #clock: Clock;
  /** In the order in which they take turns; by login. */
  readonly #lanes = new Map<string, Waiting[]>();
  readonly #running = new Set<Running>();
  /** Milliseconds by label of the hash. */
  readonly #costs = new Map<string, number>();
  #waiting = 0;

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
    const waitMs = this.#remainingMs() + this.#aheadMs("", 0);
    return {
      running: this.#running.size,
      waiting: this.#waiting,
      waitMs: this.#running.size < this.#threads ? 0 : waitMs / this.#threads,
    };
  }

  /** Computes a hash when its turn comes. Never rejects. */
  ask(question: LineQuestion): Promise<LineAnswer> {
    if (this.#running.size < this.#threads && this.#waiting === 0) {
      return this.#work(question, 0);
    }
    if (this.#waiting >= MOST_WAITING) this.#dropLate();
    if (this.#isHopeless(question)) return Promise.resolve(refuse(question, 0));
    return new Promise((settle) => {
      const waiting = { question, arrivedAtMs: this.#clock.now(), settle };
      const lane = this.#lanes.get(question.digest);
      if (lane === undefined) this.#lanes.set(question.digest, [waiting]);
      else lane.push(waiting);
      this.#waiting += 1;
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
    const running = { startedAtMs, costMs: this.#costOf(question) };
    this.#running.add(running);
    try {
      const verdict = await this.#verifier.verify({ computation: hash.computation, password });
      if (verdict === "right" || verdict === "wrong") {
        this.#learn(hash.label, this.#clock.now() - startedAtMs);
        return { verdict, waitedMs };
      }
      return { verdict: verdict === "unable" ? "unable" : "overloaded", waitedMs };
    } finally {
      this.#running.delete(running);
      this.#workOn();
    }
  }

  #workOn(): void {
    while (this.#running.size < this.#threads) {
      const next = this.#next();
      if (next === undefined) return;
      const { question, arrivedAtMs, settle } = next;
      const waitedMs = this.#clock.now() - arrivedAtMs;
      if (this.#comesTooLate(question)) settle(refuse(question, waitedMs));
      else void this.#work(question, waitedMs).then(settle);
    }
  }

  /** The one whose turn it is; its login's next one takes its turn behind all others. */
  #next(): Waiting | undefined {
    for (const [login, lane] of this.#lanes) {
      this.#lanes.delete(login);
      const next = lane.shift();
      if (next === undefined) continue;
      if (lane.length > 0) this.#lanes.set(login, lane);
      this.#waiting -= 1;
      return next;
    }
    return undefined;
  }

  #isHopeless(question: LineQuestion): boolean {
    const position = this.#lanes.get(question.digest)?.length ?? 0;
    if (this.#waiting >= MOST_WAITING || position >= MOST_OF_ONE_LOGIN) return true;
    const aheadMs = this.#remainingMs() + this.#aheadMs(question.digest, position);
    const wholeMs = aheadMs / this.#threads + this.#costOf(question);
    const leftMs = question.deadlineMs - this.#clock.now();
    return wholeMs * CAUTION > leftMs || this.#hogs(question);
  }

  #comesTooLate(question: LineQuestion): boolean {
    return this.#clock.now() + this.#costOf(question) > question.deadlineMs;
  }

  /** Whether what waits from its address alone fills its share of the time that there is. */
  #hogs({ address, deadlineMs }: LineQuestion): boolean {
    let ms = 0;
    for (const lane of this.#lanes.values()) {
      for (const { question } of lane)
        if (question.address === address) ms += this.#costOf(question);
    }
    return ms / this.#threads > (deadlineMs - this.#clock.now()) * ADDRESS_SHARE;
  }

  /** What is worked on before the one at this position of a login's lane. */
  #aheadMs(login: string, position: number): number {
    let ms = 0;
    for (const [other, lane] of this.#lanes) {
      const ahead = other === login ? position : position + 1;
      for (const { question } of lane.slice(0, ahead)) ms += this.#costOf(question);
    }
    return ms;
  }

  #remainingMs(): number {
    const nowMs = this.#clock.now();
    let ms = 0;
    for (const { startedAtMs, costMs } of this.#running) {
      ms += Math.max(0, startedAtMs + costMs - nowMs);
    }
    return ms;
  }

  #dropLate(): void {
    for (const [login, lane] of this.#lanes) {
      const kept = lane.filter((waiting) => {
        if (!this.#comesTooLate(waiting.question)) return true;
        waiting.settle(refuse(waiting.question, this.#clock.now() - waiting.arrivedAtMs));
        return false;
      });
      this.#waiting -= lane.length - kept.length;
      if (kept.length > 0) this.#lanes.set(login, kept);
      else this.#lanes.delete(login);
    }
  }

  #costOf({ hash }: LineQuestion): number {
    return this.#costs.get(hash.label) ?? 0;
  }

  #learn(label: string, ms: number): void {
    const known = this.#costs.get(label) ?? ms;
    this.#costs.set(label, known + (ms - known) * NEWEST_PART);
  }
}

function refuse({ password }: LineQuestion, waitedMs: number): LineAnswer {
  password.fill(0);
  return { verdict: "overloaded", waitedMs };
}
