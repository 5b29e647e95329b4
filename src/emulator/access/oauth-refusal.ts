import { type Answer, jsonAnswer } from "../routes/call.ts";

/** An OAuth error: its code, and Okta's words for it. */
export interface OAuthError {
  readonly error: string;
  readonly description: string;
  /** @default 400 */
  readonly status?: number;
}

/** Why the authorization server or the check of a token says no, and the answer as it goes out. */
export class OAuthRefusal extends Error {
  readonly said: OAuthError;
  readonly answer: Answer;

  /** @param answer @default what the authorization server's endpoints answer: the error as JSON */
  constructor(said: OAuthError, answer = errorAnswer(said)) {
    super(said.error);
    this.said = said;
    this.answer = answer;
  }
}

function errorAnswer({ error, description, status }: OAuthError): Answer {
  return jsonAnswer(JSON.stringify({ error, error_description: description }), status ?? 400);
}

/** 401 `invalid_client`. */
export function invalidClient(description: string): OAuthRefusal {
  return new OAuthRefusal({ error: "invalid_client", description, status: 401 });
}

/** 400 `invalid_request`. */
export function invalidRequest(description: string): OAuthRefusal {
  return new OAuthRefusal({ error: "invalid_request", description });
}

/** 400 `invalid_grant`. */
export function invalidGrant(description: string): OAuthRefusal {
  return new OAuthRefusal({ error: "invalid_grant", description });
}

/** 400 `invalid_dpop_proof`. */
export function invalidProof(description = "The DPoP proof JWT is invalid."): OAuthRefusal {
  return new OAuthRefusal({ error: "invalid_dpop_proof", description });
}

/** 403 `access_denied`: whoever was asked said no. */
export function accessDenied(): OAuthRefusal {
  const description = "The resource owner or authorization server denied the request.";
  return new OAuthRefusal({ error: "access_denied", description, status: 403 });
}

/** 400 `unauthorized_client`: a service app that wants what is for people. */
export function unauthorizedClient(): OAuthRefusal {
  const description =
    "The client is not authorized to use the provided grant type. Configured grant types: [client_credentials].";
  return new OAuthRefusal({ error: "unauthorized_client", description });
}
