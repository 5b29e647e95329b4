import type { AccessServer } from "../access/access-server.ts";
import type { App } from "../access/app.ts";
import { ADMINISTRATOR } from "../access/issue-token.ts";
import { invalidRequest } from "../access/oauth-refusal.ts";
import { faultOf } from "../access/tokens.ts";
import type { Org } from "../org/org.ts";
import { type Answer, jsonAnswer, type RoutedCall } from "./call.ts";
import { formOf } from "./form.ts";

interface Presented {
  readonly app: App;
  readonly text: string;
}

/** `POST /oauth2/v1/revoke`: an app ends a token of its own; what is no such token is no error. */
export async function revokeToken({ access }: Org, call: RoutedCall): Promise<Answer> {
  const { app, text } = await presented(access, call);
  access.tokens.revoke(text, app.clientId);
  return { status: 200, body: "", contentType: "", headers: [] };
}

/** `POST /oauth2/v1/introspect`: what a token is good for. */
export async function introspectToken({ access }: Org, call: RoutedCall): Promise<Answer> {
  const { app, text } = await presented(access, call);
  const token = access.tokens.find(text);
  if (token?.clientId !== app.clientId || faultOf(token, access.now()) !== undefined) {
    const isRefresh = access.tokens.findRefresh(text)?.clientId === app.clientId;
    return jsonAnswer(JSON.stringify({ active: isRefresh }));
  }
  const { clientId, scopes, boundTo, isPersonal, issuedAtMs, expiresAtMs } = token;
  const answer = {
    active: true,
    token_type: boundTo === undefined ? "Bearer" : "DPoP",
    scope: [...scopes].join(" "),
    client_id: clientId,
    iat: Math.floor(issuedAtMs / 1000),
    exp: Math.floor(expiresAtMs / 1000),
    sub: isPersonal ? ADMINISTRATOR.login : clientId,
    aud: call.origin,
    iss: call.origin,
    ...(isPersonal ? { username: ADMINISTRATOR.login, uid: ADMINISTRATOR.id } : {}),
    ...(boundTo === undefined ? {} : { cnf: { jkt: boundTo } }),
  };
  return jsonAnswer(JSON.stringify(answer));
}

async function presented(access: AccessServer, call: RoutedCall): Promise<Presented> {
  const form = formOf(call);
  const app = await access.clients.authenticate({ call, form }, access.now());
  const text = form.get("token");
  if (text === null || text === "") throw invalidRequest("The 'token' parameter is required.");
  return { app, text };
}
