import { type Clock, type LimitFacts, OktaError, type Reading } from "../../core/index.ts";
import type { Answer } from "../answer.ts";
import type { RateGovernor } from "../governor/index.ts";
import type { OrgCaller } from "../org-caller.ts";
import { bucketOf } from "../org-sender.ts";
import { readRateFacts } from "../rate-headers.ts";
import { LIST_BODY_BYTES, type OrgRequest } from "../transport.ts";

/** What was answered to one question, and what it showed of the limit. */
export interface Answered {
  readonly answer: Reading<Answer>;
  readonly limit: Reading<LimitFacts>;
}

/** Time for one question, waiting and repetitions included: an examination is no run. */
const PATIENCE_MS = 12_000;
const NO_ANSWER = "no answer came in time";

/** Asks harmless questions, each for itself: what comes of one does not stop the next. */
export class Questioner {
  readonly #clock: Clock;
  readonly #governor: RateGovernor;
  readonly #secrets: () => readonly string[];
  readonly #durationsMs: number[] = [];

  constructor(options: {
    readonly clock: Clock;
    readonly governor: RateGovernor;
    /** What is sent and must not be shown: an org may name things by it. */
    readonly secrets: () => readonly string[];
  }) {
    this.#clock = options.clock;
    this.#governor = options.governor;
    this.#secrets = options.secrets;
  }

  /** The median time to an answer; undefined before the first. */
  get answerMs(): number | undefined {
    return this.#durationsMs.toSorted((a, b) => a - b)[this.#durationsMs.length >> 1];
  }

  /**
   * Asks what others depend on.
   *
   * @param accepts answers outside 2xx that are as good
   * @throws {OktaError} where the org does not answer or does not let us in; a missing right is none
   */
  async askFirst(
    caller: OrgCaller,
    request: OrgRequest,
    accepts: (answer: Answer) => boolean = () => false,
  ): Promise<Answered> {
    const patience = new AbortController();
    const over = new AbortController();
    const timedOut = new OktaError({
      code: "ORG_UNAVAILABLE",
      message: `The org gave no answer to ${bucketOf(request)} in ${PATIENCE_MS / 1000} s.`,
      hint: "See status.okta.com, then run the same command again.",
    });
    void this.#clock.sleep(PATIENCE_MS, over.signal).then(() => {
      if (!over.signal.aborted) patience.abort(timedOut);
    });
    const startedAtMs = this.#clock.now();
    try {
      const asked = await caller.ask(request, { signal: patience.signal, accepts });
      this.#durationsMs.push(this.#clock.now() - startedAtMs);
      if (asked.kind === "gave-up") throw timedOut;
      if (asked.kind !== "accepted") return unreadable("the org refused the question");
      return {
        answer: { kind: "read", value: asked.answer.masked(this.#secrets()) },
        limit: { kind: "read", value: this.#limitOf(request, asked.answer) },
      };
    } catch (error) {
      if (!(error instanceof OktaError) || error.code !== "ORG_PERMISSION_MISSING") throw error;
      const denied = { kind: "denied", lacks: lackOf(error) } as const;
      return { answer: denied, limit: denied };
    } finally {
      over.abort();
    }
  }

  /** Asks what nothing depends on: whatever goes wrong is the answer. */
  async ask(
    caller: OrgCaller,
    request: OrgRequest,
    accepts?: (answer: Answer) => boolean,
  ): Promise<Answered> {
    try {
      return await this.askFirst(caller, request, accepts);
    } catch (error) {
      if (!(error instanceof OktaError)) throw error;
      return unreadable(error.code === "ORG_UNAVAILABLE" ? NO_ANSWER : WHY[error.code]);
    }
  }

  #limitOf(request: OrgRequest, { status, headers }: Answer): LimitFacts {
    const { limit, remaining } = readRateFacts(status, headers, undefined);
    const windowMs = this.#governor.status(bucketOf(request))?.windowMs ?? MINUTE_MS;
    return { limit, remaining, windowMs };
  }
}

const MINUTE_MS = 60_000;
const WHY: Readonly<Partial<Record<OktaError["code"], string>>> = {
  ORG_ANSWER_UNEXPECTED: "the org does not know this part of the API",
  ORG_CREDENTIAL_REFUSED: "the org does not take the token for it",
  ORG_UNREACHABLE: "the org could not be reached any more",
};

/** A question of its own that reads a list or an object. */
export function getRequest(route: string, path: string = route): OrgRequest {
  return { method: "GET", route, path, maxBodyBytes: LIST_BODY_BYTES };
}

function unreadable(why = "the org refused it"): Answered {
  return { answer: { kind: "unreadable", why }, limit: { kind: "unreadable", why } };
}

/** @see docs/okta/access.md#answers-of-guarded-calls */
function lackOf({ errorCode }: OktaError): "scope" | "role" | "right" {
  if (errorCode === "insufficient_scope") return "scope";
  return errorCode === "E0000006" ? "role" : "right";
}
