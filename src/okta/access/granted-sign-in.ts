import { type Clock, Secret } from "../../core/index.ts";
import type { KeptKey } from "./kept-key.ts";
import type { KeptSignIn } from "./kept-sign-in.ts";
import type { TokenAnswer } from "./token-endpoint.ts";

type Granted = Extract<TokenAnswer, { kind: "granted" }>;

/** What of a sign-in an answer does not say, or says only where it changes. */
export type SignInBefore = Pick<
  KeptSignIn,
  "origin" | "clientId" | "login" | "scopes" | "refreshToken"
>;

/**
 * What is kept of an answer that grants tokens: a refresh token that is not renewed stays good, and of
 * the scopes those that were asked for.
 */
export function grantedSignIn(
  before: SignInBefore,
  granted: Granted,
  { key, clock }: { readonly key: KeptKey; readonly clock: Clock },
): KeptSignIn {
  const { origin, clientId, login } = before;
  const { value, scheme, askedAtMs, lifetimeMs } = granted.token;
  return {
    origin,
    clientId,
    login,
    scopes: before.scopes.filter((scope) => granted.scopes?.includes(scope) !== false),
    accessToken: new Secret(value),
    scheme,
    endsAtMs: Math.floor(clock.wallNow() - clock.now() + askedAtMs + lifetimeMs),
    refreshToken: granted.refreshToken ?? before.refreshToken,
    key: scheme === "DPoP" ? key.export() : undefined,
  };
}
