import type { Computation } from "../formats/index.ts";
import { checkComputation } from "./computations/check-computation.ts";
import type { Verdict } from "./password-verifier.ts";

/** What a worker thread is asked. */
export interface Order {
  readonly computation: Computation;
  /** Belongs to the thread. */
  readonly password: Uint8Array;
}

/** What a worker thread can say. */
export type Answer = Extract<Verdict, "right" | "wrong" | "unable">;

/**
 * Works an order off and fills its password with zeros. What stands in its way is told by nothing
 * but `unable`: the text of an error may quote what was worked on.
 */
export function answerOrder({ computation, password }: Order): Answer {
  try {
    return checkComputation(computation, password) ? "right" : "wrong";
  } catch {
    return "unable";
  } finally {
    password.fill(0);
  }
}
