import type { Secret } from "../../core/index.ts";
import type { Computation } from "../formats/index.ts";

/** One password against one stored hash. */
export interface Question {
  readonly computation: Secret<Computation>;
  /** UTF-8. Taken over by the verifier, which fills it with zeros when the answer is given. */
  readonly password: Uint8Array;
  /** Monotonic time after which nobody waits for the answer; a question that waits so long is not worked on. */
  readonly deadlineMs?: number;
}

/**
 * What came of a question. `full`: too many wait, told at once. `late`: its deadline passed before
 * it was begun. `unable`: it could not be computed, such as for want of memory; says nothing about the
 * password.
 */
export type Verdict = "right" | "wrong" | "full" | "late" | "unable";

/** Checks passwords in worker threads, never on the event loop. */
export interface PasswordVerifier {
  /** Never rejects. */
  verify(question: Question): Promise<Verdict>;
  /** Questions that are being worked on, and that wait. */
  readonly load: { readonly running: number; readonly waiting: number };
  /** Ends its threads; what waits or runs is `unable`. */
  close(): Promise<void>;
}
