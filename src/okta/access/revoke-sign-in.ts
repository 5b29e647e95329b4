import type { Clock } from "../../core/index.ts";
import type { OrgCaller } from "../org-caller.ts";
import type { KeptSignIn } from "./kept-sign-in.ts";
import { type OrgRequest, SINGLE_BODY_BYTES } from "../transport.ts";

const REVOKE_PATH = "/oauth2/v1/revoke";
/** Nobody waits longer for an org to hear that a sign-in is over. */
const PATIENCE_MS = 15_000;

/** What the org is told with. */
export interface RevocationParts {
  /** Sends without a token. */
  readonly caller: OrgCaller;
  readonly clock: Clock;
}

/**
 * Tells the org that the tokens of a sign-in are of no more use, as far as it can be reached soon. A
 * token that has ended already is no error.
 *
 * @returns whether the org has ended all of them; nothing is thrown
 * @see docs/okta/access.md#sign-in-by-people
 */
export async function revokeSignIn(
  { caller, clock }: RevocationParts,
  signIn: KeptSignIn,
): Promise<boolean> {
  const isOver = new AbortController();
  const revoking = revokeAll(caller, signIn).catch(() => false);
  const giveUp = clock.sleep(PATIENCE_MS, isOver.signal).then(() => false);
  try {
    return await Promise.race([revoking, giveUp]);
  } finally {
    isOver.abort();
  }
}

async function revokeAll(
  caller: OrgCaller,
  { clientId, refreshToken, accessToken }: KeptSignIn,
): Promise<boolean> {
  let isDone = true;
  for (const [hint, token] of [
    ["refresh_token", refreshToken],
    ["access_token", accessToken],
  ] as const) {
    if (token === undefined) continue;
    const request: OrgRequest = {
      method: "POST",
      route: REVOKE_PATH,
      path: REVOKE_PATH,
      kind: "read",
      contentType: "application/x-www-form-urlencoded",
      makeBody: () =>
        Promise.resolve(
          new URLSearchParams({
            token: token.reveal(),
            token_type_hint: hint,
            client_id: clientId,
          }).toString(),
        ),
      maxBodyBytes: SINGLE_BODY_BYTES,
    };
    const asked = await caller.ask(request);
    if (asked.kind !== "accepted") isDone = false;
  }
  return isDone;
}
