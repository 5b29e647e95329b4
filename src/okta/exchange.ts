import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { Answer } from "./answer.ts";
import { type NetworkTrouble, troubleOf } from "./network-trouble.ts";
import type { Perishable } from "./request-deadlines.ts";

/** How one request over the wire ended. */
export type Delivery =
  | { readonly kind: "answered"; readonly answer: Answer }
  /** Not a byte of the request left: the org cannot have acted on it. */
  | { readonly kind: "unsent"; readonly trouble: NetworkTrouble; readonly cause: unknown }
  /** It left, or may have left, and no whole answer came: the org may have acted on it. */
  | { readonly kind: "unanswered"; readonly trouble: NetworkTrouble };

const TIMED_OUT: NetworkTrouble = { kind: "timeout", code: "" };
const TOO_LARGE: NetworkTrouble = { kind: "too-large", code: "" };

/**
 * One request on its way. It waits for a connection, then it is started (from here on it counts as
 * sent), then headers and body come in. It ends once: by the answer's end, an error or the
 * deadline; whatever happens afterwards is ignored, but a request that ended while it still waited
 * is stopped when a connection takes it up.
 */
export class Exchange implements Dispatcher.DispatchHandler, Perishable {
  readonly deadlineMs: number;
  readonly #maxBodyBytes: number;
  readonly #onStart: () => void;
  readonly #onEnd: (exchange: Exchange, delivery: Delivery) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  readonly #chunks: Buffer[] = [];
  #bodyBytes = 0;
  #hasEnded = false;

  constructor(options: {
    readonly deadlineMs: number;
    readonly maxBodyBytes: number;
    readonly onStart: () => void;
    readonly onEnd: (exchange: Exchange, delivery: Delivery) => void;
  }) {
    this.deadlineMs = options.deadlineMs;
    this.#maxBodyBytes = options.maxBodyBytes;
    this.#onStart = options.onStart;
    this.#onEnd = options.onEnd;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#hasEnded) {
      controller.abort(new Error("the request ended before it was sent"));
      return;
    }
    this.#controller = controller;
    this.#onStart();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (statusCode < 200) return;
    this.#status = statusCode;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bodyBytes += chunk.length;
    if (this.#bodyBytes > this.#maxBodyBytes) {
      this.#end({ kind: "unanswered", trouble: TOO_LARGE });
      controller.abort(new Error("the answer is too large"));
      return;
    }
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#end({
      kind: "answered",
      answer: new Answer(this.#status, this.#headers, this.#chunks),
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    const trouble = troubleOf(error);
    if (this.#controller === undefined) this.#end({ kind: "unsent", trouble, cause: error });
    else this.#end({ kind: "unanswered", trouble });
  }

  /** Ends it without an answer and closes its connection. */
  expire(): void {
    if (this.#controller === undefined) {
      this.#end({ kind: "unsent", trouble: TIMED_OUT, cause: undefined });
    } else {
      this.#end({ kind: "unanswered", trouble: TIMED_OUT });
      this.#controller.abort(new Error("the request ran out of time"));
    }
  }

  #end(delivery: Delivery): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd(this, delivery);
  }
}
