import { InvariantError, type Summary, type Totals, type Traffic } from "../core/index.ts";

/** What a summary is made of. */
export interface SummaryParts {
  /** The run's folder, as given. */
  readonly run: string;
  /** Origin of the org. */
  readonly org: string;
  readonly scenario: string;
  readonly totals: Totals;
  /** Records that `where` leaves out. @default none */
  readonly leftOut?: number;
  readonly traffic: Traffic;
  /** Time spent running, all processes together, in milliseconds. */
  readonly elapsedMs: number;
}

/**
 * The summary of a run, its keys in the order that is promised, its numbers whole.
 *
 * @throws {InvariantError} when the totals do not add up: a record would be lost or counted twice
 */
export function summarise({
  run,
  org,
  scenario,
  totals,
  leftOut = 0,
  traffic,
  elapsedMs,
}: SummaryParts): Summary {
  const { records, created, updated, existing, rejected, failed, pending } = totals;
  const sum = created + updated + existing + rejected + failed + pending;
  if (records !== sum) {
    throw new InvariantError(
      `The run counts ${records} records, and their endings add up to ${sum}.`,
    );
  }
  return {
    event: "summary",
    run,
    org,
    scenario,
    records,
    created,
    updated,
    existing,
    rejected,
    failed,
    pending,
    requests: traffic.requests,
    rateLimited: traffic.rateLimited,
    retries: traffic.retries,
    elapsedMs: Math.round(elapsedMs),
    finished: pending === 0,
    ...(leftOut === 0 ? {} : { leftOut }),
  };
}
