// Stands on the wire between the command line and the org: sees each request and each answer, and
// can hold either, so that a kill falls where it is wanted. What the org does to a connection is
// done to the caller's as well.
import { createServer, request as httpRequest, Agent } from "node:http";
import { promisify } from "node:util";

/**
 * @typedef {object} Exchange
 * @property {number} life which process of the run sent it
 * @property {string} method
 * @property {string} path
 * @property {string | undefined} login of a create or of a look-up
 * @property {"create" | "look-up" | "other"} kind
 * @property {boolean} acted whether the org has answered it
 * @property {number | undefined} status of the answer, once the caller was handed all of it
 * @property {boolean} absent whether a look-up found nobody
 */

/**
 * @param {string} upstreamUrl the org
 * @param {(moment: "received" | "acted" | "answered", exchange: Exchange) => undefined | Promise<"go" | "drop">} watch
 *   called at each moment; a promise holds the request or the answer until it resolves
 * @param {{ wholeSeconds?: boolean }} options whether moments of creation are cut to whole seconds
 */
export async function startTap(upstreamUrl, watch, { wholeSeconds = false } = {}) {
  const upstream = new URL(upstreamUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: 500 });
  /** @type {Exchange[]} */
  const log = [];
  const tap = { url: "", log, life: 0, close: () => undefined };

  const server = createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    outgoing.sendDate = false;
    const chunks = [];
    incoming.on("error", () => undefined);
    outgoing.on("error", () => undefined);
    incoming.on("data", (chunk) => chunks.push(chunk));
    incoming.on("end", () => void take(incoming, outgoing, Buffer.concat(chunks)));
  });

  async function take(incoming, outgoing, body) {
    const exchange = {
      life: tap.life,
      method: incoming.method,
      path: incoming.url,
      ...kindOf(incoming, body),
      acted: false,
      status: undefined,
      absent: false,
    };
    log.push(exchange);
    if ((await watch("received", exchange)) === "drop") {
      outgoing.destroy();
      return;
    }
    forward(incoming, outgoing, body, exchange);
  }

  function forward(incoming, outgoing, body, exchange) {
    const { hostname, port } = upstream;
    const headers = { ...incoming.headers, host: upstream.host };
    const onward = httpRequest({
      hostname,
      port,
      agent,
      method: incoming.method,
      path: incoming.url,
      headers,
    });
    const cut = () => outgoing.destroy();
    onward.on("error", cut);
    outgoing.on("close", () => {
      if (!outgoing.writableFinished && !exchange.acted && tap.life === exchange.life)
        onward.destroy();
    });
    onward.on("response", (answer) => {
      const parts = [];
      answer.on("data", (chunk) => parts.push(chunk));
      answer.on("error", () => {
        exchange.acted = true;
        if (outgoing.destroyed) return;
        outgoing.writeHead(answer.statusCode, plain(answer.rawHeaders));
        outgoing.write(Buffer.concat(parts), cut);
      });
      const whole = () => {
        const body = Buffer.concat(parts);
        return wholeSeconds ? cutSeconds(body) : body;
      };
      answer.on("end", () => {
        if (answer.complete) void handBack(answer, whole(), outgoing, exchange);
      });
    });
    onward.end(body);
  }

  async function handBack(answer, body, outgoing, exchange) {
    exchange.acted = true;
    if ((await watch("acted", exchange)) === "drop") {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(answer.statusCode, plain(answer.rawHeaders));
    outgoing.end(body, () => {
      exchange.status = answer.statusCode;
      if (exchange.kind === "look-up") {
        exchange.absent = answer.statusCode === 404 || body.toString("utf8").trim() === "[]";
      }
      void watch("answered", exchange);
    });
  }

  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  tap.url = `http://127.0.0.1:${server.address().port}`;
  tap.close = () => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  };
  // What a process sent before it died is on the wire until its connections are taken and closed.
  tap.isQuiet = async () => {
    const open = promisify(server.getConnections.bind(server));
    for (let calm = 0; calm < 10; calm = (await open()) === 0 ? calm + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return tap;
}

function kindOf(incoming, body) {
  const { method, url } = incoming;
  if (method === "POST" && url.startsWith("/api/v1/users?activate=")) {
    return { kind: "create", login: JSON.parse(body.toString("utf8")).profile.login };
  }
  const direct = /^\/api\/v1\/users\/([^/?]+)$/.exec(url);
  if (method === "GET" && direct) return { kind: "look-up", login: decodeURIComponent(direct[1]) };
  const listed = /^\/api\/v1\/users\?filter=(.*)$/.exec(url);
  if (method === "GET" && listed) {
    const login = /^profile\.login eq "(.*)"$/.exec(decodeURIComponent(listed[1]))?.[1];
    return { kind: "look-up", login };
  }
  return { kind: "other", login: undefined };
}

/** The moments of creation in an answer, cut to whole seconds; its length stays the same. */
function cutSeconds(body) {
  return Buffer.from(body.toString("utf8").replace(/("created":"[^"]*)\.\d{3}Z"/g, '$1.000Z"'));
}

/** Raw headers less those that belong to one connection. */
function plain(rawHeaders) {
  const kept = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (/^(?:connection|keep-alive|transfer-encoding)$/i.test(rawHeaders[at])) continue;
    kept.push(rawHeaders[at], rawHeaders[at + 1]);
  }
  return kept;
}
