import { PROOF_ALGORITHMS } from "../access/dpop-keys.ts";
import type { Org } from "../org/org.ts";
import { type Answer, jsonAnswer, type RoutedCall } from "./call.ts";

/** `GET /.well-known/openid-configuration`. */
export function getOpenIdMetadata(_: Org, { origin }: RoutedCall): Answer {
  const signing = { id_token_signing_alg_values_supported: ["RS256"] };
  return jsonAnswer(JSON.stringify({ ...metadataOf(origin), ...signing }));
}

/** `GET /.well-known/oauth-authorization-server`. */
export function getOAuthMetadata(_: Org, { origin }: RoutedCall): Answer {
  return jsonAnswer(JSON.stringify(metadataOf(origin)));
}

function metadataOf(origin: string): object {
  const endpoints = `${origin}/oauth2/v1`;
  return {
    issuer: origin,
    authorization_endpoint: `${endpoints}/authorize`,
    token_endpoint: `${endpoints}/token`,
    device_authorization_endpoint: `${endpoints}/device/authorize`,
    revocation_endpoint: `${endpoints}/revoke`,
    introspection_endpoint: `${endpoints}/introspect`,
    jwks_uri: `${endpoints}/keys`,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: [
      "authorization_code",
      "refresh_token",
      "client_credentials",
      "urn:ietf:params:oauth:grant-type:device_code",
    ],
    subject_types_supported: ["public"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    token_endpoint_auth_methods_supported: ["private_key_jwt", "none"],
    code_challenge_methods_supported: ["S256"],
    dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
  };
}

/** `GET /oauth2/v1/keys`: what tokens are signed with. */
export async function getKeys({ access }: Org): Promise<Answer> {
  return jsonAnswer(JSON.stringify({ keys: [await access.signingKey.publicJwk()] }));
}
