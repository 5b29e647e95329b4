import { type Answer, jsonAnswer } from "../routes/call.ts";
import type { AccessServer } from "./access-server.ts";
import type { App } from "./app.ts";
import type { AccessToken } from "./tokens.ts";

/** What was granted, to be put into tokens. */
export interface Granted {
  readonly app: App;
  readonly scopes: readonly string[];
  readonly boundTo: string | undefined;
  /** The refresh token that was presented: it stays the same. */
  readonly refreshToken?: string;
  /** OpenID's `nonce`. */
  readonly nonce?: string | undefined;
}

/** Who signs in, wherever somebody is asked to. */
export const ADMINISTRATOR = { id: "00uemulatedadmin0001", login: "administrator@example.com" };

/** Hands out an access token, and what goes with it. */
export async function issueToken(
  access: AccessServer,
  granted: Granted,
  origin: string,
): Promise<Answer> {
  const { app, scopes, boundTo } = granted;
  const { tokenFormat, tokenLifetimeSeconds } = access.settings;
  const isPersonal = app.kind === "native";
  const nowMs = access.now();
  const parts = { app, scopes, boundTo, isPersonal, lifetimeSeconds: tokenLifetimeSeconds };
  const times = timesOf(nowMs, tokenLifetimeSeconds);
  const text =
    tokenFormat === "opaque"
      ? access.secret(86)
      : await access.signingKey.sign({ ...jwtClaims(access, granted, origin), ...times });
  const token = access.tokens.add({ ...parts, text }, nowMs);
  const answer = {
    token_type: boundTo === undefined ? "Bearer" : "DPoP",
    expires_in: tokenLifetimeSeconds,
    access_token: token.text,
    scope: scopes.join(" "),
    ...refreshOf(access, granted),
    ...(await idTokenOf(access, granted, { token, origin })),
  };
  return jsonAnswer(JSON.stringify(answer), 200, ["Cache-Control", "no-cache, no-store"]);
}

function timesOf(nowMs: number, seconds: number): { readonly iat: number; readonly exp: number } {
  const iat = Math.floor(nowMs / 1000);
  return { iat, exp: iat + seconds };
}

function jwtClaims(
  access: AccessServer,
  { app, scopes, boundTo }: Granted,
  origin: string,
): Record<string, unknown> {
  const { clientId, kind } = app;
  const { id, login } = ADMINISTRATOR;
  return {
    ver: 1,
    jti: `AT.${access.secret(43)}`,
    iss: origin,
    aud: origin,
    sub: kind === "native" ? login : clientId,
    cid: clientId,
    ...(kind === "native" ? { uid: id } : {}),
    scp: scopes,
    ...(boundTo === undefined ? {} : { cnf: { jkt: boundTo } }),
  };
}

function refreshOf(
  access: AccessServer,
  { app, scopes, boundTo, refreshToken }: Granted,
): { readonly refresh_token?: string } {
  if (refreshToken !== undefined) return { refresh_token: refreshToken };
  if (!scopes.includes("offline_access")) return {};
  const text = access.secret(43);
  access.tokens.addRefresh(text, { clientId: app.clientId, scopes, boundTo });
  return { refresh_token: text };
}

async function idTokenOf(
  access: AccessServer,
  { app, scopes, nonce }: Granted,
  { token, origin }: { readonly token: AccessToken; readonly origin: string },
): Promise<{ readonly id_token?: string }> {
  if (!scopes.includes("openid")) return {};
  const claims = {
    ...timesOf(token.issuedAtMs, 3600),
    ver: 1,
    jti: `ID.${access.secret(43)}`,
    iss: origin,
    aud: app.clientId,
    sub: ADMINISTRATOR.id,
    preferred_username: ADMINISTRATOR.login,
    ...(nonce === undefined ? {} : { nonce }),
  };
  return { id_token: await access.signingKey.sign(claims) };
}
