import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigError } from "../../../core/index.ts";

/** Waits on this machine for a browser that the org sends back. */
export interface CallbackListener {
  /** Where it is to be sent to. */
  readonly uri: string;
  /** Resolves with what it brought; whatever else comes is answered and ignored. */
  next(isAnswer: (query: URLSearchParams) => boolean): Promise<URLSearchParams>;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
const PATH = "/callback";
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * Listens on loopback.
 *
 * @param port 0: any free one
 * @throws {ConfigError} OPTION_INVALID when the port can't be had
 */
export async function listenForCallback(port: number): Promise<CallbackListener> {
  let take: (query: URLSearchParams) => boolean = () => false;
  const sending = new Set<Promise<void>>();
  const respond = (response: ServerResponse, status: number, text: string): void => {
    const sent = send(response, status, text);
    sending.add(sent);
    void sent.then(() => sending.delete(sent));
  };
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    const query = queryOf(request, authority);
    if (query === undefined) respond(response, 404, "There is nothing here.");
    else if (take(query)) respond(response, 200, pageOf(query));
    else respond(response, 400, "This is no answer to the sign-in that was begun. Begin it anew.");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(notHad(port, error)));
    server.listen(port, HOST, resolve);
  });
  const authority = `${HOST}:${(server.address() as AddressInfo).port}`;
  return {
    uri: `http://${authority}${PATH}`,
    next: (isAnswer) =>
      new Promise((resolve) => {
        take = (query) => {
          if (!isAnswer(query)) return false;
          // It is good once.
          take = () => false;
          resolve(query);
          return true;
        };
      }),
    close: async () => {
      await Promise.all(sending);
      await new Promise((resolve) => {
        server.close(resolve);
        // Browsers open connections that they may never use.
        server.closeAllConnections();
      });
    },
  };
}

/** What a request for our page brings; undefined of any other, and where a name was bent to this machine. */
function queryOf(request: IncomingMessage, authority: string): URLSearchParams | undefined {
  if (request.method !== "GET" || request.headers.host !== authority) return undefined;
  const url = new URL(request.url ?? "", `http://${authority}`);
  return url.pathname === PATH ? url.searchParams : undefined;
}

function pageOf(query: URLSearchParams): string {
  return query.has("error")
    ? "You are not signed in. The terminal says why; this page can be closed."
    : "Thank you. Go on in the terminal; this page can be closed.";
}

/** Resolves once the page is on its way, or nobody is there to get it. */
function send(response: ServerResponse, status: number, text: string): Promise<void> {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>okta-migrate</title></head><body><p>${text}</p></body></html>`;
  return new Promise((resolve) => {
    response.once("close", resolve);
    response
      .writeHead(status, {
        "content-type": "text/html; charset=utf-8",
        "content-length": Buffer.byteLength(body),
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "content-security-policy": "default-src 'none'",
        connection: "close",
      })
      .end(body, () => resolve());
  });
}

function notHad(port: number, error: NodeJS.ErrnoException): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "--port",
    message: `Port ${port} can't be listened on (${error.code ?? "unknown"}).`,
    hint: "Give another one, which the app knows as a sign-in redirect URI, or sign in without --browser.",
  });
}
