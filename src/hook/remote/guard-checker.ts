import type { Clock } from "../../core/index.ts";
import type { CheckAnswer, PasswordChecker } from "../checking/password-checker.ts";

/** Failures in a row that open the circuit: fewer may be one lost connection. */
const MOST_FAILURES = 5;
/** For so long nothing is asked then; after it one call tries. */
const REST_MS = 5_000;
/** Calls in flight, so that a place that hangs does not gather all there are. */
const MOST_IN_FLIGHT = 64;

/**
 * A place that is reached over a network, with a circuit breaker.
 *
 * - closed: it is asked; five failures in a row open it.
 * - open: for five seconds nothing is asked, and "could not tell" is said at once.
 * - trying: one call goes through; its success closes it, its failure opens it again.
 */
export function guardChecker(inner: PasswordChecker, clock: Clock): PasswordChecker {
  let failures = 0;
  let openUntilMs = 0;
  let inFlight = 0;
  let isTrying = false;
  const by = { store: inner.name };
  const isOpen = (): boolean =>
    failures >= MOST_FAILURES && (isTrying || clock.now() < openUntilMs);
  const note = (answer: CheckAnswer): void => {
    if (answer.kind !== "untold" || answer.because !== "unreadable") {
      failures = 0;
      return;
    }
    failures += 1;
    openUntilMs = clock.now() + REST_MS;
  };
  return {
    name: inner.name,
    check: async (typed) => {
      if (isOpen()) return { kind: "untold", because: "unreadable", by };
      if (inFlight >= MOST_IN_FLIGHT) return { kind: "untold", because: "overloaded", by };
      const tries = failures >= MOST_FAILURES;
      isTrying ||= tries;
      inFlight += 1;
      try {
        const answer = await inner.check(typed);
        note(answer);
        return answer;
      } finally {
        inFlight -= 1;
        if (tries) isTrying = false;
      }
    },
  };
}
