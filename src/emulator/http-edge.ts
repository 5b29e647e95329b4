import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { answerAdmin, isAdminPath } from "./admin.ts";
import type { Gateway, Reaction } from "./gateway.ts";
import type { Answer, Call } from "./routes/call.ts";

const MAX_BODY_BYTES = 1_048_576;
const NO_BODY = Buffer.alloc(0);

/** Between sockets and the gateway: reads calls, writes answers, kills connections. */
export class HttpEdge {
  readonly #gateway: Gateway;
  readonly #scheme: "http" | "https";
  readonly #idStart: string;
  #requests = 0;
  #second = -1;
  #date = "";
  #host = "";
  #origin = "";

  constructor(gateway: Gateway, scheme: "http" | "https") {
    this.#gateway = gateway;
    this.#scheme = scheme;
    this.#idStart = gateway.org.token(16);
  }

  /** What a server calls for each request. */
  readonly listener: RequestListener = (request, response) => {
    response.sendDate = false;
    let body: Buffer = NO_BODY;
    let isTooLarge = false;
    request.on("data", (chunk: Buffer) => {
      isTooLarge ||= body.length + chunk.length > MAX_BODY_BYTES;
      if (!isTooLarge) body = body.length === 0 ? chunk : Buffer.concat([body, chunk]);
    });
    request.on("end", () => {
      if (isTooLarge) this.#refuse(response, 413, "Payload Too Large");
      else this.#take(request, response, body);
    });
  };

  #take(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const { url = "/", method = "GET", headers } = request;
    const mark = url.indexOf("?");
    const call: Call = {
      method,
      path: mark < 0 ? url : url.slice(0, mark),
      queryText: mark < 0 ? "" : url.slice(mark + 1),
      headers,
      body: body.length === 0 ? "" : body.toString("utf8"),
      origin: this.#originOf(headers.host ?? ""),
      requestId: this.#nextId(),
      ipAddress: request.socket.remoteAddress ?? "",
    };
    if (isAdminPath(call.path)) {
      void answerAdmin(this.#gateway, call, response);
    } else if (lacksLength(call)) {
      this.#refuse(response, 411, "Length Required");
    } else {
      const { requestId } = call;
      const reaction = this.#gateway.react(call);
      if (reaction instanceof Promise) {
        void reaction.then((known) => this.#act(response, known, requestId));
      } else this.#act(response, reaction, requestId);
    }
  }

  #act(response: ServerResponse, reaction: Reaction, requestId: string): void {
    switch (reaction.kind) {
      case "answer":
        this.#gateway.leave();
        this.#writeHead(response, reaction.answer, requestId);
        response.end(reaction.answer.body);
        return;
      case "cut": {
        this.#gateway.leave();
        const { body } = reaction.answer;
        this.#writeHead(response, reaction.answer, requestId);
        response.write(body.slice(0, body.length >> 1), () => response.destroy());
        return;
      }
      case "drop":
        this.#gateway.leave();
        response.destroy();
        return;
      case "silence":
        if (response.destroyed) this.#gateway.leave();
        else response.once("close", () => this.#gateway.leave());
    }
  }

  #nextId(): string {
    this.#requests += 1;
    return this.#idStart + this.#requests.toString(36).padStart(8, "0");
  }

  #writeHead(response: ServerResponse, answer: Answer, requestId: string): void {
    const lines = ["Date", this.#dateNow(), "X-Okta-Request-Id", requestId, ...answer.headers];
    if (answer.status !== 204) {
      if (answer.contentType !== "") lines.push("Content-Type", answer.contentType);
      lines.push("Content-Length", String(Buffer.byteLength(answer.body)));
    }
    response.writeHead(answer.status, lines);
  }

  #refuse(response: ServerResponse, status: number, text: string): void {
    const answer = { status, body: text, contentType: "text/plain", headers: [] };
    this.#writeHead(response, answer, this.#nextId());
    response.end(text);
  }

  /** The org's own time, in whole seconds, as the Date header. */
  #dateNow(): string {
    const second = Math.floor(this.#gateway.org.wallNow() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = new Date(second * 1000).toUTCString();
    }
    return this.#date;
  }

  #originOf(host: string): string {
    if (host !== this.#host) {
      this.#host = host;
      this.#origin = `${this.#scheme}://${host}`;
    }
    return this.#origin;
  }
}

/** Okta wants a `Content-Length: 0` even where there is no body. @see docs/okta/create-user.md#characters */
function lacksLength(call: Call): boolean {
  if (call.method !== "POST" && call.method !== "PUT") return false;
  const { headers } = call;
  return headers["content-length"] === undefined && headers["transfer-encoding"] === undefined;
}
