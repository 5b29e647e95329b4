import { BUCKETS } from "../routes/route-table.ts";

/** Limits of an org: requests per bucket and minute, and how many at once. */
export interface LimitPlan {
  readonly limits: ReadonlyMap<string, number>;
  readonly concurrency: number;
}

/**
 * Okta's last published default limits, by kind of org. @see docs/okta/rate-limits.md#windows
 *
 * The share of a limit that one token may use is no part of them: that is the token cap.
 */
export const LIMIT_PLANS: Readonly<Record<string, LimitPlan>> = {
  "integrator-free": plan(35, [100, 100, 100, 100, 100, 100, 20]),
  "one-app": plan(75, [600, 600, 1000, 600, 600, 600, 50]),
  enterprise: plan(75, [600, 600, 1000, 600, 600, 600, 50]),
  workforce: plan(75, [600, 600, 2000, 500, 1000, 1200, 120]),
};

/** Users, one user written, one user read, groups, one group, all else, the System Log. */
function plan(
  concurrency: number,
  perMinute: readonly [number, number, number, number, number, number, number],
): LimitPlan {
  const [users, writeUser, readUser, groups, group, other, logs] = perMinute;
  const limits = new Map<string, number>([
    [BUCKETS.createUsers, users],
    [BUCKETS.listUsers, users],
    [BUCKETS.writeUser, writeUser],
    [BUCKETS.readUser, readUser],
    [BUCKETS.groups, groups],
    [BUCKETS.group, group],
    [BUCKETS.authn, other],
    [BUCKETS.other, other],
    [BUCKETS.logs, logs],
  ]);
  return { limits, concurrency };
}
