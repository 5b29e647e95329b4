import type { AccessServer } from "../access/access-server.ts";
import type { App } from "../access/app.ts";
import { grantScopes } from "../access/asked-scopes.ts";
import { accessDenied, type OAuthError, OAuthRefusal } from "../access/oauth-refusal.ts";
import type { Org } from "../org/org.ts";
import { type Answer, queryOf, type RoutedCall } from "./call.ts";
import { withoutTwins } from "./form.ts";

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * `GET /oauth2/v1/authorize`: answers at once what settings say that people do, by a redirect to
 * this machine. Nobody is shown a page.
 *
 * @see docs/okta/access.md#sign-in-by-people
 */
export function authorize({ access }: Org, call: RoutedCall): Answer {
  const query = withoutTwins(new URLSearchParams(queryOf(call)));
  const app = access.appOf(query.get("client_id") ?? "");
  if (app?.kind !== "native") {
    throw refused("invalid_client", "Invalid value for 'client_id' parameter.");
  }
  const redirectUri = loopbackUri(query.get("redirect_uri") ?? "");
  try {
    const code = agree(access, app, query);
    return redirect(redirectUri, { code, state: query.get("state") });
  } catch (refusal) {
    if (!(refusal instanceof OAuthRefusal)) throw refusal;
    const { error, description } = refusal.said;
    const state = query.get("state");
    return redirect(redirectUri, { error, error_description: description, state });
  }
}

function agree(access: AccessServer, app: App, query: URLSearchParams): string {
  if (query.get("response_type") !== "code") {
    throw refused(
      "unsupported_response_type",
      "The response type is not supported by the authorization server. Configured response types: [code].",
    );
  }
  const challenge = query.get("code_challenge") ?? "";
  if (challenge === "") {
    throw refused("invalid_request", "PKCE code challenge is required by the application.");
  }
  if (query.get("code_challenge_method") !== "S256") {
    throw refused(
      "invalid_request",
      "PKCE code challenge method is not supported. Valid values: [S256]",
    );
  }
  const { missingScopes, signIn } = access.settings;
  const scopes = grantScopes(app, query.get("scope"), missingScopes);
  if (signIn === "deny") throw accessDenied();
  const redirectUri = query.get("redirect_uri") ?? "";
  const nonce = query.get("nonce") ?? undefined;
  return access.browsers.add(
    { clientId: app.clientId, scopes, redirectUri, challenge, nonce },
    access.now(),
  );
}

function loopbackUri(text: string): URL {
  const uri = URL.canParse(text) ? new URL(text) : undefined;
  if (uri?.protocol === "http:" && LOOPBACK.has(uri.hostname) && uri.hash === "") return uri;
  throw refused(
    "invalid_request",
    "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
  );
}

function redirect(uri: URL, added: Readonly<Record<string, string | null>>): Answer {
  for (const [name, value] of Object.entries(added)) {
    if (value !== null) uri.searchParams.set(name, value);
  }
  return { status: 302, body: "", contentType: "", headers: ["Location", uri.href] };
}

function refused(error: OAuthError["error"], description: string): OAuthRefusal {
  return new OAuthRefusal({ error, description });
}
