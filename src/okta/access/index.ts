/*
 * access owns how requests prove who sends them: what is sent as authorization, how tokens are got,
 * kept and renewed, and what to do where the org gives none. Tokens, keys, assertions and proofs
 * leave it in headers and bodies of requests to the org, and in no other way.
 */
import type { Clock, EventSink } from "../../core/index.ts";
import type { OrgCaller } from "../org-caller.ts";
import type { ServerClock } from "../server-clock.ts";
import type { Authorizer } from "./authorizer.ts";
import { DpopKey, DpopProofs, type ProofSigner } from "./dpop-proofs.ts";
import { type AskForToken, GivenTokens } from "./given-tokens.ts";
import { KeptKey } from "./kept-key.ts";
import type { KeptSignIn, PersonalSignIn } from "./kept-sign-in.ts";
import { MintedTokens } from "./minted-tokens.ts";
import { authorizeByProof } from "./proof-only.ts";
import { revokeSignIn } from "./revoke-sign-in.ts";
import { neededScopes, type ScopeNeeds } from "./scopes.ts";
import type { ServiceApp } from "./service-app.ts";
import { ServiceAppTokens } from "./service-app-tokens.ts";
import { SignInTokens } from "./sign-in-tokens.ts";
import type { StaticToken } from "./static-token.ts";
import { TokenEndpoint } from "./token-endpoint.ts";
import { TokenKeeper } from "./token-keeper.ts";

export { beginInBrowser, type BrowserSignIn } from "./browser-sign-in.ts";
export { beginOnDevice, type DeviceCodes, type DeviceSignIn } from "./device-sign-in.ts";
export { readClientId } from "./client-id.ts";
export { DpopProofs } from "./dpop-proofs.ts";
export { KeptKey } from "./kept-key.ts";
export {
  type KeptSignIn,
  type PersonalSignIn,
  readSignIn,
  type SignInStore,
  writeSignIn,
} from "./kept-sign-in.ts";
export { NativeApp } from "./native-app.ts";
export { authorizeByProof } from "./proof-only.ts";
export { revokeSignIn } from "./revoke-sign-in.ts";
export type {
  AccessVerdict,
  Authorization,
  Authorizer,
  HeldToken,
  RequestLine,
} from "./authorizer.ts";
export type { AskForToken, TokenRequest } from "./given-tokens.ts";
export type { GivenKey, SigningAlgorithm, SigningKey } from "./private-key.ts";
export {
  type CommandScopes,
  examinedScopes,
  HOOK_SCOPES,
  importScopes,
  HOW_TO_GRANT,
  missingScopes,
  neededScopes,
  type OptionalScope,
  type Purpose,
  type ScopeNeeds,
  type ScopeReach,
  scopesOfCommands,
} from "./scopes.ts";
export { createServiceApp, type GivenServiceApp, type ServiceApp } from "./service-app.ts";
export { createCredential, type StaticToken } from "./static-token.ts";

/** How we get in. */
export type Credential = StaticToken | ServiceApp | PersonalSignIn;

/** What an authorizer is made of. */
export interface AccessOptions {
  readonly credential: Credential;
  /** What a service app asks for, and what a sign-in is to have been granted. @default what an import needs at most */
  readonly scopes?: ScopeNeeds | undefined;
  /** Asks for another token where one that was given is taken no longer. @default nobody is asked */
  readonly ask?: AskForToken | undefined;
  readonly origin: string;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly events: EventSink;
  /** Makes what sends requests that are authorized in this way. */
  readonly callWith: (authorizer: Authorizer) => OrgCaller;
}

/** Makes what authorizes all requests to one org. Nothing is sent yet. */
export function createAuthorizer(options: AccessOptions): Authorizer {
  const { credential } = options;
  if (credential.kind === "service-app") return authorizeByApp(credential, options);
  if (credential.kind === "sign-in") return authorizeBySignIn(credential, options);
  const { ask, callWith, events } = options;
  return new GivenTokens({ token: credential, ask, callWith, events });
}

function authorizeByApp(app: ServiceApp, options: AccessOptions): Authorizer {
  const { origin, serverClock, clock, events } = options;
  const { endpoint, proofs } = tokenServer(new DpopKey(), options);
  const needs = needsOf(options);
  const tokens = new ServiceAppTokens({ app, needs, endpoint, origin, serverClock, events });
  const keeper = new TokenKeeper({ clock, mint: () => tokens.mint() });
  return new MintedTokens({ keeper, proofs: proofs() });
}

function authorizeBySignIn({ store }: PersonalSignIn, options: AccessOptions): Authorizer {
  const { clock, events } = options;
  const key = new KeptKey();
  const { caller, endpoint, proofs } = tokenServer(key, options);
  const needs = needsOf(options);
  const revoke = (signIn: KeptSignIn): Promise<boolean> => revokeSignIn({ caller, clock }, signIn);
  const tokens = new SignInTokens({ store, needs, endpoint, key, clock, events, revoke });
  const keeper = new TokenKeeper({ clock, mint: () => tokens.mint() });
  return new MintedTokens({ keeper, proofs: proofs() });
}

function needsOf({ scopes }: AccessOptions): ScopeNeeds {
  return scopes ?? neededScopes({ creates: true, groups: true, hook: true });
}

interface TokenServer {
  readonly caller: OrgCaller;
  readonly endpoint: TokenEndpoint;
  readonly proofs: () => DpopProofs;
}

/** What is asked for tokens, and what makes proofs by the same key for another server. */
function tokenServer(
  key: ProofSigner,
  { origin, serverClock, clock, callWith }: AccessOptions,
): TokenServer {
  const proofs = (): DpopProofs => new DpopProofs({ key, origin, nowS: () => serverClock.nowS() });
  const caller = callWith(authorizeByProof(proofs()));
  return { caller, endpoint: new TokenEndpoint({ caller, clock }), proofs };
}
