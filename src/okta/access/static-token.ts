import { ConfigError, Secret } from "../../core/index.ts";
import type { Authorization, Authorizer, HeldToken } from "./authorizer.ts";
import { readTokenClaims } from "./token-claims.ts";

/** A token that somebody else got. @see docs/okta/access.md#tokens */
export interface StaticToken {
  /** `bearer`: an OAuth access token. `ssws`: an API token of an administrator. */
  readonly kind: "bearer" | "ssws";
  readonly token: Secret;
  /** The variable that it came from. */
  readonly variable: string;
}

const VARIABLE_OF = { bearer: "OKTA_ACCESS_TOKEN", ssws: "OKTA_API_TOKEN" } as const;
const SCHEME_OF = { bearer: "Bearer", ssws: "SSWS" } as const;

/**
 * Takes a token as an operator gives it; white space around it is dropped.
 *
 * @param at the variable that holds it. `OKTA_ACCESS_TOKEN` or `OKTA_API_TOKEN` where absent
 * @throws {ConfigError} CREDENTIAL_MISSING when nothing is left
 * @throws {ConfigError} OPTION_INVALID when it holds what can't stand in a header
 */
export function createCredential(
  kind: StaticToken["kind"],
  token: string,
  at: string = VARIABLE_OF[kind],
): StaticToken {
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
  return { kind, token: new Secret(trimmed), variable: at };
}

/** What goes with each request for as long as the token is this one. */
export function authorizationOf({ kind, token }: StaticToken): Authorization {
  const value = token.reveal();
  return { headers: ["authorization", `${SCHEME_OF[kind]} ${value}`], secrets: [value] };
}

/** Sends this token with every request; where it is refused, there is no other. */
export function authorizeByToken(token: StaticToken): Authorizer {
  const authorization = authorizationOf(token);
  const { kind, variable } = token;
  return {
    facts: { kind, variable, hasWorked: false },
    ready: () => undefined,
    authorize: () => authorization,
    hear: () => "settled",
    held: () => claimsOf(token),
  };
}

/** What the token says of itself. */
export function claimsOf({ kind, token }: StaticToken): HeldToken | undefined {
  return kind === "ssws" ? undefined : readTokenClaims(token.reveal());
}
