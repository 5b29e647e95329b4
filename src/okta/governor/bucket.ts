import type { Clock, EventSink } from "../../core/index.ts";
import type { ServerClock } from "../server-clock.ts";
import { Budget } from "./budget.ts";
import type { ConcurrencyCeiling } from "./concurrency-ceiling.ts";
import type { BucketStatus, RateFacts, RateTicket } from "./rate-facts.ts";
import { USUAL_WINDOW_MS, WindowPhase } from "./window-phase.ts";

/** How long one request waits after a 429 that does not say how long. */
const REFUSED_PAUSE_MS = 1000;
/** Longest pause of a bucket whose 429s say nothing of when to come back. */
const LONGEST_PAUSE_MS = 60_000;
/** Answers in a row without rate headers before a bucket that had a limit is taken to have none. */
const ANSWERS_WITHOUT_LIMIT = 20;
/** How far sending may lag behind its pace and still catch up: timers are that coarse. */
const CATCH_UP_MS = 20;
/** Catching up after a stall never goes faster than this many times the even pace. */
const FASTEST_PACE = 2;
/** Requests older than this at a window's start were counted in the window before. */
const ARRIVED_MS = 2000;

/** What a bucket needs of the rest of the governor. */
export interface BucketOptions {
  readonly name: string;
  readonly share: number;
  readonly ceiling: ConcurrencyCeiling;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: EventSink;
  /** Called when a place on the wire became free, which other buckets may be waiting for. */
  readonly onFreed: () => void;
}

interface Flight {
  /** Whether it has taken its place on the wire. */
  onWire: boolean;
  sentAtMs: number;
  onWireThen: number;
  /** The window in whose budget it counts. */
  window: number;
}

interface Waiter {
  readonly grant: (ticket: RateTicket) => void;
}

type Waiting = { readonly waitMs: number; readonly waitingFor: BucketStatus["waitingFor"] };
const GO: Waiting = { waitMs: 0, waitingFor: "nothing" };

/**
 * One (method, route) bucket of the org's rate limits: the gate that every request of it passes.
 *
 * - **unknown**: no answer yet. One request at a time, until an answer tells.
 * - **paced**: answers carry a limit. Requests leave evenly over what is left of the window, as
 *   many as the budget and the org's own `Remaining` have room for. When the budget is spent, the
 *   first request after the window's end goes alone; its answer confirms the new window.
 * - **unlimited**: answers carry no limit. Only the ceiling on requests in flight bounds it.
 * - **paused**: a 429 came that nothing explains. Nothing leaves until the pause is over, then one
 *   request alone; a second refusal in the same window is a smaller cap of the token's own.
 */
export class Bucket {
  readonly #options: BucketOptions;
  readonly #waiters: Waiter[] = [];
  readonly #again: Waiter[] = [];
  readonly #flights = new Set<Flight>();
  #phase: WindowPhase | undefined;
  #budget: Budget | undefined;
  #window = 0;
  /** Whether all that this token used of the current window is known: only then is a cap learned. */
  #allUseKnown = false;
  #charged = 0;
  #answersWithoutLimit = 0;
  #unlimited = false;
  #nextAtMs = 0;
  #alone = false;
  #pausedUntilMs = 0;
  #refusedAtMs: number | undefined;
  #refusals = 0;
  #latencyMs = 0;
  #timer: { readonly atMs: number; readonly abort: AbortController } | undefined;

  constructor(options: BucketOptions) {
    this.#options = options;
  }

