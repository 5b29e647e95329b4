import {
  ConfigError,
  type EventSink,
  type MigrationError,
  OktaError,
  type Secret,
} from "../../core/index.ts";
import type { Answer } from "../answer.ts";
import { USERS_ROUTE } from "../create-request.ts";
import { errorCodesOf } from "../error-body.ts";
import type { OrgCaller } from "../org-caller.ts";
import { tokenNotValid } from "../stops.ts";
import type { GivenToken } from "../given-token.ts";
import { LIST_BODY_BYTES, type OrgRequest } from "../transport.ts";
import { WaitingLine } from "../waiting-line.ts";
import type { AccessVerdict, Authorization, Authorizer, HeldToken } from "./authorizer.ts";
import {
  authorizationOf,
  authorizeByToken,
  claimsOf,
  createCredential,
  type StaticToken,
} from "./static-token.ts";

/** Why another token is needed. */
export interface TokenRequest {
  /** The variable that the refused one came from. */
  readonly variable: string;
  /** Why the org refuses it; of the last one that was given, where that was no better. */
  readonly refusal: MigrationError;
  /** Whether that is one that was given instead. */
  readonly again: boolean;
}

/**
 * Asks somebody for the token that goes on where one is taken no longer. Its answer is tried on the
 * org before it is used; it is asked again while that refuses.
 *
 * @param signal fires when no token is wanted any more
 * @returns undefined when there is none: then the run stops
 */
export type AskForToken = (
  request: TokenRequest,
  signal: AbortSignal,
) => Promise<Secret | undefined>;

/** What a refused token is answered. @see docs/okta/access.md#answers-of-guarded-calls */
const NOT_VALID: ReadonlySet<string> = new Set(["E0000011", "invalid_token"]);

/** Changes nothing, and every token may ask it, be it for a 403. */
const TRIAL: OrgRequest = {
  method: "GET",
  route: USERS_ROUTE,
  path: `${USERS_ROUTE}?limit=1`,
  maxBodyBytes: LIST_BODY_BYTES,
};

/**
 * Sends a token that somebody gave with every request.
 *
 * - **in use**: where the org refuses it although it took it before, and somebody can be asked for
 *   another: refused. One that never worked is refused for good.
 * - **refused**: nothing is sent; all requests wait while one question is asked. Answered with a token
 *   that the org takes: in use. No answer, or nobody waits any more: over.
 * - **over**: every request is refused with the reason.
 */
export class GivenTokens implements Authorizer {
  readonly #ask: AskForToken | undefined;
  readonly #callWith: (authorizer: Authorizer) => OrgCaller;
  readonly #events: EventSink;
  readonly #waiting = new WaitingLine<"request", void>(() => this.#withdrawUnwanted());
  #token: StaticToken;
  /** Undefined while it is refused. */
  #authorization: Authorization | undefined;
  #hasWorked = false;
  #refusal: OktaError | undefined;
  /** Why there is no token any more. */
  #ending: Error | undefined;
  #question: AbortController | undefined;

  constructor(options: {
    readonly token: StaticToken;
    readonly ask: AskForToken | undefined;
    /** Makes what tries a new token. */
    readonly callWith: (authorizer: Authorizer) => OrgCaller;
    readonly events: EventSink;
  }) {
    this.#token = options.token;
    this.#authorization = authorizationOf(options.token);
    this.#ask = options.ask;
    this.#callWith = options.callWith;
    this.#events = options.events;
  }

  get facts(): GivenToken {
    const { kind, variable } = this.#token;
    return { kind, variable, hasWorked: this.#hasWorked };
  }

  ready(signal: AbortSignal | undefined): Promise<void> | undefined {
    if (this.#authorization !== undefined) return undefined;
    if (this.#ending !== undefined) return Promise.reject(this.#ending);
    const waiting = this.#waiting.join("request", signal);
    void this.#renew();
    return waiting;
  }

  authorize(): Authorization | undefined {
    return this.#authorization;
  }

  hear(answer: Answer, sent: Authorization): AccessVerdict {
    if (answer.status >= 200 && answer.status < 300) this.#hasWorked = true;
    if (!isNotValid(answer)) return "settled";
    if (sent !== this.#authorization) return "new-token";
    if (!this.#hasWorked || this.#ask === undefined) return "settled";
    this.#authorization = undefined;
    this.#refusal = refusalOf(answer, this.facts);
    return "new-token";
  }

  held(): HeldToken | undefined {
    return claimsOf(this.#token);
  }

  async #renew(): Promise<void> {
    const refusal = this.#refusal;
    if (refusal === undefined || this.#question !== undefined || this.#ending !== undefined) return;
    const question = new AbortController();
    this.#question = question;
    try {
      const token = await this.#newToken(refusal, question.signal);
      this.#token = token;
      this.#authorization = authorizationOf(token);
      this.#events.emit({ event: "token-renewed", variable: token.variable });
      for (const waiter of this.#waiting.all()) waiter.give();
    } catch (error) {
      const reason = error instanceof Error ? error : new Error("no token", { cause: error });
      this.#ending = reason;
      for (const waiter of this.#waiting.all()) waiter.refuse(reason);
    } finally {
      this.#question = undefined;
    }
  }

  /** @throws {OktaError} the refusal, when nobody gives a token that the org takes */
  async #newToken(refused: OktaError, signal: AbortSignal): Promise<StaticToken> {
    const { kind, variable } = this.#token;
    let refusal: MigrationError = refused;
    for (let again = false; ; again = true) {
      const given = await this.#ask?.({ variable, refusal, again }, signal);
      if (given === undefined) throw refused;
      try {
        const token = createCredential(kind, given.reveal(), variable);
        await this.#try(token, signal);
        return token;
      } catch (error) {
        if (!isWrongToken(error)) throw error;
        refusal = error;
      }
    }
  }

  /** @throws {OktaError} when the org refuses the token, or does not answer */
  async #try(token: StaticToken, signal: AbortSignal): Promise<void> {
    const caller = this.#callWith(authorizeByToken(token));
    try {
      // It stays so for as long as the org's health allows.
      while ((await caller.ask(TRIAL, { signal, urgent: true })).kind === "gave-up") continue;
    } catch (error) {
      // A token that may not ask this is a good one all the same.
      if (!(error instanceof OktaError) || error.code !== "ORG_PERMISSION_MISSING") throw error;
    }
  }

  /** Takes the question back where nobody waits for its answer. */
  #withdrawUnwanted(): void {
    if (this.#waiting.all().length === 0) {
      this.#question?.abort(new Error("no token is wanted any more"));
    }
  }
}

function isNotValid(answer: Answer): boolean {
  return answer.status === 401 && errorCodesOf(answer).some((code) => NOT_VALID.has(code));
}

function isWrongToken(error: unknown): error is ConfigError | OktaError {
  if (error instanceof ConfigError) return true;
  return error instanceof OktaError && WRONG_TOKEN.has(error.code);
}

const WRONG_TOKEN: ReadonlySet<string> = new Set(["ORG_CREDENTIAL_REFUSED", "ORG_PROOF_REFUSED"]);

function refusalOf(answer: Answer, facts: GivenToken): OktaError {
  const { status, requestId } = answer;
  const [errorCode = ""] = errorCodesOf(answer).filter((code) => NOT_VALID.has(code));
  const { message, ...rest } = tokenNotValid(facts);
  return new OktaError({
    ...rest,
    message: `${message} (HTTP ${status}, ${errorCode})`,
    status,
    errorCode,
    ...(requestId === undefined ? {} : { requestId }),
  });
}
