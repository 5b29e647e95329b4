/*
 * access owns how requests prove who sends them: what is sent as authorization, how tokens are got,
 * kept and renewed, and what to do where the org gives none. Tokens, keys, assertions and proofs
 * leave it in headers and bodies of requests to the org, and in no other way.
 */
import type { Clock, EventSink } from "../../core/index.ts";
import type { OrgCaller } from "../org-caller.ts";
import type { ServerClock } from "../server-clock.ts";
import type { Authorizer } from "./authorizer.ts";
import { DpopKey, DpopProofs } from "./dpop-proofs.ts";
import { MintedTokens } from "./minted-tokens.ts";
import { authorizeByProof } from "./proof-only.ts";
import { neededScopes, type ScopeNeeds } from "./scopes.ts";
import type { ServiceApp } from "./service-app.ts";
import { ServiceAppTokens } from "./service-app-tokens.ts";
import { authorizeByToken, type StaticToken } from "./static-token.ts";
import { TokenEndpoint } from "./token-endpoint.ts";
import { TokenKeeper } from "./token-keeper.ts";

export type {
  AccessVerdict,
  Authorization,
  Authorizer,
  HeldToken,
  RequestLine,
} from "./authorizer.ts";
export type { GivenKey, SigningAlgorithm, SigningKey } from "./private-key.ts";
export {
  type CommandScopes,
  examinedScopes,
  neededScopes,
  type OptionalScope,
  type Purpose,
  type ScopeNeeds,
  scopesOfCommands,
} from "./scopes.ts";
export { createServiceApp, type GivenServiceApp, type ServiceApp } from "./service-app.ts";
export { createCredential, type StaticToken } from "./static-token.ts";

/** How we get in. */
export type Credential = StaticToken | ServiceApp;

/** What an authorizer is made of. */
export interface AccessOptions {
  readonly credential: Credential;
  /** What a service app asks for. @default what an import needs at most */
  readonly scopes?: ScopeNeeds | undefined;
  readonly origin: string;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly events: EventSink;
  /** Makes what sends requests that are authorized in this way. */
  readonly callWith: (authorizer: Authorizer) => OrgCaller;
}

/** Makes what authorizes all requests to one org. Nothing is sent yet. */
export function createAuthorizer(options: AccessOptions): Authorizer {
  const { credential, origin, serverClock, clock, events } = options;
  if (credential.kind !== "service-app") return authorizeByToken(credential);
  const key = new DpopKey();
  const proofs = (): DpopProofs => new DpopProofs({ key, origin, nowS: () => serverClock.nowS() });
  const endpoint = new TokenEndpoint({
    caller: options.callWith(authorizeByProof(proofs())),
    clock,
  });
  const tokens = new ServiceAppTokens({
    app: credential,
    needs: options.scopes ?? neededScopes({ creates: true, groups: true, hook: true }),
    endpoint,
    origin,
    serverClock,
    events,
  });
  const keeper = new TokenKeeper({ clock, mint: () => tokens.mint() });
  return new MintedTokens({ keeper, proofs: proofs() });
}
