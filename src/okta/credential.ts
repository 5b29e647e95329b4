import { ConfigError, Secret } from "../core/index.ts";

/** How requests prove who sends them. @see docs/okta/access.md#tokens */
export interface Credential {
  /** `bearer`: an OAuth access token. `ssws`: an API token of an administrator. */
  readonly kind: "bearer" | "ssws";
  readonly token: Secret;
}

const VARIABLE_OF = { bearer: "OKTA_ACCESS_TOKEN", ssws: "OKTA_API_TOKEN" } as const;
const SCHEME_OF = { bearer: "Bearer", ssws: "SSWS" } as const;

/**
 * Takes a token as an operator gives it; white space around it is dropped.
 *
 * @throws {ConfigError} CREDENTIAL_MISSING when nothing is left
 * @throws {ConfigError} OPTION_INVALID when it holds what can't stand in a header
 */
export function createCredential(kind: Credential["kind"], token: string): Credential {
  const at = VARIABLE_OF[kind];
  const trimmed = token.trim();
  if (trimmed === "") {
    throw new ConfigError({
      code: "CREDENTIAL_MISSING",
      at,
      message: `${at} is empty.`,
      hint: `Put the token itself into ${at}.`,
    });
  }
  if (!/^[\x21-\x7e]+$/.test(trimmed)) {
    throw new ConfigError({
      code: "OPTION_INVALID",
      at,
      message: `${at} holds a space, a line break or another character that no token has.`,
      hint: `Put the token alone into ${at}, without "${SCHEME_OF[kind]}" before it.`,
    });
  }
  return { kind, token: new Secret(trimmed) };
}

/** Value of the `Authorization` header; a secret as a whole. */
export function authorizationOf(credential: Credential): Secret {
  return new Secret(`${SCHEME_OF[credential.kind]} ${credential.token.reveal()}`);
}
