import type { Failure } from "../core/index.ts";
import type { AccessVerdict, Authorization, Authorizer } from "./access/index.ts";
import type { Answer } from "./answer.ts";
import type { Delivery } from "./exchange.ts";
import type { RateGovernor, RateTicket } from "./governor/index.ts";
import { describeTrouble } from "./network-trouble.ts";
import type { HealthPass, OrgHealth, RequestKind } from "./org-health.ts";
import type { OrgUrl } from "./org-url.ts";
import { DateHeaderReader, readRateFacts } from "./rate-headers.ts";
import { type Reaction, reactTo } from "./reactions.ts";
import type { OrgRequest, Transport } from "./transport.ts";

/** Everything a request needs to leave: the org's good health and a place in the rate budget. */
export interface Admission {
  readonly ticket: RateTicket;
  readonly pass: HealthPass;
}

/** How one sending of a request ended. */
export type Sending =
  /** 2xx, what the request takes for an answer besides, and of an anonymous one any 4xx but 408. */
  | { readonly kind: "accepted"; readonly answer: Answer }
  /** Any other answer but 429. */
  | { readonly kind: "objected"; readonly reaction: Reaction }
  /** The token or its proof was refused: the org did not act on it, and the next sending has another. */
  | {
      readonly kind: "unauthorized";
      readonly verdict: Exclude<AccessVerdict, "settled">;
      readonly reaction: Reaction;
    }
  /** 429: the org did not act on it; it may ask for admission again after the pause. */
  | { readonly kind: "put-off"; readonly pauseMs: number }
  /** It never left: no connection, or org and token were no longer what they were at the admission. */
  | { readonly kind: "unsent"; readonly why: "no-connection" | "no-admission" }
  /** No whole answer came: the org may have acted on it. */
  | { readonly kind: "unanswered"; readonly failure: Failure };

/** How a request is sent once. */
export interface SendOptions {
  readonly repeats: "first" | "again";
  /** Password material in it, to be masked should the org quote it. */
  readonly secrets: readonly string[];
  /** Answers outside 2xx that are as good to whoever asks. */
  readonly accepts?: (answer: Answer) => boolean;
}

/** Sends one request once, and tells governor and health how it fared. */
export class OrgSender {
  readonly #transport: Transport;
  readonly #governor: RateGovernor;
  readonly #health: OrgHealth;
  readonly #authorizer: Authorizer;
  readonly #dates = new DateHeaderReader();

  constructor(options: {
    readonly transport: Transport;
    readonly governor: RateGovernor;
    readonly health: OrgHealth;
    readonly authorizer: Authorizer;
  }) {
    this.#transport = options.transport;
    this.#governor = options.governor;
    this.#health = options.health;
    this.#authorizer = options.authorizer;
  }

  get orgUrl(): OrgUrl {
    return this.#transport.orgUrl;
  }

  /** Resolves when one request like this may leave; one that goes `again` is let through first. */
  async admit(
    bucket: string,
    kind: RequestKind,
    options: { readonly signal: AbortSignal | undefined; readonly again: boolean },
  ): Promise<Admission> {
    const { signal, again } = options;
    for (;;) {
      const access = this.#authorizer.ready(signal);
      if (access !== undefined) await access;
      const pass = await this.#health.pass(kind, signal);
      let ticket: RateTicket;
      try {
        ticket = await this.#governor.admit(
          bucket,
          signal === undefined ? { again } : { signal, again },
        );
      } catch (error) {
        this.#health.giveBack(pass);
        throw error;
      }
      if (this.#health.isValid(pass)) return { ticket, pass };
      ticket.release();
    }
  }

  /** Gives back an admission that was not used. */
  release({ ticket, pass }: Admission): void {
    ticket.release();
    this.#health.giveBack(pass);
  }

