import { formatCount } from "../format-number.ts";

const MINUTE_MS = 60_000;

/** What the time of a full run is computed from. */
export interface FullRunParts {
  /** Users that it creates. */
  readonly creates: number;
  /** Creates a minute that the org allows everybody together. */
  readonly limitPerMinute: number;
  /** Part of it that one token or app may use, from 0 to 1. */
  readonly tokenShare: number;
  /** Part of that that the run uses, from 0 to 1. */
  readonly rateShare: number;
}

/** How long a full run takes at an org's limits: computed, never measured. */
export interface FullRun {
  readonly creates: number;
  readonly perMinute: number;
  readonly durationMs: number;
  readonly atTwiceTheLimits: { readonly perMinute: number; readonly durationMs: number };
  /** What it was computed from, for people. */
  readonly basis: string;
}

/**
 * Computes how long a full run takes at an org's true limits, and at twice these. Every user costs one
 * request of the bucket that creates them; nothing else is slower.
 */
export function computeFullRun(parts: FullRunParts): FullRun {
  const { creates, limitPerMinute, tokenShare, rateShare } = parts;
  const perMinute = limitPerMinute * tokenShare * rateShare;
  const durationMs = (creates / perMinute) * MINUTE_MS;
  return {
    creates,
    perMinute,
    durationMs,
    atTwiceTheLimits: { perMinute: perMinute * 2, durationMs: durationMs / 2 },
    basis:
      `computed from ${formatCount(limitPerMinute)} creates a minute × ` +
      `${Math.round(tokenShare * 100)} % for one token × ${rateShare} share of the run = ` +
      `${formatCount(perMinute)} a minute; not measured`,
  };
}
