import type { Clock } from "../../../core/index.ts";
import type { KeptSignIn } from "../../../okta/index.ts";
import { unlessStopped } from "../../run/unless-stopped.ts";

/** An answer that may bring tokens is waited for so long once somebody wants to stop. */
const LATE_ANSWER_MS = 5_000;

/** What a sign-in is waited for with. */
export interface SignInWaiting {
  /** Ends soon after the signal fires, unless an answer is under way that may bring tokens. */
  readonly signingIn: Promise<KeptSignIn>;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Ends tokens at the org; whether it has. */
  readonly revoke: (signIn: KeptSignIn) => Promise<boolean>;
}

/** How waiting for a sign-in ended. */
export type SignInEnd =
  | { readonly kind: "signed-in"; readonly signIn: KeptSignIn }
  /** `granted`: whether the org granted tokens all the same, and what became of them. */
  | { readonly kind: "stopped"; readonly granted: "nothing" | "revoked" | "not-revoked" };

/**
 * Waits for a sign-in, or until the signal fires: what the org grants by then is of no use to anybody,
 * and is ended at the org.
 *
 * @throws what signing in throws, before the signal fires
 */
export async function signInUnlessStopped({
  signingIn,
  signal,
  clock,
  revoke,
}: SignInWaiting): Promise<SignInEnd> {
  const signIn = await unlessStopped(signingIn, signal);
  if (signIn !== undefined && !signal.aborted) return { kind: "signed-in", signIn };
  const late = await inTime(signingIn, clock);
  if (late === undefined) return { kind: "stopped", granted: "nothing" };
  return { kind: "stopped", granted: (await revoke(late)) ? "revoked" : "not-revoked" };
}

async function inTime(
  signingIn: Promise<KeptSignIn>,
  clock: Clock,
): Promise<KeptSignIn | undefined> {
  const isOver = new AbortController();
  const giveUp = clock.sleep(LATE_ANSWER_MS, isOver.signal).then(() => undefined);
  try {
    return await Promise.race([signingIn.catch(() => undefined), giveUp]);
  } finally {
    isOver.abort();
  }
}