  /** Sends a request once, under an admission that this uses up. */
  async send(request: OrgRequest, admission: Admission, how: SendOptions): Promise<Sending> {
    const { ticket, pass } = admission;
    if (!this.#health.isValid(pass)) return this.#missed(admission);
    const place = ticket.slot();
    if (place !== undefined) await place;
    const body = request.makeBody === undefined ? request.body : await request.makeBody();
    const authorization =
      request.anonymous === true ? NO_AUTHORIZATION : this.#authorizer.authorize(request);
    if (authorization === undefined || !this.#health.isValid(pass)) return this.#missed(admission);
    const delivery = await this.#transport.send(request, {
      repeats: how.repeats,
      authorization: authorization.headers,
      body,
    });
    return this.#judge({ request, admission, delivery, how, authorization });
  }

  #missed(admission: Admission): Sending {
    this.release(admission);
    return { kind: "unsent", why: "no-admission" };
  }

  #judge(sent: Sent): Sending {
    const { ticket, pass } = sent.admission;
    const { delivery } = sent;
    switch (delivery.kind) {
      case "unsent": {
        ticket.release();
        const { trouble, cause } = delivery;
        this.#health.settle(pass, { kind: "unreachable", trouble, cause });
        return { kind: "unsent", why: "no-connection" };
      }
      case "unanswered": {
        ticket.unanswered();
        this.#health.settle(pass, { kind: "down" });
        const reason = `No whole answer came from the org: ${describeTrouble(delivery.trouble)}.`;
        return { kind: "unanswered", failure: { ...ANSWER_LOST, reason } };
      }
      case "answered": {
        const { answer } = delivery;
        const { status, headers } = answer;
        const facts = readRateFacts(status, headers, this.#dates.read(headers));
        const { retryAfterMs } = ticket.answered(facts);
        if (status === 429) {
          this.#health.settle(pass, DEFINITE);
          return { kind: "put-off", pauseMs: retryAfterMs };
        }
        const verdict =
          sent.request.anonymous === true
            ? "settled"
            : this.#authorizer.hear(answer, sent.authorization);
        const isGood = isAccepted(status, sent.request) || sent.how.accepts?.(answer) === true;
        if (isGood && verdict === "settled") {
          this.#health.settle(pass, DEFINITE);
          return { kind: "accepted", answer };
        }
        return this.#object(sent, answer, verdict);
      }
    }
  }

  #object(sent: Sent, answer: Answer, verdict: AccessVerdict): Sending {
    const { request, admission, how, authorization } = sent;
    const reaction = reactTo(answer, {
      bucket: bucketOf(request),
      orgUrl: this.orgUrl,
      secrets: [...how.secrets, ...authorization.secrets],
      proof: authorization.headers.includes("dpop") ? "sent" : "none",
      token: this.#authorizer.facts,
    });
    const isIll = reaction.kind === "down" || reaction.kind === "read-only";
    this.#health.settle(admission.pass, isIll ? { kind: reaction.kind } : DEFINITE);
    if (verdict === "settled") return { kind: "objected", reaction };
    return { kind: "unauthorized", verdict, reaction };
  }
}

/** One sending and how it was delivered. */
interface Sent {
  readonly request: OrgRequest;
  readonly admission: Admission;
  readonly how: SendOptions;
  readonly authorization: Authorization;
  readonly delivery: Delivery;
}

const NO_AUTHORIZATION: Authorization = { headers: [], secrets: [] };

function isAccepted(status: number, { anonymous }: OrgRequest): boolean {
  if (status >= 200 && status < 300) return true;
  return anonymous === true && status >= 400 && status < 500 && status !== REQUEST_TIMEOUT;
}

const REQUEST_TIMEOUT = 408;

/** Name of the rate bucket of a request. @see docs/okta/rate-limits.md#windows */
export function bucketOf(request: OrgRequest): string {
  return `${request.method} ${request.route}`;
}

/** Failure of a request whose answer never came, or proves nothing. */
export const ANSWER_LOST: Failure = {
  code: "ANSWER_LOST",
  reason: "The org's answer can't be read.",
  hint: "Run the same command again: the login is looked up before anything is sent.",
};

const DEFINITE = { kind: "definite" } as const;
