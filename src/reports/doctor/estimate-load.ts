const MINUTE_MS = 60_000;

/** Calls of one bucket that each user takes. */
export interface BucketLoad {
  /** Requests a minute that the org allows; undefined where it announces no limit. */
  readonly limitPerMinute: number | undefined;
  /** Above 0. */
  readonly callsPerUser: number;
}

/** What a load of users is reckoned from. */
export interface LoadPlan {
  readonly users: number;
  readonly buckets: readonly BucketLoad[];
  /** Part of each limit that the token may use: 0.5 where it is capped at half. */
  readonly tokenShare: number;
  /** Part of what the token may use that the run takes (`--rate-share`). */
  readonly rateShare: number;
}

/** How fast a load goes, and how long it takes. */
export interface LoadEstimate {
  readonly usersPerMinute: number;
  readonly durationMs: number;
}

/**
 * How long it takes to create users; undefined where no bucket has a limit, so that nothing can be
 * reckoned.
 */
export function estimateLoad(plan: LoadPlan): LoadEstimate | undefined {
  const rates = plan.buckets.flatMap(({ limitPerMinute, callsPerUser }) =>
    limitPerMinute === undefined ? [] : [limitPerMinute / callsPerUser],
  );
  if (rates.length === 0) return undefined;
  const usersPerMinute = Math.min(...rates) * Math.min(1, plan.tokenShare) * plan.rateShare;
  return { usersPerMinute, durationMs: (plan.users / usersPerMinute) * MINUTE_MS };
}

/** Requests in flight that a rate needs when each answer takes so long. */
export function neededInFlight(perMinute: number, answerMs: number): number {
  return Math.max(1, Math.ceil((perMinute / MINUTE_MS) * answerMs));
}
