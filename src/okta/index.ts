/*
 * okta owns the conversation with an Okta org and is the only code that speaks HTTP to one: which
 * request is sent, when, how often, and what its answer means. It never decides what becomes of a
 * record, never sends a create twice that the org may have acted on, never follows a redirect, and
 * never imports the emulator.
 */
export {
  type AskForToken,
  type BrowserSignIn,
  type CommandScopes,
  createCredential,
  createServiceApp,
  type Credential,
  type DeviceSignIn,
  examinedScopes,
  type GivenKey,
  type GivenServiceApp,
  HOOK_SCOPES,
  importScopes,
  type KeptSignIn,
  HOW_TO_GRANT,
  missingScopes,
  neededScopes,
  type OptionalScope,
  type PersonalSignIn,
  type Purpose,
  readClientId,
  readSignIn,
  type ScopeNeeds,
  type ScopeReach,
  scopesOfCommands,
  type ServiceApp,
  type SigningKey,
  type SignInStore,
  type StaticToken,
  type TokenRequest,
  writeSignIn,
} from "./access/index.ts";
export type { ProxySettings } from "./connections.ts";
export type { BucketStatus } from "./governor/index.ts";
export { connectOrg, type OrgConnection, type OrgOptions, type RateStatus } from "./org.ts";
export type { NamedRealm, NamedUserType } from "./named-places.ts";
export type { EnsuredGroup, NamedGroup } from "./org-groups.ts";
export type { HealthLimits } from "./org-health.ts";
export { type OrgKind, type OrgUrl, parseOrgUrl } from "./org-url.ts";
export { connectForSignIn, type SignInConnection } from "./sign-in-connection.ts";
export type { Executed, HookRegistration, RegisteredHook } from "./programme/password-hooks.ts";
export { createRequest } from "./create-request.ts";
export type { OrgRequest } from "./transport.ts";
