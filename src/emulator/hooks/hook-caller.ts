import type { Clock } from "../../core/index.ts";
import { exchange, type HookReply } from "./exchange.ts";
import type { HookTarget } from "./hook-record.ts";

const NO_REPLY_IN_TIME: HookReply = { kind: "none", why: "timed out" };

/** What a call of a hook sends. */
export interface HookCall {
  readonly target: HookTarget;
  /** JSON, the same at both tries. */
  readonly body: string;
  /** For each try. */
  readonly timeoutMs: number;
}

/**
 * Calls inline hooks as Okta does: each try has its time, there is at most a second one, and none
 * after an answer that starts with 2 or 4. Redirects are not followed.
 *
 * @see docs/okta/password-hook.md#timing
 */
export class HookCaller {
  readonly #clock: Clock;
  readonly #ca: string | undefined;
  readonly #closing: AbortSignal;

  /**
   * @param parts.ca certificates in PEM that are trusted besides the usual ones; undefined: those of the process
   * @param parts.closing ends all calls
   */
  constructor(parts: {
    readonly clock: Clock;
    readonly ca: string | undefined;
    readonly closing: AbortSignal;
  }) {
    this.#clock = parts.clock;
    this.#ca = parts.ca;
    this.#closing = parts.closing;
  }

  /** Calls a hook; never rejects. */
  async call(call: HookCall): Promise<HookReply> {
    const first = await this.#try(call);
    return isFinal(first) || this.#closing.aborted ? first : this.#try(call);
  }

  async #try({ target, body, timeoutMs }: HookCall): Promise<HookReply> {
    const over = new AbortController();
    const end = (): void => over.abort();
    this.#closing.addEventListener("abort", end, { once: true });
    try {
      return await Promise.race([
        exchange({ target, body, ca: this.#ca, signal: over.signal }),
        this.#clock.sleep(timeoutMs, over.signal).then(() => NO_REPLY_IN_TIME),
      ]);
    } finally {
      this.#closing.removeEventListener("abort", end);
      end();
    }
  }
}

function isFinal(reply: HookReply): boolean {
  if (reply.kind === "none") return false;
  const { status } = reply;
  return (status >= 200 && status < 300) || (status >= 400 && status < 500);
}
