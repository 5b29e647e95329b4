/** How a load that is to be killed is slowed down, so that there is a middle to hit. */
export interface KillAim {
  /** Requests that the first process may have in flight. */
  readonly concurrency: number;
  /** What the org adds to each answer until the kill. */
  readonly latencyMs: number;
}

/** A load is to be under way for about so long before it is killed, whatever its size. */
const UNDER_WAY_MS = 2400;
/** Waves of requests that a small load comes in: half of them are left when it is killed. */
const WAVES = 8;
const LATENCY_RANGE_MS = { least: 25, most: 600 };

/**
 * Slows a load down as far as its size needs. In flight is at most an eighth of it, so that its first half is
 * not followed by all the rest within the same instant.
 *
 * @param users that it is likely to create
 * @param mostConcurrent requests that it may have in flight anyway
 */
export function aimKill(users: number, mostConcurrent: number): KillAim {
  const concurrency = Math.max(1, Math.min(mostConcurrent, Math.floor(users / WAVES)));
  const latencyMs = Math.round((UNDER_WAY_MS * concurrency) / Math.max(1, users));
  const { least, most } = LATENCY_RANGE_MS;
  return { concurrency, latencyMs: Math.min(most, Math.max(least, latencyMs)) };
}
