import type { Clock } from "../../core/index.ts";

/** Failures in a row that open the circuit: fewer may be one lost connection. */
const MOST_FAILURES = 5;
/** For so long nothing is asked then; after it one call tries. */
const REST_MS = 5_000;
/** Who had so long and gave no answer has failed. */
const FAIR_MS = 1_000;
/** Calls in flight, so that a place that hangs does not gather all there are. */
const MOST_IN_FLIGHT = 64;

/** Why a place is not asked now. */
export interface NotAsked {
  readonly kind: "untold";
  readonly because: "unreadable" | "overloaded";
}

/**
 * A circuit breaker before a place that is reached over a network.
 *
 * - closed: it is asked; five failures in a row open it.
 * - open: for five seconds nothing is asked, and "could not tell" is said at once.
 * - trying: one call goes through; its success closes it, its failure opens it again.
 *
 * A place that had too little time left to answer has not failed: those before it took the time.
 *
 * @param isFailure whether an answer says that the place can't be reached
 * @returns asks it; never rejects where asking does not
 */
export function guardPlace<Answer>(
  clock: Clock,
  isFailure: (answer: Answer) => boolean,
): (ask: () => Promise<Answer>, signal: AbortSignal) => Promise<Answer | NotAsked> {
  let failures = 0;
  let openUntilMs = 0;
  let inFlight = 0;
  let isTrying = false;
  const isOpen = (): boolean =>
    failures >= MOST_FAILURES && (isTrying || clock.now() < openUntilMs);
  const note = (answer: Answer, hadTime: boolean): void => {
    if (!isFailure(answer)) {
      failures = 0;
      return;
    }
    if (!hadTime) return;
    failures += 1;
    openUntilMs = clock.now() + REST_MS;
  };
  return async (ask, signal) => {
    if (isOpen()) return { kind: "untold", because: "unreadable" };
    if (inFlight >= MOST_IN_FLIGHT) return { kind: "untold", because: "overloaded" };
    const tries = failures >= MOST_FAILURES;
    isTrying ||= tries;
    inFlight += 1;
    const askedAtMs = clock.now();
    try {
      const answer = await ask();
      note(answer, !signal.aborted || clock.now() - askedAtMs >= FAIR_MS);
      return answer;
    } finally {
      inFlight -= 1;
      if (tries) isTrying = false;
    }
  };
}
