import type { Clock } from "../../core/index.ts";
import type { KeptSignIn, SignInConnection } from "../../okta/index.ts";

/** Nobody waits longer for an org to hear that a sign-in is over. */
const PATIENCE_MS = 15_000;

/**
 * Ends the tokens of a sign-in at the org, as far as it can be reached soon.
 *
 * @returns whether the org has ended them
 */
export async function revokeInTime(
  connection: SignInConnection,
  signIn: KeptSignIn,
  clock: Clock,
): Promise<boolean> {
  const isOver = new AbortController();
  const revoking = connection.revoke(signIn).catch(() => false);
  const giveUp = clock.sleep(PATIENCE_MS, isOver.signal).then(() => false);
  try {
    return await Promise.race([revoking, giveUp]);
  } finally {
    isOver.abort();
  }
}
