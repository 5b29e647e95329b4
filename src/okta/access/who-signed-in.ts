import {
  clockTolerance,
  getValidatedIdTokenClaims,
  processGenericTokenEndpointResponse,
} from "oauth4webapi";
import type { Secret } from "../../core/index.ts";
import { jsonResponse } from "./token-endpoint.ts";

const TOLERANCE_S = 600;

/**
 * Who signed in, as the ID token says that came with the tokens. It is shown and decides nothing.
 *
 * @returns undefined where the token does not say it, or is not for this app and org
 */
export async function whoSignedIn(
  idToken: Secret | undefined,
  { origin, clientId }: { readonly origin: string; readonly clientId: string },
): Promise<string | undefined> {
  if (idToken === undefined) return undefined;
  const answer = { access_token: "-", token_type: "bearer", id_token: idToken.reveal() };
  try {
    const read = await processGenericTokenEndpointResponse(
      { issuer: origin },
      { client_id: clientId, [clockTolerance]: TOLERANCE_S },
      jsonResponse(answer),
    );
    return readLogin(getValidatedIdTokenClaims(read)?.["preferred_username"]);
  } catch {
    // Not told why: it quotes the token.
    return undefined;
  }
}

/** A login that can be shown. */
export function readLogin(value: unknown): string | undefined {
  return typeof value === "string" && /^[^\p{C}\s]{1,100}$/u.test(value) ? value : undefined;
}
