import type { Dispatcher } from "undici";
import type { Clock, EventSink, Traffic } from "../core/index.ts";
import { InvariantError } from "../core/index.ts";
import { mayUseProxy, openConnections, type ProxySettings } from "./connections.ts";
import { type Delivery, Exchange } from "./exchange.ts";
import type { OrgUrl } from "./org-url.ts";
import { RequestDeadlines } from "./request-deadlines.ts";
import { userAgent } from "./user-agent.ts";

/** One request to the org. */
export interface OrgRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Route template such as `/api/v1/users/{id}`; with the method it names the rate bucket. */
  readonly route: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  /** A POST without one says `Content-Length: 0`. */
  readonly body?: string;
  /** Makes the body anew for each sending, in the place of `body`: nothing of it is sent twice. */
  readonly makeBody?: () => Promise<string>;
  /** Of the body. @default "application/json" */
  readonly contentType?: string;
  /** Whether it changes anything in the org. @default by method: only GET changes nothing */
  readonly kind?: "read" | "write";
  /** Longest answer that is read; a longer one counts as none. */
  readonly maxBodyBytes: number;
  /**
   * Sent without the credential. A 4xx is then no word about us: it comes back as it is, to be read
   * by whoever asked.
   */
  readonly anonymous?: true;
}

/** Longest answer about a single object. */
export const SINGLE_BODY_BYTES = 1024 * 1024;
/** Longest list or schema. */
export const LIST_BODY_BYTES = 16 * 1024 * 1024;

/** Time for a request as a whole: connection, headers and body. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Time for a connection with its TLS handshake; a healthy org needs a fraction of a second. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Room beside the creates in flight for look-ups, so that no request waits for a connection. */
const SPARE_CONNECTIONS = 8;

/** What a transport is made of. */
export interface TransportOptions {
  readonly orgUrl: OrgUrl;
  readonly maxConcurrency: number;
  /** @default 30000 */
  readonly requestTimeoutMs?: number;
  readonly proxy: ProxySettings | undefined;
  readonly clock: Clock;
  readonly events: EventSink;
}

/** What belongs to one sending of a request, and not to the request. */
export interface SendingOptions {
  /** Whether it repeats a request that was sent before. */
  readonly repeats: "first" | "again";
  /** Header names and values in turn. */
  readonly authorization: readonly string[];
  readonly body: string | undefined;
}

/**
 * Sends requests to one org and to no other host: no redirect is followed, certificates are always
 * checked, connections are kept. It decides nothing: a request ends in a {@link Delivery}.
 */
export class Transport {
  readonly orgUrl: OrgUrl;
  readonly #connections: Dispatcher;
  readonly #mayUseProxy: boolean;
  readonly #headers: readonly string[];
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #events: EventSink;
  readonly #deadlines: RequestDeadlines;
  #requests = 0;
  #rateLimited = 0;
  #retries = 0;
  #isClosed = false;

  constructor(options: TransportOptions) {
    this.orgUrl = options.orgUrl;
    this.#timeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
    this.#clock = options.clock;
    this.#events = options.events;
    this.#deadlines = new RequestDeadlines(options.clock);
    this.#headers = ["accept", "application/json", "user-agent", userAgent()];
    this.#mayUseProxy = mayUseProxy(options);
    this.#connections = openConnections({
      orgUrl: options.orgUrl,
      connections: options.maxConcurrency + SPARE_CONNECTIONS,
      connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, this.#timeoutMs),
      proxy: options.proxy,
    });
  }

  /** Sends one request. Never rejects for what the network or the org does. */
  send(request: OrgRequest, sending: SendingOptions): Promise<Delivery> {
    if (this.#isClosed) {
      return Promise.reject(
        new InvariantError("a request was sent after its connection was closed"),
      );
    }
    return new Promise((resolve, reject) => {
      const startedAtMs = this.#clock.now();
      const exchange = new Exchange({
        deadlineMs: startedAtMs + this.#timeoutMs,
        maxBodyBytes: request.maxBodyBytes,
        onStart: () => {
          this.#requests += 1;
          if (sending.repeats === "again") this.#retries += 1;
        },
        onEnd: (ended, delivery) => {
          this.#deadlines.remove(ended);
          if (delivery.kind === "unsent" && delivery.trouble.code === "UND_ERR_INVALID_ARG") {
            reject(
              new InvariantError(`a request to ${request.route} was malformed`, delivery.cause),
            );
            return;
          }
          this.#tell(request, delivery, this.#clock.now() - startedAtMs);
          resolve(this.#mayUseProxy ? throughProxy(delivery) : delivery);
        },
      });
      this.#deadlines.add(exchange);
      this.#connections.dispatch(
        {
          origin: this.orgUrl.origin,
          method: request.method,
          path: request.path,
          headers: this.#headersOf(request, sending.authorization),
          body: sending.body ?? null,
        },
        exchange,
      );
    });
  }

  /** What was sent so far. */
  traffic(): Traffic {
    return {
      requests: this.#requests,
      rateLimited: this.#rateLimited,
      retries: this.#retries,
    };
  }

  /** Closes all connections; what is still in flight ends unanswered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#deadlines.stop();
    await this.#connections.destroy();
  }

  #headersOf(request: OrgRequest, authorization: readonly string[]): string[] {
    const headers = [...authorization, ...this.#headers];
    if (request.method !== "GET") {
      headers.push("content-type", request.contentType ?? "application/json");
    }
    return headers;
  }

  #tell(request: OrgRequest, delivery: Delivery, durationMs: number): void {
    const { method, route } = request;
    if (delivery.kind !== "answered") {
      this.#events.emit({
        event: "request-answered",
        method,
        route,
        status: undefined,
        durationMs,
      });
      return;
    }
    const { status, requestId } = delivery.answer;
    if (status === 429) this.#rateLimited += 1;
    this.#events.emit(
      requestId === undefined
        ? { event: "request-answered", method, route, status, durationMs }
        : { event: "request-answered", method, route, status, durationMs, requestId },
    );
  }
}

/** Tells trouble on the way to the org as what it may be: the proxy's. */
function throughProxy(delivery: Delivery): Delivery {
  if (delivery.kind === "answered") return delivery;
  return { ...delivery, trouble: { ...delivery.trouble, via: "proxy" } };
}
