import type { Clock } from "../../core/index.ts";
import { WaitingLine } from "../waiting-line.ts";

/** An access token as it is sent. */
export interface AccessToken {
  readonly value: string;
  /** Whether each request needs a proof beside it. */
  readonly scheme: "Bearer" | "DPoP";
  /** Moment of the clock at which it was asked for. */
  readonly askedAtMs: number;
  /** How long it is good from then on. */
  readonly lifetimeMs: number;
  /** What it allows, as far as the org says so. */
  readonly scopes?: readonly string[];
  /** The app that it was given to, where that is not the credential's own. */
  readonly clientId?: string;
}

/** Part of a lifetime in which the next token is got, the last one being still good. */
const RENEWAL_PART = 0.1;
const LONGEST_RENEWAL_MS = 60_000;
/** How much of that time passes before a renewal that failed is tried again. */
const RETRY_PART = 0.25;

/**
 * Keeps one access token at hand, in memory alone.
 *
 * The next one is got while the last is still good, so that no request waits; where none is good,
 * all requests wait for the same one.
 */
export class TokenKeeper {
  readonly #clock: Clock;
  readonly #mint: () => Promise<AccessToken>;
  readonly #waiting = new WaitingLine<"request", void>(() => undefined);
  #token: AccessToken | undefined;
  #renewAtMs = 0;
  #isMinting = false;

  constructor(options: {
    readonly clock: Clock;
    /** Gets a new token; rejects with an {@link OktaError} where the org gives none. */
    readonly mint: () => Promise<AccessToken>;
  }) {
    this.#clock = options.clock;
    this.#mint = options.mint;
  }

  /** The token that is good now; undefined where there is none. Renews it when that is due. */
  current(): AccessToken | undefined {
    const token = this.#token;
    if (token === undefined) return undefined;
    const nowMs = this.#clock.now();
    if (nowMs >= token.askedAtMs + token.lifetimeMs) return undefined;
    if (nowMs >= this.#renewAtMs) void this.#renew();
    return token;
  }

  /** How much longer the token is good; 0 where there is none. */
  leftMs(): number {
    const token = this.#token;
    if (token === undefined) return 0;
    return Math.max(0, token.askedAtMs + token.lifetimeMs - this.#clock.now());
  }

  /** Resolves once there is a good token; undefined where there is one. */
  ready(signal: AbortSignal | undefined): Promise<void> | undefined {
    if (this.current() !== undefined) return undefined;
    const waiting = this.#waiting.join("request", signal);
    void this.#renew();
    return waiting;
  }

  /** The org did not accept this token: it is not given out again. */
  refuse(value: string): void {
    if (this.#token?.value === value) this.#token = undefined;
  }

  async #renew(): Promise<void> {
    if (this.#isMinting) return;
    this.#isMinting = true;
    try {
      const token = await this.#mint();
      this.#token = token;
      this.#renewAtMs = token.askedAtMs + token.lifetimeMs - renewalMs(token);
      for (const waiter of this.#waiting.all()) waiter.give();
    } catch (error) {
      const token = this.#token;
      if (token !== undefined) this.#renewAtMs = this.#clock.now() + renewalMs(token) * RETRY_PART;
      const reason = error instanceof Error ? error : new Error("no token", { cause: error });
      for (const waiter of this.#waiting.all()) waiter.refuse(reason);
    } finally {
      this.#isMinting = false;
    }
  }
}

function renewalMs({ lifetimeMs }: AccessToken): number {
  return Math.min(LONGEST_RENEWAL_MS, lifetimeMs * RENEWAL_PART);
}
