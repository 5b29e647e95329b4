import {
  AuthorizationResponseError,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomState,
  validateAuthResponse,
} from "oauth4webapi";
import { Secret } from "../../core/index.ts";
import type { KeptSignIn } from "./kept-sign-in.ts";
import type { NativeApp } from "./native-app.ts";
import { redirectRefused, signInRefused } from "./sign-in-refusals.ts";
import { TOKEN_PATH, unexpectedFrom } from "./token-endpoint.ts";

const AUTHORIZE_PATH = "/oauth2/v1/authorize";

/** Somebody is to sign in with a browser on this machine. */
export interface BrowserSignIn {
  /** What the browser is to open. */
  readonly address: string;
  /** Whether what came to the redirect address answers this sign-in, and no other page sent it. */
  isAnswer(query: URLSearchParams): boolean;
  /**
   * Gets the tokens for what came to the redirect address.
   *
   * @throws {OktaError} SIGN_IN_DENIED, SIGN_IN_EXPIRED, ORG_CLIENT_REFUSED, ORG_SCOPE_NOT_GRANTED,
   *   ORG_PROOF_REFUSED; ORG_ANSWER_UNEXPECTED when another server than the org sent it
   */
  finish(query: URLSearchParams): Promise<KeptSignIn>;
}

/**
 * Begins an authorization code grant with PKCE. Nothing is sent.
 *
 * @param redirectUri on this machine; the app must know it
 * @see docs/okta/access.md#sign-in-by-people
 */
export async function beginInBrowser(
  app: NativeApp,
  { scopes, redirectUri }: { readonly scopes: readonly string[]; readonly redirectUri: string },
): Promise<BrowserSignIn> {
  const state = generateRandomState();
  const verifier = new Secret(generateRandomCodeVerifier());
  const query = new URLSearchParams({
    client_id: app.clientId,
    response_type: "code",
    scope: app.scopeOf(scopes),
    redirect_uri: redirectUri,
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier.reveal()),
    code_challenge_method: "S256",
  });
  return {
    address: `${app.origin}${AUTHORIZE_PATH}?${query.toString()}`,
    isAnswer: (answer) => answer.getAll("state").join() === state,
    finish: async (answer) => {
      const code = readCode(app, { answer, state, scopes });
      const got = await app.exchange({
        grant_type: "authorization_code",
        code: code.reveal(),
        redirect_uri: redirectUri,
        code_verifier: verifier.reveal(),
      });
      if (got.kind === "granted") return app.signedIn(got, scopes);
      throw signInRefused(got, { step: "browser", path: TOKEN_PATH, scopes });
    },
  };
}

interface Redirected {
  readonly answer: URLSearchParams;
  readonly state: string;
  readonly scopes: readonly string[];
}

/** The code, from an answer of the right state and, where it names its sender, from the org. */
function readCode(app: NativeApp, { answer, state, scopes }: Redirected): Secret {
  let code: string | null;
  try {
    const { origin: issuer, clientId: client_id } = app;
    code = validateAuthResponse({ issuer }, { client_id }, answer, state).get("code");
  } catch (error) {
    if (error instanceof AuthorizationResponseError) throw redirectRefused(error.error, scopes);
    // Anything else quotes the answer, and with it a code.
    throw unexpectedFrom(AUTHORIZE_PATH);
  }
  if (code === null || code === "") throw unexpectedFrom(AUTHORIZE_PATH);
  return new Secret(code);
}
