import type { AccessServer } from "../access/access-server.ts";
import type { App } from "../access/app.ts";
import { grantScopes } from "../access/asked-scopes.ts";
import { bindToken } from "../access/bind-token.ts";
import { type Granted, issueToken } from "../access/issue-token.ts";
import {
  accessDenied,
  invalidClient,
  invalidGrant,
  invalidProof,
  invalidRequest,
  OAuthRefusal,
  unauthorizedClient,
} from "../access/oauth-refusal.ts";
import type { Org } from "../org/org.ts";
import type { Answer, RoutedCall } from "./call.ts";
import { formOf, required } from "./form.ts";

/** A token request whose app, and whose key where it needs one, are known. */
interface TokenRequest {
  readonly form: URLSearchParams;
  readonly app: App;
  readonly boundTo: string | undefined;
}

type Grant = (access: AccessServer, request: TokenRequest) => Granted;

const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

/** What can be exchanged for a token. */
const GRANTS: Readonly<Record<string, Grant>> = {
  client_credentials: grantByCredentials,
  authorization_code: grantByCode,
  [DEVICE_CODE]: grantByDevice,
  refresh_token: grantByRefreshToken,
};

/**
 * `POST /oauth2/v1/token`. The app is checked first, then its proof, then what it presents: a code
 * is not spent by a request that lacks a nonce.
 *
 * @see docs/okta/access.md#token-endpoint
 */
export async function giveToken({ access }: Org, call: RoutedCall): Promise<Answer> {
  const form = formOf(call);
  const grant = grantOf(form);
  const app = await access.clients.authenticate({ call, form }, access.now());
  checkGrantType(app, form.get("grant_type") ?? "");
  const boundTo = bindToken(access, app, call);
  return issueToken(access, grant(access, { form, app, boundTo }), call.origin);
}

function grantOf(form: URLSearchParams): Grant {
  const type = form.get("grant_type");
  const known = Object.keys(GRANTS).join(", ");
  if (type === null) {
    throw invalidRequest(`The token request must specify a 'grant_type'. Valid values: [${known}]`);
  }
  const grant = Object.hasOwn(GRANTS, type) ? GRANTS[type] : undefined;
  if (grant !== undefined) return grant;
  const description = `The authorization grant type is not supported by the authorization server. Configured grant types: [${known}].`;
  throw new OAuthRefusal({ error: "unsupported_grant_type", description });
}

function checkGrantType(app: App, type: string): void {
  const isForServices = type === "client_credentials";
  if (isForServices === (app.kind === "service")) return;
  if (isForServices) {
    throw invalidClient(
      "Only clients with 'application_type' of 'service' may use the client_credentials 'grant_type' with the Org Authorization Server.",
    );
  }
  throw unauthorizedClient();
}

function grantByCredentials(access: AccessServer, { form, app, boundTo }: TokenRequest): Granted {
  const { missingScopes } = access.settings;
  return { app, boundTo, scopes: grantScopes(app, form.get("scope"), missingScopes) };
}

function grantByCode(access: AccessServer, { form, app, boundTo }: TokenRequest): Granted {
  required(form, "code");
  const { scopes, nonce } = access.browsers.redeem(form, app.clientId, access.now());
  return { app, boundTo, scopes, nonce };
}

function grantByDevice(access: AccessServer, { form, app, boundTo }: TokenRequest): Granted {
  const code = required(form, "device_code");
  const { scopes } = access.devices.poll(code, app.clientId, access.now());
  if (access.settings.signIn === "deny") throw accessDenied();
  return { app, boundTo, scopes };
}

function grantByRefreshToken(access: AccessServer, { form, app, boundTo }: TokenRequest): Granted {
  const refreshToken = required(form, "refresh_token");
  const known = access.tokens.findRefresh(refreshToken);
  if (known?.clientId !== app.clientId) {
    throw invalidGrant("The refresh token is invalid or expired.");
  }
  if (known.boundTo !== boundTo) {
    throw invalidProof("Invalid DPoP Public Key binding in refresh token");
  }
  const asked = form.get("scope")?.split(" ") ?? known.scopes;
  const scopes = known.scopes.filter((scope) => asked.includes(scope));
  return { app, boundTo, scopes, refreshToken };
}
