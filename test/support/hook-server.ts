import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach } from "vitest";

/** One call that a hook server got. */
export interface HookRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A hook server of somebody else, on this machine. */
export interface HookServer {
  /** Under which it is registered. */
  readonly uri: string;
  readonly received: HookRequest[];
  /** How the next calls are answered: with a status and a body, or by hand; the last goes on. */
  answers: readonly (readonly [status: number, body?: string] | HookAnswer)[];
}

/** Answers by hand, or not at all. */
export type HookAnswer = (response: ServerResponse) => void;

/** What says that a password is right. */
export const VERIFIED = commandOf("VERIFIED");
/** What says that it is wrong. */
export const UNVERIFIED = commandOf("UNVERIFIED");
/** No answer, ever. */
export const SILENT: HookAnswer = () => undefined;

const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Starts a hook server that is gone after the test, over http, or over https as `localhost`. */
export async function startHookServer(
  answers: HookServer["answers"],
  tls?: { readonly cert: string; readonly key: string },
): Promise<HookServer> {
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  open.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const origin = tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
  const hook: HookServer = { uri: `${origin}/okta/password-import`, received: [], answers };
  server.on("request", (request, response) => {
    void text(request).then((body) => {
      const answer = hook.answers[Math.min(hook.received.length, hook.answers.length - 1)];
      const { method, url: path, headers } = request;
      hook.received.push({ method, path, headers, body });
      if (typeof answer === "function") answer(response);
      else response.writeHead(answer?.[0] ?? 500).end(answer?.[1] ?? "");
    });
  });
  return hook;
}

function commandOf(credential: string): string {
  return JSON.stringify({ commands: [{ type: "com.okta.action.update", value: { credential } }] });
}
