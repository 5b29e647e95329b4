import { processClientCredentialsResponse } from "oauth4webapi";
import { type Clock, OktaError, Secret } from "../../core/index.ts";
import type { Answer } from "../answer.ts";
import { readErrorBody } from "../error-body.ts";
import type { OrgCaller } from "../org-caller.ts";
import { type OrgRequest, SINGLE_BODY_BYTES } from "../transport.ts";
import type { AccessToken } from "./token-keeper.ts";

/** Path of the org's own authorization server, the only one that gives tokens for its API. */
export const TOKEN_PATH = "/oauth2/v1/token";

/** What the org gave for a token request. */
export type TokenAnswer =
  | {
      readonly kind: "granted";
      readonly token: AccessToken;
      /** As far as the answer names them. */
      readonly scopes: readonly string[] | undefined;
      /** What gets the next token, where somebody signed in and the app may have it. */
      readonly refreshToken: Secret | undefined;
      /** Who signed in, unread. */
      readonly idToken: Secret | undefined;
    }
  | Refused;

/** What the org's authorization server says instead of giving what it was asked for. */
export interface Refused {
  readonly kind: "refused";
  /** OAuth's code, such as `invalid_scope`. */
  readonly code: string;
  /** The org's own words; for judging, not for showing. */
  readonly description: string;
  readonly answer: Answer;
}

/** Lifetime of a token whose answer names none: that of all tokens of an org. */
const USUAL_LIFETIME_S = 3600;
/** A shorter one would be over before it is used. */
const LEAST_LIFETIME_S = 1;

/** Asks the org for tokens, as patiently as for anything else. */
export class TokenEndpoint {
  readonly #caller: OrgCaller;
  readonly #clock: Clock;

  constructor(options: {
    /** Sends without a token, and with proofs of possession. */
    readonly caller: OrgCaller;
    readonly clock: Clock;
  }) {
    this.#caller = options.caller;
    this.#clock = options.clock;
  }

  /**
   * Asks for a token until the org has answered.
   *
   * @param makeForm the request's body, made anew for each sending
   * @throws {OktaError} when what answers is no org, or waiting for it is over
   */
  async ask(makeForm: () => Promise<string>): Promise<TokenAnswer> {
    let askedAtMs = 0;
    const answer = await askServer(this.#caller, {
      path: TOKEN_PATH,
      makeForm: () => {
        askedAtMs = this.#clock.now();
        return makeForm();
      },
    });
    return isRefusal(answer) ? readRefusal(answer) : readGrant(answer, askedAtMs);
  }
}

/** A form for the org's authorization server. */
export interface ServerForm {
  readonly path: string;
  /** Made anew for each sending. */
  readonly makeForm: () => Promise<string>;
}

/**
 * Sends a form to the org's authorization server until it has answered, by 2xx or by a refusal.
 *
 * @throws {OktaError} when what answers is no org, or waiting for it is over
 */
export async function askServer(
  caller: OrgCaller,
  { path, makeForm }: ServerForm,
): Promise<Answer> {
  const request: OrgRequest = {
    method: "POST",
    route: path,
    path,
    kind: "read",
    contentType: "application/x-www-form-urlencoded",
    makeBody: makeForm,
    maxBodyBytes: SINGLE_BODY_BYTES,
  };
  for (;;) {
    const asked = await caller.ask(request, { urgent: true, accepts: isRefusal });
    // It stays so for as long as the org's health allows.
    if (asked.kind === "gave-up") continue;
    if (asked.kind !== "accepted") throw unexpectedFrom(path);
    return asked.answer;
  }
}

/** Whether an answer says in OAuth's words why there is nothing. */
export function isRefusal(answer: Answer): boolean {
  const { status } = answer;
  return status >= 400 && status < 500 && status !== 429 && OAUTH_CODE.test(codeOf(answer));
}

/** Codes of OAuth have small letters; those of the API, which speak of other things, have none. */
const OAUTH_CODE = /^[a-z][a-z_]+$/;

function codeOf(answer: Answer): string {
  return readErrorBody(answer).code;
}

/** What a refusal says. */
export function readRefusal(answer: Answer): Refused {
  const { code, summary } = readErrorBody(answer);
  return { kind: "refused", code, description: summary, answer };
}

async function readGrant(answer: Answer, askedAtMs: number): Promise<TokenAnswer> {
  // The one is judged by whoever wants to know who signed in.
  const { id_token: idToken, ...rest } = bodyOf(answer);
  try {
    const grant = await processClientCredentialsResponse(
      { issuer: "https://org" },
      { client_id: "app" },
      jsonResponse(rest),
    );
    const scopes = grant.scope?.split(" ").filter((scope) => scope !== "");
    return {
      kind: "granted",
      token: {
        value: grant.access_token,
        scheme: grant.token_type === "dpop" ? "DPoP" : "Bearer",
        askedAtMs,
        lifetimeMs: Math.max(LEAST_LIFETIME_S, grant.expires_in ?? USUAL_LIFETIME_S) * 1000,
        ...(scopes === undefined ? {} : { scopes }),
      },
      scopes,
      refreshToken: secretOf(grant.refresh_token),
      idToken: secretOf(idToken),
    };
  } catch {
    // The cause quotes the answer, and with it a token.
    throw unexpectedFrom(TOKEN_PATH);
  }
}

/** The body's object; an empty one where it is none. */
export function bodyOf(answer: Answer): Readonly<Record<string, unknown>> {
  const body = answer.json();
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  return isObject ? (body as Readonly<Record<string, unknown>>) : {};
}

/** A body as the library that judges it wants to have it. */
export function jsonResponse(body: object): Response {
  return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
}

function secretOf(value: unknown): Secret | undefined {
  return typeof value === "string" && value !== "" ? new Secret(value) : undefined;
}

/** What is told where an answer can't be one of the org's authorization server. */
export function unexpectedFrom(path: string): OktaError {
  return new OktaError({
    code: "ORG_ANSWER_UNEXPECTED",
    message: `The answer is none of the org's authorization server (POST ${path}).`,
    hint: "Check that the address is that of an Okta org and that no proxy stands in between.",
  });
}
