import type { CheckAnswer, PasswordChecker } from "./password-checker.ts";

/**
 * Several places, asked in order: the password is right where one says so; whether it is wrong can be
 * said only when every one of them could tell.
 */
export function chainCheckers(checkers: readonly PasswordChecker[]): PasswordChecker {
  return {
    name: checkers.map(({ name }) => name).join("+"),
    check: async (typed) => {
      let answer: CheckAnswer = { kind: "unknown" };
      for (const checker of checkers) {
        // The password is gone then: a place would be given another one, and count it as wrong.
        if (typed.signal.aborted) return { kind: "untold", because: "late" };
        const next = await checker.check(typed);
        if (next.kind === "verified") return next;
        if (WEIGHTS[next.kind] > WEIGHTS[answer.kind] || answer.by === undefined) answer = next;
      }
      return answer;
    },
  };
}

/** Which answer of several stands. */
const WEIGHTS = { unknown: 0, wrong: 1, untold: 2, verified: 3 } as const;
