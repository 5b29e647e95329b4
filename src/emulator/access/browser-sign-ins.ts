import { createHash } from "node:crypto";
import { randomText } from "../org/ids.ts";
import { invalidGrant } from "./oauth-refusal.ts";

/** What somebody agreed to in a browser. */
export interface BrowserSignIn {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  /** `code_challenge`, S256. */
  readonly challenge: string;
  /** OpenID's `nonce`, which its token carries. */
  readonly nonce: string | undefined;
}

const LIFETIME_MS = 60_000;
const MOST = 1000;

/** People who have signed in by way of a browser, until their code is redeemed. */
export class BrowserSignIns {
  readonly #random: () => number;
  readonly #codes = new Map<string, BrowserSignIn & { readonly expiresAtMs: number }>();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Hands out an authorization code, good for a minute. */
  add(signIn: BrowserSignIn, nowMs: number): string {
    const code = randomText(43, this.#random);
    if (this.#codes.size >= MOST) this.#codes.clear();
    this.#codes.set(code, { ...signIn, expiresAtMs: nowMs + LIFETIME_MS });
    return code;
  }

  /** Takes an authorization code back: it is good once. @throws {OAuthRefusal} `invalid_grant` */
  redeem(form: URLSearchParams, clientId: string, nowMs: number): BrowserSignIn {
    const code = form.get("code") ?? "";
    const signIn = this.#codes.get(code);
    this.#codes.delete(code);
    if (signIn === undefined || nowMs >= signIn.expiresAtMs) {
      throw invalidGrant("The authorization code is invalid or has expired.");
    }
    if (signIn.clientId !== clientId) {
      throw invalidGrant(
        "The grant was issued to another client. Please make sure the 'client_id' matches the one used at the authorize request.",
      );
    }
    if (form.get("redirect_uri") !== signIn.redirectUri) {
      throw invalidGrant(
        "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
      );
    }
    const verifier = form.get("code_verifier") ?? "";
    if (createHash("sha256").update(verifier).digest("base64url") !== signIn.challenge) {
      throw invalidGrant("PKCE verification failed.");
    }
    return signIn;
  }
}
