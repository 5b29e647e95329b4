import type { Answer } from "../answer.ts";
import type { GivenToken } from "../given-token.ts";

/** A request, as far as its authorization depends on it. */
export interface RequestLine {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
}

/** What authorizes one sending of one request. */
export interface Authorization {
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** What of it must never be shown, should the org quote it. */
  readonly secrets: readonly string[];
}

/** What an answer says of the authorization that was sent. */
export type AccessVerdict =
  /** Nothing, or that no other one would fare better. */
  | "settled"
  /** The token was refused, and another one can be had. The org did not act on the request. */
  | "new-token"
  /** The proof was refused, and the next one is another. The org did not act on the request. */
  | "new-proof";

/** What may be known of the token that requests are sent with. */
export interface HeldToken {
  readonly scheme: "Bearer" | "DPoP";
  /** When it ends, by the org's clock, in milliseconds since 1970. */
  readonly endsAtMs?: number;
  /** How much longer it is good. */
  readonly leftMs?: number;
  readonly scopes?: readonly string[];
  readonly clientId?: string;
  /** Whether it is an app's own, or a person's by way of an app; undefined where it does not say. */
  readonly isOf?: "app" | "person";
}

/** Lets requests prove who sends them. @see docs/okta/access.md#tokens */
export interface Authorizer {
  /** Of the token that somebody gave; absent where tokens are got by ourselves. */
  readonly facts?: GivenToken;
  /**
   * Resolves once a request can be authorized; undefined where one can at once.
   *
   * @throws {OktaError} when the org gives no token
   */
  ready(signal: AbortSignal | undefined): Promise<void> | undefined;
  /** What one sending takes along; undefined when what was at hand has run out since `ready`. */
  authorize(request: RequestLine): Authorization | undefined;
  /** Takes an answer into account. */
  hear(answer: Answer, sent: Authorization): AccessVerdict;
  /** The token at hand; undefined where there is none, or nothing is known of it. */
  held?(): HeldToken | undefined;
}
