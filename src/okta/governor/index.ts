/*
 * governor owns the pace of every request to the org: one gate a (method, route) bucket, learned
 * from the answers' headers and never from a built-in table, and one ceiling on what is in flight.
 * It knows nothing of users, bodies or sockets.
 */
import type { Clock, EventSink } from "../../core/index.ts";
import type { ServerClock } from "../server-clock.ts";
import { Bucket } from "./bucket.ts";
import { ConcurrencyCeiling } from "./concurrency-ceiling.ts";
import type { BucketStatus, RateTicket } from "./rate-facts.ts";

export type { BucketStatus, RateFacts, RateTicket } from "./rate-facts.ts";

/** What the governor is made with. */
export interface GovernorOptions {
  /** Part of each limit that may be used, above 0 and up to 1. @default 0.9 */
  readonly rateShare: number;
  /** Ceiling on requests in flight, over all buckets; 1 or more. @default 50 */
  readonly maxConcurrency: number;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  /** Numbers from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly events: EventSink;
}

/** How a request asks to be let through. */
export interface AdmitOptions {
  readonly signal?: AbortSignal;
  /** Whether it repeats a request that was refused, or settles one that was lost: it goes first. */
  readonly again?: boolean;
}

/** The one gate that every request of a run passes. */
export interface RateGovernor {
  /**
   * Resolves when the bucket has room for one more request; rejects with the signal's reason.
   *
   * @param bucket method and route template, such as `POST /api/v1/users`
   */
  admit(bucket: string, options?: AdmitOptions): Promise<RateTicket>;
  /** Where a bucket stands; undefined before its first request. */
  status(bucket: string): BucketStatus | undefined;
  /** Requests on the wire, and how many may be. */
  concurrency(): { readonly inFlight: number; readonly ceiling: number };
}

/** Makes the governor of one org. */
export function createGovernor(options: GovernorOptions): RateGovernor {
  const ceiling = new ConcurrencyCeiling(options.maxConcurrency);
  const buckets = new Map<string, Bucket>();
  // A look-up settles what was sent before: no create takes its place, or lost ones would pile up.
  const onFreed = (): void => {
    if (buckets.size > 1) for (const bucket of buckets.values()) bucket.pump("again");
    for (const bucket of buckets.values()) bucket.pump("all");
  };
  const bucketOf = (name: string): Bucket => {
    let bucket = buckets.get(name);
    if (bucket === undefined) {
      bucket = new Bucket({
        name,
        share: options.rateShare,
        ceiling,
        serverClock: options.serverClock,
        clock: options.clock,
        random: options.random,
        events: options.events,
        onFreed,
      });
      buckets.set(name, bucket);
    }
    return bucket;
  };
  return {
    admit: (name, { signal, again = false } = {}) => bucketOf(name).admit(signal, again),
    status: (name) => buckets.get(name)?.status(),
    concurrency: () => ({ inFlight: ceiling.onWire, ceiling: ceiling.value }),
  };
}
