import type { JWK } from "jose";
import type { AdminRole } from "./roles.ts";

/** An OAuth client that the org knows. */
export interface App {
  readonly clientId: string;
  /** `service`: gets tokens by its own key. `native`: people sign in through it; it has no secret. */
  readonly kind: "service" | "native";
  /** Public keys that its assertions are checked with; one without `kid` fits every `kid`. */
  readonly keys: readonly JWK[];
  /** Whether its tokens are bound to a key, `dpop_bound_access_tokens`. */
  readonly dpop: boolean;
  /** Scopes that were granted to it. */
  readonly scopes: readonly string[] | "all";
  /** Its admin role, or that of whoever signs in through it. */
  readonly role: AdminRole;
}

/** An app as a caller sets it up: a service app with all scopes, the role SUPER_ADMIN and no DPoP. */
export type AppSetup = Pick<App, "clientId"> & Partial<App>;

/** What of an app can be changed while the emulator runs. */
export type AppChange = Partial<Pick<App, "dpop" | "scopes" | "role">>;

/** The native app that every emulated org has. */
export const NATIVE_APP: App = {
  clientId: "emulator-native",
  kind: "native",
  keys: [],
  dpop: false,
  scopes: "all",
  role: "SUPER_ADMIN",
};

/** Adds what was left open. */
export function completeApp(setup: AppSetup): App {
  return { ...NATIVE_APP, kind: "service", ...setup };
}

/** Those of the asked scopes that were granted; OpenID's own need no grant. */
export function grantedOf(app: App, asked: readonly string[]): readonly string[] {
  const { scopes } = app;
  if (scopes === "all") return asked;
  return asked.filter((scope) => scopes.includes(scope) || !scope.startsWith("okta."));
}
