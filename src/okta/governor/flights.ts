/** Requests older than this at a window's start were counted in the window before. */
const ARRIVED_MS = 2000;

/** A request from admission to answer. */
export interface Flight {
  /** Whether it has taken its place on the wire. */
  onWire: boolean;
  sentAtMs: number;
  /** How many requests were on the wire when it left, itself included. */
  onWireThen: number;
  /** The window in whose budget it counts. */
  window: number;
}

/** The requests of one bucket that are under way, and the windows they count in. */
export class Flights {
  readonly #underWay = new Set<Flight>();
  #window = 0;
  #charged = 0;
  #latencyMs = 0;
  #lastSentAtMs: number | undefined;

  /** How many are under way. */
  get size(): number {
    return this.#underWay.size;
  }

  /** How many of them count in the current window. */
  get charged(): number {
    return this.#charged;
  }

  /** How long an answer takes of late; slower ones weigh more, so that it is rarely too short. */
  get latencyMs(): number {
    return this.#latencyMs;
  }

  /** When the last one was let go. */
  get lastSentAtMs(): number | undefined {
    return this.#lastSentAtMs;
  }

  start(nowMs: number): Flight {
    this.#lastSentAtMs = nowMs;
    const flight = { onWire: false, sentAtMs: nowMs, onWireThen: 0, window: this.#window };
    this.#underWay.add(flight);
    this.#charged += 1;
    return flight;
  }

  /** It is under way no longer; saying so twice does nothing. */
  end(flight: Flight): void {
    if (this.#underWay.delete(flight) && this.isOfThisWindow(flight)) this.#charged -= 1;
  }

  isOfThisWindow(flight: Flight): boolean {
    return flight.window === this.#window;
  }

  /** Whether one of this window left at that time or later. */
  hasLeftSince(atMs: number): boolean {
    for (const flight of this.#underWay) {
      if (this.isOfThisWindow(flight) && flight.sentAtMs >= atMs) return true;
    }
    return false;
  }

  /** A new window began: what left a while ago was counted in the one before. */
  beginWindow(nowMs: number): void {
    this.#window += 1;
    this.#charged = 0;
    for (const flight of this.#underWay) {
      if (flight.sentAtMs < nowMs - ARRIVED_MS) continue;
      flight.window = this.#window;
      this.#charged += 1;
    }
  }

  noteLatency(latencyMs: number): void {
    const weight = latencyMs > this.#latencyMs ? 0.2 : 0.05;
    this.#latencyMs += (latencyMs - this.#latencyMs) * weight;
  }
}
