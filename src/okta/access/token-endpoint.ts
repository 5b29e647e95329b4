import { processClientCredentialsResponse } from "oauth4webapi";
import { type Clock, OktaError } from "../../core/index.ts";
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
    }
  | {
      readonly kind: "refused";
      /** OAuth's code, such as `invalid_scope`. */
      readonly code: string;
      /** The org's own words; for judging, not for showing. */
      readonly description: string;
      readonly answer: Answer;
    };

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
    const request: OrgRequest = {
      method: "POST",
      route: TOKEN_PATH,
      path: TOKEN_PATH,
      kind: "read",
      contentType: "application/x-www-form-urlencoded",
      makeBody: () => {
        askedAtMs = this.#clock.now();
        return makeForm();
      },
      maxBodyBytes: SINGLE_BODY_BYTES,
    };
    for (;;) {
      const asked = await this.#caller.ask(request, { urgent: true, accepts: isRefusal });
      // It stays so for as long as the org's health allows.
      if (asked.kind === "gave-up") continue;
      if (asked.kind !== "accepted") throw unexpected();
      if (isRefusal(asked.answer)) return readRefusal(asked.answer);
      return readGrant(asked.answer, askedAtMs);
    }
  }
}

/** Whether an answer says in OAuth's words why there is no token. */
function isRefusal(answer: Answer): boolean {
  const { status } = answer;
  return status >= 400 && status < 500 && status !== 429 && OAUTH_CODE.test(codeOf(answer));
}

/** Codes of OAuth have small letters; those of the API, which speak of other things, have none. */
const OAUTH_CODE = /^[a-z][a-z_]+$/;

function codeOf(answer: Answer): string {
  return readErrorBody(answer).code;
}

function readRefusal(answer: Answer): TokenAnswer {
  const { code, summary } = readErrorBody(answer);
  return { kind: "refused", code, description: summary, answer };
}

async function readGrant(answer: Answer, askedAtMs: number): Promise<TokenAnswer> {
  const response = new Response(JSON.stringify(answer.json() ?? null), {
    headers: { "content-type": "application/json" },
  });
  try {
    const grant = await processClientCredentialsResponse(
      { issuer: "https://org" },
      { client_id: "app" },
      response,
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
    };
  } catch {
    // The cause quotes the answer, and with it a token.
    throw unexpected();
  }
}

function unexpected(): OktaError {
  return new OktaError({
    code: "ORG_ANSWER_UNEXPECTED",
    message: `The answer to a token request is none (POST ${TOKEN_PATH}).`,
    hint: "Check that the address is that of an Okta org and that no proxy stands in between.",
  });
}