  /** Resolves when one more request may leave; one that was refused before goes first. */
  admit(signal: AbortSignal | undefined, again: boolean): Promise<RateTicket> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(asError(signal.reason));
        return;
      }
      const queue = again ? this.#again : this.#waiters;
      const onAbort = (): void => {
        const index = queue.indexOf(waiter);
        if (index >= 0) queue.splice(index, 1);
        reject(asError(signal?.reason));
      };
      const waiter: Waiter = {
        grant: (ticket) => {
          signal?.removeEventListener("abort", onAbort);
          resolve(ticket);
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      queue.push(waiter);
      this.pump();
    });
  }

  /** Lets go whoever may go now, and wakes up again when the next one may. */
  pump(): void {
    while (this.#waiters.length > 0 || this.#again.length > 0) {
      const nowMs = this.#options.clock.now();
      const { waitMs } = this.#waiting(nowMs);
      if (waitMs > 0) {
        if (waitMs !== Infinity) this.#wakeAt(nowMs + waitMs);
        return;
      }
      const waiter = this.#again.shift() ?? this.#waiters.shift();
      waiter?.grant(this.#send(nowMs));
    }
  }

  /** Where the bucket stands now. */
  status(): BucketStatus {
    const nowMs = this.#options.clock.now();
    const waits = this.#waiters.length > 0 || this.#again.length > 0;
    const { waitMs, waitingFor } = waits ? this.#waiting(nowMs) : GO;
    return {
      limit: this.#budget?.limit,
      budget: this.#budget?.perWindow,
      windowMs: this.#phase?.windowMs ?? USUAL_WINDOW_MS,
      used: this.#budget?.used ?? 0,
      waitingFor,
      waitMs: waitMs === Infinity ? undefined : waitMs,
    };
  }

  #waiting(nowMs: number): Waiting {
    if (nowMs < this.#pausedUntilMs) {
      return { waitMs: this.#pausedUntilMs - nowMs, waitingFor: "pause" };
    }
    if (!this.#options.ceiling.hasRoom()) return { waitMs: Infinity, waitingFor: "concurrency" };
    if (this.#alone && this.#flights.size > 0) return { waitMs: Infinity, waitingFor: "answer" };
    if (this.#phase === undefined || this.#budget === undefined) {
      return this.#unlimited || this.#flights.size === 0
        ? GO
        : { waitMs: Infinity, waitingFor: "answer" };
    }
    return this.#waitingForWindow(this.#phase, this.#budget, nowMs);
  }

  #waitingForWindow(phase: WindowPhase, budget: Budget, nowMs: number): Waiting {
    if (nowMs >= phase.endHighMs) return this.#herald();
    const room = this.#room(phase, budget, nowMs);
    if (room > this.#scouts(phase, budget)) {
      const waitMs = Math.max(0, this.#nextAtMs - nowMs);
      return waitMs === 0 ? GO : { waitMs, waitingFor: "pace" };
    }
    if (room > 0 && nowMs >= phase.endLowMs) {
      // The window may be over: one scout at a time finds out where its end lies.
      const waitMs = Math.max(0, this.#nextAtMs - nowMs);
      return waitMs === 0 ? this.#herald() : { waitMs, waitingFor: "window" };
    }
    const untilMs = room > 0 ? phase.endLowMs : phase.endHighMs;
    return { waitMs: Math.max(1, untilMs - nowMs), waitingFor: "window" };
  }

  #herald(): Waiting {
    for (const flight of this.#flights) {
      if (flight.window === this.#window && flight.sentAtMs >= (this.#phase?.endLowMs ?? 0)) {
        return { waitMs: Infinity, waitingFor: "answer" };
      }
    }
    return GO;
  }

  #room(phase: WindowPhase, budget: Budget, nowMs: number): number {
    const endMs = (phase.endLowMs + phase.endHighMs) / 2;
    const leftMs = Math.max(0, endMs - nowMs);
    return budget.room(this.#charged, Math.max(0, phase.windowMs - leftMs), leftMs);
  }

  /** Requests kept back to find the window's end, while it is known too vaguely. */
  #scouts(phase: WindowPhase, budget: Budget): number {
    const vagueMs = phase.endHighMs - phase.endLowMs;
    const fineMs = Math.max(phase.windowMs / 50, 4 * this.#latencyMs, 30);
    if (vagueMs <= fineMs || budget.perWindow < 10) return 0;
    return Math.min(4, Math.max(1, Math.floor(budget.perWindow / 200)));
  }

  /** By when the budget is to be spent: so early that its last request still counts in this window. */
  #paceEndMs(phase: WindowPhase): number {
    const vagueMs = phase.endHighMs - phase.endLowMs;
    if (vagueMs > phase.windowMs / 4) return (phase.endLowMs + phase.endHighMs) / 2;
    return phase.endLowMs - Math.min(1.2 * this.#latencyMs, phase.windowMs / 10);
  }

  #send(nowMs: number): RateTicket {
    if (this.#phase !== undefined && this.#budget !== undefined) {
      this.#nextAtMs =
        Math.max(this.#nextAtMs, nowMs - CATCH_UP_MS) +
        this.#gapMs(this.#phase, this.#budget, nowMs);
    }
    const { ceiling } = this.#options;
    ceiling.admit();
    const flight: Flight = {
      onWire: false,
      sentAtMs: nowMs,
      onWireThen: 0,
      window: this.#window,
    };
    this.#flights.add(flight);
    this.#charged += 1;
    return {
      slot: () => {
        const start = (): void => {
          flight.onWire = true;
          flight.sentAtMs = this.#options.clock.now();
          flight.onWireThen = ceiling.onWire;
        };
        const wait = ceiling.take();
        if (wait === undefined) start();
        return wait?.then(start);
      },
      answered: (facts) => this.#answered(flight, facts),
      unanswered: () => {
        if (flight.window === this.#window) this.#budget?.lost();
        this.#landed(flight, () => ceiling.free());
      },
      release: () =>
        this.#landed(flight, () => {
          if (flight.onWire) ceiling.free();
          else ceiling.cancel();
        }),
    };
  }

  #gapMs(phase: WindowPhase, budget: Budget, nowMs: number): number {
    const room = this.#room(phase, budget, nowMs);
    const scouts = this.#scouts(phase, budget);
    if (room <= scouts) {
      return Math.max(0, phase.endHighMs - Math.max(nowMs, phase.endLowMs)) / (scouts + 1);
    }
    const evenMs = Math.max(0, this.#paceEndMs(phase) - nowMs) / (room - scouts);
    const fastestMs = phase.windowKnown ? phase.windowMs / budget.perWindow / FASTEST_PACE : 0;
    return Math.max(evenMs, fastestMs);
  }

  #land(flight: Flight): void {
    this.#flights.delete(flight);
    if (flight.window === this.#window) this.#charged -= 1;
  }

  #landed(flight: Flight, free: () => void): void {
    this.#land(flight);
    free();
    this.pump();
    this.#options.onFreed();
  }

  #answered(flight: Flight, facts: RateFacts): { readonly retryAfterMs: number } {
    const { clock, serverClock, ceiling } = this.#options;
    const nowMs = clock.now();
    if (facts.dateMs !== undefined) serverClock.observe(facts.dateMs, flight.sentAtMs, nowMs);
    const latencyMs = nowMs - flight.sentAtMs;
    this.#latencyMs += (latencyMs - this.#latencyMs) * (latencyMs > this.#latencyMs ? 0.2 : 0.05);
    this.#land(flight);
    const retryAfterMs = facts.status === 429 ? this.#refused(flight, facts, nowMs) : 0;
    if (facts.status !== 429) this.#accepted(flight, facts, nowMs);
    ceiling.free();
    this.pump();
    this.#options.onFreed();
    return { retryAfterMs };
  }

  #accepted(flight: Flight, facts: RateFacts, nowMs: number): void {
    this.#refusals = 0;
    if (flight.sentAtMs >= this.#pausedUntilMs) this.#alone = false;
    this.#options.ceiling.succeeded();
    if (facts.limit === undefined || facts.limit <= 0 || facts.remaining === undefined) {
      this.#answersWithoutLimit += 1;
      if (this.#budget === undefined) this.#unlimited ||= facts.status < 500;
      else if (this.#answersWithoutLimit >= ANSWERS_WITHOUT_LIMIT) this.#forgetLimit();
      else if (flight.window === this.#window) this.#budget.lost();
      return;
    }
    this.#answersWithoutLimit = 0;
    this.#observe(flight, { ...facts, limit: facts.limit, remaining: facts.remaining }, nowMs);
  }

  #observe(
    flight: Flight,
    facts: RateFacts & { readonly limit: number; readonly remaining: number },
    nowMs: number,
  ): void {
    const offset = this.#options.serverClock.offset();
    const limitBefore = this.#budget?.limit;
    if (this.#phase === undefined || this.#budget === undefined) {
      this.#phase = new WindowPhase(facts.resetAtMs, offset, flight.sentAtMs);
      this.#budget = new Budget(this.#options.share, facts);
      this.#budget.answered(facts, this.#charged);
      this.#unlimited = false;
      this.#beginWindow(nowMs, facts.limit - facts.remaining <= 1 + this.#flights.size);
    } else {
      let place = this.#phase.place(facts.resetAtMs);
      if (place === "older") return;
      if (place === "current" && this.#hasRisen(flight, facts)) place = "newer";
      if (place === "newer") {
        this.#phase.roll(facts.resetAtMs, offset, {
          sentAtMs: flight.sentAtMs,
          receivedAtMs: nowMs,
        });
        this.#budget.roll(facts, this.#phase.windowMs, nowMs);
        this.#window += 1;
        this.#charged = 0;
        for (const other of this.#flights) {
          if (other.sentAtMs < nowMs - ARRIVED_MS) continue;
          other.window = this.#window;
          this.#charged += 1;
        }
        this.#beginWindow(nowMs, true);
      } else {
        this.#phase.stillCurrent(flight.sentAtMs, offset);
      }
      this.#budget.answered(facts, this.#charged);
    }
    if (this.#budget.limit !== limitBefore) {
      this.#nextAtMs = Math.min(this.#nextAtMs, nowMs);
      this.#options.events.emit({
        event: "rate-limit-known",
        bucket: this.#options.name,
        limit: this.#budget.limit,
        budget: this.#budget.perWindow,
      });
    }
  }

  /** Whether `Remaining` rose by more than answers out of order explain: a window has begun. */
  #hasRisen(
    flight: Flight,
    facts: { readonly limit: number; readonly remaining: number },
  ): boolean {
    const budget = this.#budget;
    if (budget === undefined || facts.limit !== budget.limit) return false;
    if (this.#phase !== undefined && flight.sentAtMs < this.#phase.endLowMs) return false;
    const usedAtLeast = budget.used - this.#flights.size - this.#options.ceiling.value;
    return facts.limit - facts.remaining < usedAtLeast;
  }

  #beginWindow(nowMs: number, allUseKnown: boolean): void {
    this.#allUseKnown = allUseKnown;
    this.#refusedAtMs = undefined;
    this.#nextAtMs = nowMs;
  }

  #forgetLimit(): void {
    this.#phase = undefined;
    this.#budget = undefined;
    this.#unlimited = true;
    this.#options.events.emit({
      event: "rate-limit-known",
      bucket: this.#options.name,
      limit: undefined,
      budget: undefined,
    });
  }

  #refused(flight: Flight, facts: RateFacts, nowMs: number): number {
    const jittered = REFUSED_PAUSE_MS * (0.75 + this.#options.random() / 2);
    if (facts.limit === 0) {
      const ceiling = this.#options.ceiling.refused(flight.onWireThen, flight.sentAtMs, nowMs);
      if (ceiling !== undefined) this.#emitConcurrency(ceiling);
      return jittered;
    }
    if (facts.limit !== undefined && facts.remaining !== undefined && this.#budget !== undefined) {
      return this.#refusedByLimit(
        flight,
        { ...facts, limit: facts.limit, remaining: facts.remaining },
        nowMs,
      );
    }
    return this.#refusedBare(flight, facts, nowMs, jittered);
  }

  /** A 429 with a limit: the window is spent, or the token has a smaller cap than the headers say. */
  #refusedByLimit(
    flight: Flight,
    facts: RateFacts & { readonly limit: number; readonly remaining: number },
    nowMs: number,
  ): number {
    const window = this.#window;
    const used = this.#budget?.used ?? 0;
    this.#observe(flight, facts, nowMs);
    if (this.#budget === undefined) return 0;
    if (facts.remaining === 0) {
      this.#budget.exhausted();
      this.#emitLimited(this.#status429WaitMs(nowMs));
      return 0;
    }
    if (this.#window !== window || used === 0) return this.#pause(nowMs, REFUSED_PAUSE_MS);
    const first = this.#refusedAtMs;
    if (first === undefined) {
      this.#refusedAtMs = nowMs;
      return this.#pause(nowMs, REFUSED_PAUSE_MS);
    }
    if (flight.sentAtMs < first) return 0;
    if (!this.#allUseKnown) {
      this.#budget.exhausted();
      return 0;
    }
    const cap = this.#budget.learnCap(nowMs);
    this.#alone = false;
    this.#options.events.emit({
      event: "rate-cap-learned",
      bucket: this.#options.name,
      cap,
      hint: "The token or app has its own share of the org's limit, half of it unless changed: raise it in the Admin Console under the app's Application rate limits, or Security > API > Tokens.",
    });
    return 0;
  }

  /** A 429 that names no limit: this request waits; when they repeat, the whole bucket does. */
  #refusedBare(flight: Flight, facts: RateFacts, nowMs: number, jitteredMs: number): number {
    if (facts.retryAfterMs !== undefined) {
      return this.#pause(nowMs, Math.min(facts.retryAfterMs, LONGEST_PAUSE_MS * 10));
    }
    if (flight.sentAtMs < this.#pausedUntilMs) return jitteredMs;
    this.#refusals += 1;
    if (this.#refusals < 3) return jitteredMs;
    if (this.#budget === undefined) this.#emitConcurrency(this.#options.ceiling.halve());
    const backoffMs = Math.min(LONGEST_PAUSE_MS, jitteredMs * 2 ** (this.#refusals - 3));
    return this.#pause(nowMs, backoffMs);
  }

  /** Holds the bucket; the first request after that goes alone. */
  #pause(nowMs: number, pauseMs: number): number {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + pauseMs);
    this.#alone = true;
    this.#emitLimited(pauseMs);
    return 0;
  }

  #status429WaitMs(nowMs: number): number {
    return Math.max(0, (this.#phase?.endHighMs ?? nowMs) - nowMs);
  }

  #emitLimited(waitMs: number): void {
    this.#options.events.emit({
      event: "rate-limited",
      bucket: this.#options.name,
      waitMs: Math.round(waitMs),
    });
  }

  #emitConcurrency(ceiling: number): void {
    this.#options.events.emit({
      event: "concurrency-lowered",
      bucket: this.#options.name,
      ceiling,
    });
  }

  #wakeAt(atMs: number): void {
    const { clock } = this.#options;
    if (this.#timer !== undefined) {
      if (this.#timer.atMs <= atMs + 0.5) return;
      this.#timer.abort.abort();
    }
    const abort = new AbortController();
    const timer = { atMs, abort };
    this.#timer = timer;
    void clock.sleep(Math.max(0, atMs - clock.now()), abort.signal).then(() => {
      if (this.#timer !== timer) return;
      this.#timer = undefined;
      this.pump();
    });
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("aborted", { cause: reason });
}
