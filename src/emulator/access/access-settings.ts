import type { DeviceManner } from "./device-sign-ins.ts";
import type { NonceLifetimes } from "./nonces.ts";
import type { AdminRole } from "./roles.ts";

/** How the authorization server behaves; can be changed while the emulator runs. */
export interface AccessSettings extends NonceLifetimes, DeviceManner {
  /** How long an access token lives, from now on. */
  readonly tokenLifetimeSeconds: number;
  /** Whether access tokens are texts without a meaning, or JWTs. */
  readonly tokenFormat: "opaque" | "jwt";
  /** What becomes of scopes that were not granted, where others were: left out, or all is refused. */
  readonly missingScopes: "omit" | "refuse";
  /** Whether calls of the API must carry a nonce in their proofs, too; Okta asks for none today. */
  readonly resourceNonce: boolean;
  /** The admin role of whoever made the static token. */
  readonly tokenRole: AdminRole;
  /** What people say when an app asks them. */
  readonly signIn: "approve" | "deny";
}

/** As Okta does by default. */
export const DEFAULT_ACCESS_SETTINGS: AccessSettings = {
  tokenLifetimeSeconds: 3600,
  tokenFormat: "opaque",
  missingScopes: "omit",
  nonceRenewalSeconds: 86_400,
  nonceLifetimeSeconds: 259_200,
  resourceNonce: false,
  tokenRole: "SUPER_ADMIN",
  signIn: "approve",
  signInDelayMs: 0,
  deviceCodeSeconds: 600,
  deviceIntervalSeconds: 5,
};
