import { type App, grantedOf } from "./app.ts";
import { OAuthRefusal } from "./oauth-refusal.ts";

const OPENID_SCOPES = new Set([
  "openid",
  "profile",
  "email",
  "address",
  "phone",
  "groups",
  "offline_access",
]);
const OKTA_SCOPE = /^okta\.[A-Za-z.]+\.(?:read|manage)$/;

/**
 * Which of the scopes that an app asks for it gets. Those that were not granted to it are left out or
 * refused, as `missing` says; that none is left is always refused.
 *
 * @param text scopes with blanks between them
 * @throws {OAuthRefusal} 400 `invalid_scope` or `consent_required`
 * @see docs/okta/access.md#token-endpoint
 */
export function grantScopes(
  app: App,
  text: string | null,
  missing: "omit" | "refuse",
): readonly string[] {
  const asked = [...new Set((text ?? "").split(" ").filter((scope) => scope !== ""))];
  if (asked.length === 0) throw invalidScope("No scopes were requested.");
  if (!asked.every((scope) => OPENID_SCOPES.has(scope) || OKTA_SCOPE.test(scope))) {
    throw invalidScope(
      "One or more scopes are not configured for the authorization server resource.",
    );
  }
  if (app.kind === "service" && asked.some((scope) => OPENID_SCOPES.has(scope))) {
    throw invalidScope("Cannot request 'openid' scopes using client credentials.");
  }
  const granted = grantedOf(app, asked);
  if (granted.length === asked.length) return granted;
  if (granted.length > 0 && missing === "omit") return granted;
  const description = "You are not allowed any of the requested scopes.";
  throw new OAuthRefusal({ error: "consent_required", description });
}

function invalidScope(description: string): OAuthRefusal {
  return new OAuthRefusal({ error: "invalid_scope", description });
}
