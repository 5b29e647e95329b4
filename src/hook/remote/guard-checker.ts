import type { Clock } from "../../core/index.ts";
import type { CheckAnswer, PasswordChecker } from "../checking/password-checker.ts";
import { guardPlace } from "./guard-place.ts";

/** A place that is reached over a network, with a circuit breaker: `guardPlace`. */
export function guardChecker(inner: PasswordChecker, clock: Clock): PasswordChecker {
  const guarded = guardPlace<CheckAnswer>(
    clock,
    (answer) => answer.kind === "untold" && answer.because === "unreadable",
  );
  return {
    name: inner.name,
    check: async (typed) => {
      const answer = await guarded(() => inner.check(typed), typed.signal);
      return { by: { store: inner.name }, ...answer };
    },
  };
}
