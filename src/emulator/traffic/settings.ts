import { type AccessSettings, DEFAULT_ACCESS_SETTINGS } from "../access/access-settings.ts";
import type { FaultMix } from "./fault-plan.ts";

/** How answers carry the rate limit: as Okta does, each header twice, or not at all. */
export type RateHeaders = "normal" | "twice" | "missing";

/** What the salt of SHA-256 is taken for: base64 of its bytes, or the bytes themselves. */
export type Sha256Salt = "decoded" | "literal";

/** What can be changed while the emulator runs. */
export interface EmulatorSettings extends AccessSettings {
  /** Requests per bucket and window; 0: none, and then no rate headers either. */
  readonly limit: number;
  /** Requests per bucket and window after which the token gets 429, whatever the headers promise; 0: none. */
  readonly tokenCap: number;
  /** Requests of others in each bucket, evenly spread over the window. */
  readonly otherTraffic: number;
  /** Requests that may be in flight at once; 0: any number. */
  readonly concurrency: number;
  /** Milliseconds between a request and the work on it. */
  readonly latencyMs: number;
  readonly rateHeaders: RateHeaders;
  /** How far the org's clock is ahead of this machine's, in milliseconds; may be negative. */
  readonly clockSkewMs: number;
  /** How far `search` lags behind with new, changed and deleted users, in milliseconds. */
  readonly searchLagMs: number;
  /** Whether everything is answered 503. */
  readonly down: boolean;
  /** Whether everything but reading is answered 503. */
  readonly readOnly: boolean;
  /** What goes wrong with creates. */
  readonly faults: FaultMix;
  /** Whether it goes wrong with reads too. */
  readonly faultReads: boolean;
  /** How long after the connection died a late commit happens, in milliseconds. */
  readonly lateCommitMs: number;
  /** How the salt of a SHA-256 hash is read. @see docs/okta/password-hashes.md#shapes */
  readonly sha256Salt: Sha256Salt;
  /** Whether a policy lets nobody sign in. @see docs/okta/sign-in.md#refusals */
  readonly denySignIn: boolean;
  /** Whether users become active without a password. @see docs/okta/create-user.md#activation */
  readonly optionalPassword: boolean;
  /** Wrong passwords in a row that lock a user out; 0: none ever do. @see docs/okta/sign-in.md#lock-out */
  readonly lockOutAfter: number;
  /** How long activation goes on after a create was answered, in milliseconds. */
  readonly activationMs: number;
  /** How long an inline hook may take for one try, in milliseconds. @see docs/okta/password-hook.md#timing */
  readonly hookTimeoutMs: number;
}

/** No limits, no latency, no faults. */
export const DEFAULT_SETTINGS: EmulatorSettings = {
  ...DEFAULT_ACCESS_SETTINGS,
  limit: 0,
  tokenCap: 0,
  otherTraffic: 0,
  concurrency: 0,
  latencyMs: 0,
  rateHeaders: "normal",
  clockSkewMs: 0,
  searchLagMs: 0,
  down: false,
  readOnly: false,
  faults: {},
  faultReads: false,
  lateCommitMs: 1000,
  sha256Salt: "decoded",
  denySignIn: false,
  optionalPassword: false,
  lockOutAfter: 10,
  activationMs: 0,
  hookTimeoutMs: 3000,
};
