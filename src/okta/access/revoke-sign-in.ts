import type { OrgCaller } from "../org-caller.ts";
import type { KeptSignIn } from "./kept-sign-in.ts";
import { type OrgRequest, SINGLE_BODY_BYTES } from "../transport.ts";

const REVOKE_PATH = "/oauth2/v1/revoke";

/**
 * Tells the org that the tokens of a sign-in are of no more use. A token that has ended already is no
 * error.
 *
 * @returns whether the org has said so of all of them
 * @throws {OktaError} when it can't be asked
 * @see docs/okta/access.md#sign-in-by-people
 */
export async function revokeSignIn(
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
