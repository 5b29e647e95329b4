import type { HeldToken } from "./authorizer.ts";

/**
 * What an access token says of itself, where it is a JWT of the form that Okta's tokens have. Its
 * signature is not checked: it is our own token, and nothing is decided by this but what is told.
 *
 * @see docs/okta/access.md#what-a-token-says
 */
export function readTokenClaims(token: string): HeldToken {
  const claims = decodeClaims(token);
  const { exp, scp, cid, uid, sub, cnf } = claims;
  const scopes = Array.isArray(scp) ? scp.filter((scope) => typeof scope === "string") : undefined;
  return {
    scheme: cnf === undefined ? "Bearer" : "DPoP",
    ...(typeof exp === "number" && Number.isFinite(exp) ? { endsAtMs: exp * 1000 } : {}),
    ...(scopes === undefined ? {} : { scopes }),
    ...(typeof cid === "string" && /^[\w.-]{1,100}$/.test(cid) ? { clientId: cid } : {}),
    ...(typeof uid === "string" ? { isOf: "person" } : {}),
    ...(uid === undefined && typeof cid === "string" && sub === cid ? { isOf: "app" } : {}),
  };
}

function decodeClaims(token: string): Readonly<Record<string, unknown>> {
  const [, payload = "", signature] = token.split(".");
  if (signature === undefined) return {};
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
