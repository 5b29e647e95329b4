import type { Clock } from "../../core/index.ts";
import type { EmulatorSettings } from "./settings.ts";

/** Older windows are forgotten: a day of minutes is kept, for inspection only. */
const KEPT_WINDOWS = 1440;

/** One window of a bucket, for inspection. */
export interface WindowCount {
  /** Milliseconds since the emulator's start; the first window began before it. */
  readonly startedAtMs: number;
  /** The limit when it was last looked at. */
  limit: number;
  accepted: number;
  refused: number;
}

/** What a bucket says to a request. */
export interface RateVerdict {
  readonly isAccepted: boolean;
  /** Whether the token's own cap is what refused it. */
  readonly isCapped: boolean;
  /** Whether it is the first one that the window refuses. */
  readonly isFirstRefusal: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** End of the window by the org's clock, in whole seconds since 1970, rounded up. */
  readonly resetAtSeconds: number;
}

interface Bucket {
  readonly phaseMs: number;
  index: number;
  current: WindowCount;
  readonly windows: WindowCount[];
}

/**
 * Fixed windows per bucket. They run from the start on, whether there are requests or not, each
 * bucket's with a phase of its own, aligned to no clock.
 *
 * @see docs/okta/rate-limits.md#windows
 */
export class RateWindows {
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #random: () => number;
  readonly #startedAt: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(parts: {
    readonly clock: Clock;
    readonly windowMs: number;
    readonly random: () => number;
    readonly bucketNames: readonly string[];
  }) {
    this.#clock = parts.clock;
    this.#windowMs = parts.windowMs;
    this.#random = parts.random;
    this.#startedAt = parts.clock.now();
    for (const name of parts.bucketNames) this.#bucketOf(name);
  }

  /** Milliseconds since the start. */
  elapsedMs(): number {
    return this.#clock.now() - this.#startedAt;
  }

  /** Counts a request against its bucket, which has a limit. */
  take(name: string, limit: number, settings: EmulatorSettings): RateVerdict {
    const elapsed = this.elapsedMs();
    const bucket = this.#bucketOf(name);
    const index = Math.floor((elapsed + bucket.phaseMs) / this.#windowMs);
    if (index !== bucket.index) this.#open(bucket, index);
    const { current } = bucket;
    current.limit = limit;
    const intoMs = elapsed - current.startedAtMs;
    const others = Math.floor((settings.otherTraffic * intoMs) / this.#windowMs);
    const isFull = current.accepted + others >= limit;
    const isCapped = !isFull && settings.tokenCap > 0 && current.accepted >= settings.tokenCap;
    const isAccepted = !isFull && !isCapped;
    if (isAccepted) current.accepted += 1;
    else current.refused += 1;
    const endsAtMs = this.#clock.wallNow() + settings.clockSkewMs + this.#windowMs - intoMs;
    return {
      isAccepted,
      isCapped,
      isFirstRefusal: !isAccepted && current.refused === 1,
      limit,
      remaining: Math.max(0, limit - current.accepted - others),
      resetAtSeconds: Math.ceil(endsAtMs / 1000),
    };
  }

  /** Windows in which there were requests, oldest first, by bucket. */
  counts(): Readonly<Record<string, readonly WindowCount[]>> {
    const counts: Record<string, readonly WindowCount[]> = {};
    for (const [name, bucket] of this.#buckets) {
      if (bucket.windows.length > 0) counts[name] = bucket.windows;
    }
    return counts;
  }

  #bucketOf(name: string): Bucket {
    const known = this.#buckets.get(name);
    if (known !== undefined) return known;
    const phaseMs = this.#random() * this.#windowMs;
    const current = { startedAtMs: -phaseMs, limit: 0, accepted: 0, refused: 0 };
    const bucket: Bucket = { phaseMs, index: -1, current, windows: [] };
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #open(bucket: Bucket, index: number): void {
    const startedAtMs = index * this.#windowMs - bucket.phaseMs;
    bucket.index = index;
    bucket.current = { startedAtMs, limit: 0, accepted: 0, refused: 0 };
    bucket.windows.push(bucket.current);
    if (bucket.windows.length > KEPT_WINDOWS) bucket.windows.shift();
  }
}
