import type { Failure } from "../core/index.ts";
import type { Answer } from "./answer.ts";
import type { Sending } from "./org-sender.ts";
import type { Reaction } from "./reactions.ts";

/** What the org made of a request. */
export type Told =
  /** 2xx, or what the request takes for an answer besides. */
  | { readonly kind: "accepted"; readonly answer: Answer }
  | { readonly kind: "login-exists" | "absent" | "refused"; readonly failure: Failure }
  /** It may have acted on it. */
  | { readonly kind: "lost"; readonly failure: Failure; readonly wasProbe: boolean };

/** What follows from one sending. */
export type NextStep =
  | { readonly kind: "end"; readonly told: Told }
  /** The org did not act on it: it goes again after a pause. */
  | { readonly kind: "again"; readonly pauseMs: number; readonly wasSent: boolean };

/** Pause before a request that found no connection asks again; the org's health may add more. */
const NO_CONNECTION_PAUSE_MS = 500;
/** How often a request goes again because its token or its proof was refused. */
const RENEWALS = { "new-token": 1, "new-proof": 3 } as const;

/** Decides, for one request, whether it is sent once more: never after the org may have acted on it. */
export class Repetition {
  readonly #jittered: (ms: number) => number;
  readonly #renewals = { "new-token": 0, "new-proof": 0 };
  #postponed = 0;

  constructor(jittered: (ms: number) => number) {
    this.#jittered = jittered;
  }

  /** @throws {OktaError} where no request will fare better */
  after(sending: Sending, { wasProbe }: { readonly wasProbe: boolean }): NextStep {
    switch (sending.kind) {
      case "accepted":
        return end(sending);
      case "unanswered":
        return end({ kind: "lost", failure: sending.failure, wasProbe });
      case "unsent":
        return {
          kind: "again",
          pauseMs: sending.why === "no-connection" ? this.#jittered(NO_CONNECTION_PAUSE_MS) : 0,
          wasSent: false,
        };
      case "put-off":
        return again(sending.pauseMs);
      case "unauthorized":
        this.#renewals[sending.verdict] += 1;
        if (this.#renewals[sending.verdict] <= RENEWALS[sending.verdict]) return again(0);
        return this.#afterReaction(sending.reaction, wasProbe);
      case "objected":
        return this.#afterReaction(sending.reaction, wasProbe);
    }
  }

  #afterReaction(reaction: Reaction, wasProbe: boolean): NextStep {
    switch (reaction.kind) {
      case "stop":
        throw reaction.error;
      case "login-exists":
      case "absent":
      case "refused":
        return end(reaction);
      case "down":
        return end({ kind: "lost", failure: reaction.failure, wasProbe });
      case "read-only":
        return again(0);
      case "later": {
        const pauseMs = reaction.pausesMs[this.#postponed];
        this.#postponed += 1;
        if (pauseMs === undefined) return end({ kind: "refused", failure: reaction.failure });
        return again(this.#jittered(pauseMs));
      }
    }
  }
}

function end(told: Told): NextStep {
  return { kind: "end", told };
}

function again(pauseMs: number): NextStep {
  return { kind: "again", pauseMs, wasSent: true };
}
