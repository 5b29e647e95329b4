import { createHash } from "node:crypto";
import type { App } from "./app.ts";

/** An access token that was handed out. */
export interface AccessToken {
  readonly text: string;
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  /** Whether a person signed in for it. */
  readonly isPersonal: boolean;
  /** Thumbprint of the key that it is bound to; undefined: none. */
  readonly boundTo: string | undefined;
  /** What `ath` in a proof must be. */
  readonly hash: string;
  state: "good" | "expired" | "revoked";
}

/** A refresh token. */
export interface RefreshToken {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly boundTo: string | undefined;
}

/** What a token is made of. */
export interface TokenParts {
  readonly text: string;
  readonly app: App;
  readonly scopes: readonly string[];
  readonly lifetimeSeconds: number;
  readonly isPersonal: boolean;
  readonly boundTo: string | undefined;
}

const MOST = 20_000;

/** The tokens that were handed out; the oldest go when there are too many. */
export class Tokens {
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();

  /** Makes a token good. */
  add(parts: TokenParts, nowMs: number): AccessToken {
    const { text, app, scopes, lifetimeSeconds, isPersonal, boundTo } = parts;
    const token: AccessToken = {
      text,
      clientId: app.clientId,
      scopes: new Set(scopes),
      issuedAtMs: nowMs,
      expiresAtMs: nowMs + lifetimeSeconds * 1000,
      isPersonal,
      boundTo,
      hash: createHash("sha256").update(text).digest("base64url"),
      state: "good",
    };
    keep(this.#access, text, token);
    return token;
  }

  /** Makes a refresh token good. */
  addRefresh(text: string, token: RefreshToken): void {
    keep(this.#refresh, text, token);
  }

  /** An access token, good or not; undefined when it is none of the org's. */
  find(text: string): AccessToken | undefined {
    return this.#access.get(text);
  }

  /** A refresh token that is still good. */
  findRefresh(text: string): RefreshToken | undefined {
    return this.#refresh.get(text);
  }

  /** Revokes one token of an app; whatever else is given is left alone. */
  revoke(text: string, clientId: string): void {
    const token = this.#access.get(text);
    if (token?.clientId === clientId) token.state = "revoked";
    if (this.#refresh.get(text)?.clientId === clientId) this.#refresh.delete(text);
  }

  /** Ends all access tokens, and when they are revoked the refresh tokens too. */
  endAll(state: "expired" | "revoked"): void {
    for (const token of this.#access.values()) {
      if (token.state !== "revoked") token.state = state;
    }
    if (state === "revoked") this.#refresh.clear();
  }
}

/** What is wrong with a token now; undefined: nothing. */
export function faultOf(token: AccessToken, nowMs: number): "expired" | "revoked" | undefined {
  if (token.state !== "good") return token.state;
  return nowMs >= token.expiresAtMs ? "expired" : undefined;
}

function keep<T>(map: Map<string, T>, text: string, value: T): void {
  if (map.size >= MOST) {
    const [oldest] = map.keys();
    if (oldest !== undefined) map.delete(oldest);
  }
  map.set(text, value);
}
