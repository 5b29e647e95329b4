import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import { type AddressInfo, isIP, isIPv6, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Clock } from "../../core/index.ts";
import type { HookAnswer } from "./hook-answers.ts";
import { type HookRoutes, routeRequest } from "./hook-routes.ts";
import { readBody } from "./read-body.ts";

/** A certificate chain and its private key, in PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** How the service listens. */
export interface HookServerOptions {
  readonly clock: Clock;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Undefined: plain HTTP. */
  readonly tls: TlsFiles | undefined;
  readonly routes: HookRoutes;
  /** Who is taken for the caller: the other end of the connection, or who a proxy there says it is. */
  readonly callers: "connected" | "forwarded";
  /** Connections at the same time; a further one is closed before anything is read of it. */
  readonly maxConnections: number;
  /** Told of each connection that is closed for being one too many. */
  readonly onRefusedConnection: () => void;
}

/** The service, listening. */
export interface HookServer {
  readonly url: string;
  /** Calls that are not answered yet. */
  readonly inFlight: number;
  /** Connections, those included that have not sent anything yet. */
  readonly connections: number;
  /** From now on new connections get this certificate. @throws {Error} of TLS, when it can't be used */
  useCertificate(tls: TlsFiles): void;
  /** From now on connections end with their answer, so that callers look for another service. */
  letGo(): void;
  /** Takes no more calls, and resolves when those in flight are answered. */
  drain(): Promise<void>;
}

/** Okta has given up by then who has not sent the head of a request, or not all of it. */
const HEADERS_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 5_000;
const HANDSHAKE_TIMEOUT_MS = 3_000;
/** Longer than load balancers keep idle connections, so that none is closed under a call. */
const KEEP_ALIVE_MS = 75_000;
const MOST_HEADER_BYTES = 16 * 1024;
/** How long a caller is listened to who sends what nobody reads. */
const LINGER_MS = 1_000;
/**
 * What is still in flight so long after the request to end is cut off: every call has its answer long
 * before. Whoever runs the service must wait for longer.
 */
export const DRAIN_WITHIN_MS = 5_000;

const LIMITS: ServerOptions = {
  maxHeaderSize: MOST_HEADER_BYTES,
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: 1_000,
};

const TLS_LIMITS = { minVersion: "TLSv1.2", handshakeTimeout: HANDSHAKE_TIMEOUT_MS } as const;

/**
 * Listens for Okta's calls.
 *
 * @throws {Error} of the system when the address can't be had, of TLS when the certificate is none
 */
export async function serveHook(options: HookServerOptions): Promise<HookServer> {
  const service = new HookService(options);
  await service.listen();
  return service;
}

class HookService implements HookServer {
  inFlight = 0;
  connections = 0;
  readonly #options: HookServerOptions;
  readonly #server: Server | HttpsServer;
  #isDraining = false;

  constructor(options: HookServerOptions) {
    this.#options = options;
    const listener = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#take(request, response).catch(() => response.destroy());
    this.#server =
      options.tls === undefined
        ? createHttpServer(LIMITS, listener)
        : createHttpsServer({ ...LIMITS, ...TLS_LIMITS, ...options.tls }, listener);
    this.#server.on(
      "clientError",
      (error: NodeJS.ErrnoException, socket) => void this.#refuseUnreadable(error, socket),
    );
    this.#server.maxConnections = options.maxConnections;
    this.#server.on("drop", options.onRefusedConnection);
    this.#server.on("connection", (socket: Socket) => {
      this.connections += 1;
      socket.once("close", () => {
        this.connections -= 1;
      });
    });
  }

  get url(): string {
    const { host, tls } = this.#options;
    const { port } = this.#server.address() as AddressInfo;
    const scheme = tls === undefined ? "http" : "https";
    return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  }

  listen(): Promise<void> {
    const { host, port } = this.#options;
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
  }

  useCertificate(tls: TlsFiles): void {
    if ("setSecureContext" in this.#server) {
      this.#server.setSecureContext({ ...tls, minVersion: "TLSv1.2" });
    }
  }

  letGo(): void {
    this.#isDraining = true;
  }

  async drain(): Promise<void> {
    this.letGo();
    const over = new AbortController();
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeIdleConnections();
    const tooLong = this.#options.clock.sleep(DRAIN_WITHIN_MS, over.signal);
    await Promise.race([closed, tooLong]);
    over.abort();
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, routes } = this.#options;
    const arrivedAtMs = clock.now();
    this.inFlight += 1;
    const { url = "/", method = "GET", headers } = request;
    const arrived = {
      method,
      path: url.split("?", 1)[0] ?? "/",
      authorization: headers.authorization,
      callerAddress: this.#callerOf(request),
      arrivedAtMs,
      readBody: (signal: AbortSignal) => readBody(request, signal),
    };
    try {
      this.#send(await routeRequest(arrived, routes), request, response);
    } finally {
      this.inFlight -= 1;
    }
  }

  #send(answer: HookAnswer, request: IncomingMessage, response: ServerResponse): void {
    const { status, body, contentType = "application/json", allow } = answer;
    // What is left of a body that nobody wants to read would be taken for the next request; and who does
    // not know the secret, or asks for what is not there, is given no connection to keep.
    const isStranger = status >= 400 && status < 500;
    if (!request.complete || isStranger || this.#isDraining) response.shouldKeepAlive = false;
    response.writeHead(status, {
      "content-type": contentType,
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      ...(allow === undefined ? {} : { allow }),
    });
    if (request.method === "HEAD") response.end();
    else if (request.complete) response.end(body);
    else void this.#linger(body, request, response);
  }

  /** Answers a caller who still sends: who is cut off at once may never see the answer. */
  async #linger(body: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.write(body);
    const over = new AbortController();
    const end = (): void => over.abort();
    request.once("end", end).once("close", end).resume();
    await this.#options.clock.sleep(LINGER_MS, over.signal);
    end();
    response.end();
  }

  /** Answers what is no HTTP, or too large or too slow a head; any other connection that breaks is let go. */
  async #refuseUnreadable({ code = "" }: NodeJS.ErrnoException, socket: Duplex): Promise<void> {
    // Whoever never came through the handshake of TLS can't be told anything.
    const status = /^(?:HPE_|ERR_HTTP_)/.test(code) ? (STATUS_OF[code] ?? "400 Bad Request") : "";
    if (status !== "" && socket.writable) {
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      // Its own half may be held open for ever.
      await this.#options.clock.sleep(LINGER_MS);
    }
    socket.destroy();
  }

  #callerOf({ socket, headers }: IncomingMessage): string {
    const connected = socket.remoteAddress ?? "";
    if (this.#options.callers === "connected") return connected;
    // The last one was put there by the proxy itself; those before it are hearsay.
    const last =
      String(headers["x-forwarded-for"] ?? "")
        .split(",")
        .at(-1)
        ?.trim() ?? "";
    return isIP(last) === 0 ? connected : last;
  }
}

const STATUS_OF: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};
