import { modifyAssertion, PrivateKeyJwt } from "oauth4webapi";
import { readClientId } from "./client-id.ts";
import { type GivenKey, readSigningKey, type SigningKey } from "./private-key.ts";

/** An app of the org that signs in by itself, with a key. @see docs/okta/access.md#service-app */
export interface ServiceApp {
  readonly kind: "service-app";
  readonly clientId: string;
  readonly key: SigningKey;
  /** What client ID and key came from, for messages. */
  readonly variables: { readonly clientId: string; readonly key: string };
}

/** A service app as an operator gives it. */
export interface GivenServiceApp {
  readonly clientId: string;
  /** What holds the client id, for messages. */
  readonly at: string;
  readonly key: GivenKey;
}

/** How long an assertion may be used; Okta takes an hour at most. */
const ASSERTION_LIFETIME_S = 300;

/**
 * Takes client id and key.
 *
 * @throws {ConfigError} OPTION_INVALID when the client id is none; PRIVATE_KEY_INVALID
 */
export async function createServiceApp(given: GivenServiceApp): Promise<ServiceApp> {
  return {
    kind: "service-app",
    clientId: readClientId(given.clientId, given.at),
    key: await readSigningKey(given.key),
    variables: { clientId: given.at, key: given.key.at },
  };
}

/**
 * Body of a token request, signed anew: no two have the same `jti`.
 *
 * @param tokenUrl the address it is sent to, which is its audience
 * @param nowS by the org's clock, in whole seconds since 1970
 */
export async function signedTokenForm(
  app: ServiceApp,
  { scopes, tokenUrl, nowS }: { scopes: readonly string[]; tokenUrl: string; nowS: number },
): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    scope: scopes.join(" "),
  });
  const { key, keyId } = app.key;
  const authenticate = PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId }, {
    [modifyAssertion]: (_header, payload) => {
      payload["aud"] = tokenUrl;
      payload["iat"] = nowS;
      payload["exp"] = nowS + ASSERTION_LIFETIME_S;
      delete payload["nbf"];
    },
  });
  const issuer = new URL(tokenUrl).origin;
  await authenticate({ issuer }, { client_id: app.clientId }, form, new Headers());
  // The assertion names the client; Okta's own examples send it nowhere else.
  form.delete("client_id");
  return form.toString();
}
