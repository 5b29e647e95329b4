import type { Clock, EventSink } from "../../core/index.ts";
import type { ServerClock } from "../server-clock.ts";
import type { ConcurrencyCeiling } from "./concurrency-ceiling.ts";
import { type Flight, Flights } from "./flights.ts";
import { GO, type LimitFacts, PacedWindow, type Waiting } from "./paced-window.ts";
import type { BucketStatus, RateFacts, RateTicket } from "./rate-facts.ts";
import { Refusals } from "./refusals.ts";
import { WaitingLine } from "./waiting-line.ts";
import { USUAL_WINDOW_MS } from "./window-phase.ts";

/** Answers in a row without rate headers before a bucket that had a limit is taken to have none. */
const ANSWERS_WITHOUT_LIMIT = 20;

const CAP_HINT =
  "The token or app has its own share of the org's limit, half of it unless changed: raise it in the Admin Console under the app's Application rate limits, or Security > API > Tokens.";

/** What a bucket needs of the rest of the governor. */
export interface BucketOptions {
  /** Method and route template, such as `POST /api/v1/users`. */
  readonly name: string;
  readonly share: number;
  readonly ceiling: ConcurrencyCeiling;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: EventSink;
  /** Called when a place on the wire became free: lets go whoever waits for it, in any bucket. */
  readonly onFreed: () => void;
}

/**
 * One (method, route) bucket of the org's rate limits: the gate that every request of it passes.
 *
 * - **unknown**: no answer yet. One request at a time, until an answer tells.
 * - **paced**: answers carry a limit, and {@link PacedWindow} says when the next request leaves.
 * - **unlimited**: answers carry no limit. Only the ceiling on requests in flight bounds it.
 *
 * In each of them refusals that nothing explains hold it for a while: {@link Refusals}.
 */
export class Bucket {
  readonly #options: BucketOptions;
  readonly #line: WaitingLine;
  readonly #flights = new Flights();
  readonly #refusals: Refusals;
  #window: PacedWindow | undefined;
  #unlimited = false;
  #answersWithoutLimit = 0;

