import type { Clock, Failure } from "../core/index.ts";
import type { Answer } from "./answer.ts";
import { type Admission, bucketOf, type OrgSender } from "./org-sender.ts";
import type { OrgUrl } from "./org-url.ts";
import { Repetition, type Told } from "./repetition.ts";
import type { OrgRequest } from "./transport.ts";

/** How an idempotent request ended after all its repetitions. */
export type Asked =
  | Exclude<Told, { kind: "lost" }>
  | { readonly kind: "gave-up"; readonly failure: Failure };

/** How a request is to be sent. */
export interface CallOptions {
  /** Ends the waiting before it is sent, and between its repetitions. */
  readonly signal?: AbortSignal | undefined;
  /** Goes before requests that wait already, as a look-up does that settles a lost create. */
  readonly urgent?: boolean;
  /** Password material in it, to be masked should the org quote it. */
  readonly secrets?: readonly string[];
  /** Had beforehand, for its first sending. */
  readonly admission?: Admission;
  /** Whether it repeats a request that was sent before. @default "first" */
  readonly repeats?: "first" | "again";
  /** Answers outside 2xx that are as good to whoever asks. */
  readonly accepts?: (answer: Answer) => boolean;
}

/** Tries of an idempotent request against an org that is well otherwise; about ten seconds. */
const TRIES = 6;
const FIRST_BACKOFF_MS = 300;
const LONGEST_BACKOFF_MS = 8_000;

/**
 * Brings requests to the org and repeats what may be repeated. Answers 429, a missing connection
 * and an org that is down or read-only cost a request none of its tries.
 */
export class OrgCaller {
  readonly sender: OrgSender;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #closed: AbortSignal;

  constructor(options: {
    readonly sender: OrgSender;
    readonly clock: Clock;
    readonly random: () => number;
    /** Fires when nothing is to be asked any more: no pause outlasts it. */
    readonly closed: AbortSignal;
  }) {
    this.sender = options.sender;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#closed = options.closed;
  }

  get orgUrl(): OrgUrl {
    return this.sender.orgUrl;
  }

  /**
   * Sends a request until the org has, or may have, acted on it: never twice after that.
   *
   * @throws {OktaError} where no request will fare better, or waiting for the org is over
   */
  async tell(request: OrgRequest, options: CallOptions = {}): Promise<Told> {
    const { signal, urgent = false, secrets = [], accepts } = options;
    const kind = request.kind ?? (request.method === "GET" ? "read" : "write");
    let { admission, repeats = "first" } = options;
    let again = urgent || repeats === "again";
    const repetition = new Repetition((ms) => this.#jittered(ms));
    for (;;) {
      admission ??= await this.sender.admit(bucketOf(request), kind, { signal, again });
      const wasProbe = admission.pass.isProbe;
      const sending = await this.sender.send(request, admission, {
        repeats,
        secrets,
        ...(accepts === undefined ? {} : { accepts }),
      });
      const next = repetition.after(sending, { wasProbe });
      if (next.kind === "end") return next.told;
      admission = undefined;
      again = true;
      if (next.wasSent) repeats = "again";
      await this.pause(next.pauseMs, signal);
    }
  }

  /**
   * Sends an idempotent request until it has a definite answer.
   *
   * @throws {OktaError} where no request will fare better, or waiting for the org is over
   */
  async ask(request: OrgRequest, options: CallOptions = {}): Promise<Asked> {
    let told = await this.tell(request, options);
    for (let tries = 0; told.kind === "lost";) {
      if (!told.wasProbe) tries += 1;
      if (tries >= TRIES) return { kind: "gave-up", failure: told.failure };
      await this.pauseBeforeTry(tries, options.signal);
      told = await this.tell(request, { ...options, repeats: "again" });
    }
    return told;
  }

  /** A pause with jitter that grows with the tries before. */
  pauseBeforeTry(tries: number, signal: AbortSignal | undefined): Promise<void> {
    const ms = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** tries);
    return this.pause(this.#jittered(ms), signal);
  }

  /** Waits; rejects with the signal's reason once it has fired. */
  async pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const ends = signal === undefined ? this.#closed : AbortSignal.any([signal, this.#closed]);
    if (ms > 0) await this.#clock.sleep(ms, ends);
    ends.throwIfAborted();
  }

  #jittered(ms: number): number {
    return ms * (0.75 + this.#random() / 2);
  }
}