  constructor(options: BucketOptions) {
    this.#options = options;
    this.#refusals = new Refusals(options.random);
    this.#line = new WaitingLine(options.clock, {
      waitMs: (nowMs) => this.#waiting(nowMs).waitMs,
      send: (nowMs) => this.#send(nowMs),
    });
  }

  /** Resolves when one more request may leave; one that was refused before goes first. */
  admit(signal: AbortSignal | undefined, again: boolean): Promise<RateTicket> {
    return this.#line.join(signal, again);
  }

  /** Lets go whoever may go now; `again`: only those that come again. */
  pump(who: "again" | "all"): void {
    this.#line.pump(who);
  }

  /** Where the bucket stands now. */
  status(): BucketStatus {
    const { waitMs, waitingFor } = this.#line.isEmpty
      ? GO
      : this.#waiting(this.#options.clock.now());
    return {
      limit: this.#window?.budget.limit,
      budget: this.#window?.budget.perWindow,
      windowMs: this.#window?.phase.windowMs ?? USUAL_WINDOW_MS,
      used: this.#window?.budget.used ?? 0,
      waitingFor,
      waitMs: waitMs === Infinity ? undefined : waitMs,
    };
  }

  #waiting(nowMs: number): Waiting {
    const { pausedUntilMs, probing } = this.#refusals;
    if (nowMs < pausedUntilMs) return { waitMs: pausedUntilMs - nowMs, waitingFor: "pause" };
    if (!this.#options.ceiling.hasRoom()) return { waitMs: Infinity, waitingFor: "concurrency" };
    const oneByOne = probing || (this.#window === undefined && !this.#unlimited);
    if (oneByOne && this.#flights.size > 0) return { waitMs: Infinity, waitingFor: "answer" };
    return this.#window?.waiting(nowMs) ?? GO;
  }

  #send(nowMs: number): RateTicket {
    const { ceiling, clock } = this.#options;
    this.#window?.noteSend(nowMs);
    ceiling.admit();
    const flight = this.#flights.start(nowMs);
    const takeOff = (): void => {
      flight.onWire = true;
      flight.sentAtMs = clock.now();
      flight.onWireThen = ceiling.onWire;
    };
    return {
      slot: () => {
        const wait = ceiling.take();
        if (wait === undefined) takeOff();
        return wait?.then(takeOff);
      },
      answered: (facts) => this.#answered(flight, facts),
      unanswered: () => {
        this.#window?.noteLost(flight);
        this.#land(flight);
      },
      release: () => this.#land(flight),
    };
  }

  #land(flight: Flight): void {
    this.#flights.end(flight);
    if (flight.onWire) this.#options.ceiling.free();
    else this.#options.ceiling.cancel();
    this.#options.onFreed();
  }

  #answered(flight: Flight, facts: RateFacts): { readonly retryAfterMs: number } {
    const { clock, serverClock } = this.#options;
    const nowMs = clock.now();
    if (facts.dateMs !== undefined) serverClock.observe(facts.dateMs, flight.sentAtMs, nowMs);
    this.#flights.noteLatency(nowMs - flight.sentAtMs);
    // It counts as answered from here on, no longer as under way; its place is freed at the end.
    this.#flights.end(flight);
    const retryAfterMs = facts.status === 429 ? this.#refused(flight, facts, nowMs) : 0;
    if (facts.status !== 429) this.#accepted(flight, facts, nowMs);
    this.#land(flight);
    return { retryAfterMs };
  }

  #accepted(flight: Flight, facts: RateFacts, nowMs: number): void {
    this.#refusals.noteAccepted(flight.sentAtMs);
    this.#options.ceiling.succeeded();
    if (namesLimit(facts)) {
      this.#answersWithoutLimit = 0;
      this.#observe(flight, facts, nowMs);
      return;
    }
    this.#answersWithoutLimit += 1;
    if (this.#window === undefined) this.#unlimited ||= facts.status < 500;
    else if (this.#answersWithoutLimit >= ANSWERS_WITHOUT_LIMIT) this.#forgetLimit();
    else this.#window.noteLost(flight);
  }

  #observe(flight: Flight, facts: LimitFacts, nowMs: number): void {
    const { share, serverClock } = this.#options;
    const offset = serverClock.offset();
    const limitBefore = this.#window?.budget.limit;
    if (this.#window === undefined) {
      const flights = this.#flights;
      this.#window = new PacedWindow(facts, { share, flights, flight, offset, nowMs });
    } else if (this.#window.observe(facts, flight, { offset, nowMs })) {
      this.#refusals.noteNewWindow();
    }
    if (this.#window.budget.limit !== limitBefore) this.#tellLimit();
  }

  #forgetLimit(): void {
    this.#window = undefined;
    this.#unlimited = true;
    this.#tellLimit();
  }

  /** @returns how long the refused request waits before it asks again */
  #refused(flight: Flight, facts: RateFacts, nowMs: number): number {
    if (facts.limit === 0) {
      const { ceiling } = this.#options;
      this.#tellCeiling(ceiling.refused(flight.onWireThen, flight.sentAtMs, nowMs));
      // Alone on the wire and refused: others fill the org, and the next of ours would fare no better.
      if (flight.onWireThen <= 1) this.#tellPause(this.#refusals.noteUnexplained(nowMs));
      return this.#refusals.shortPauseMs();
    }
    if (namesLimit(facts)) return this.#refusedByLimit(flight, facts, nowMs);
    const { waitMs, all } = this.#refusals.noteBare({ ...facts, sentAtMs: flight.sentAtMs }, nowMs);
    if (!all) return waitMs;
    if (this.#window === undefined) this.#tellCeiling(this.#options.ceiling.halve());
    this.#tellPause(waitMs);
    return 0;
  }

  /** A 429 with a limit: the window is spent, or the token has a smaller cap than the headers say. */
  #refusedByLimit(flight: Flight, facts: LimitFacts, nowMs: number): number {
    this.#observe(flight, facts, nowMs);
    const window = this.#window;
    if (window === undefined) return 0;
    if (facts.remaining === 0) {
      window.noteExhausted();
      const leftMs = window.phase.endHighMs - nowMs;
      this.#tellPause(leftMs > 0 ? leftMs : this.#refusals.noteUnexplained(nowMs));
      return 0;
    }
    const { windowMs } = window.phase;
    const pauseMs = this.#refusals.noteContradiction(flight.sentAtMs, nowMs, windowMs);
    if (pauseMs === undefined) return 0;
    if (pauseMs > 0) this.#tellPause(pauseMs);
    else this.#tellCap(window.noteCap(nowMs));
    return 0;
  }

  #tellLimit(): void {
    const { name: bucket, events } = this.#options;
    const budget = this.#window?.budget;
    const { limit, perWindow } = budget ?? { limit: undefined, perWindow: undefined };
    events.emit({ event: "rate-limit-known", bucket, limit, budget: perWindow });
  }

  #tellCap(cap: number | undefined): void {
    const { name: bucket, events } = this.#options;
    if (cap !== undefined) events.emit({ event: "rate-cap-learned", bucket, cap, hint: CAP_HINT });
  }

  #tellPause(waitMs: number): void {
    const { name: bucket, events } = this.#options;
    events.emit({ event: "rate-limited", bucket, waitMs: Math.round(waitMs) });
  }

  #tellCeiling(ceiling: number | undefined): void {
    const { name: bucket, events } = this.#options;
    if (ceiling !== undefined) events.emit({ event: "concurrency-lowered", bucket, ceiling });
  }
}

function namesLimit(facts: RateFacts): facts is LimitFacts {
  return facts.limit !== undefined && facts.limit > 0 && facts.remaining !== undefined;
}
