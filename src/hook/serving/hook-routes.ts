import { failure, type HookAnswer } from "./hook-answers.ts";
import type { ArrivedCall } from "./password-endpoint.ts";

/** A request as HTTP brings it. */
export interface HookRequest extends ArrivedCall {
  readonly method: string;
  /** Without query. */
  readonly path: string;
}

/** What the paths of the service lead to. */
export interface HookRoutes {
  readonly endpoint: { answer(call: ArrivedCall): Promise<HookAnswer> };
  /** Whether calls are best sent here. */
  readonly isReady: () => boolean;
  readonly metrics: () => Promise<HookAnswer>;
}

const CALL_PATHS = ["/", "/okta/password-import"];

/** Answers a request. Never rejects. */
export async function routeRequest(request: HookRequest, routes: HookRoutes): Promise<HookAnswer> {
  const { method, path } = request;
  if (CALL_PATHS.includes(path)) {
    return method === "POST" ? routes.endpoint.answer(request) : notAllowed("POST");
  }
  const answer = STATUS_PATHS[path];
  if (answer === undefined) return failure(404, "There is nothing here.");
  return method === "GET" || method === "HEAD" ? answer(routes) : notAllowed("GET, HEAD");
}

const STATUS_PATHS: Readonly<Record<string, (routes: HookRoutes) => Promise<HookAnswer>>> = {
  "/healthz": async () => said(200, "ok"),
  "/readyz": async ({ isReady }) => (isReady() ? said(200, "ready") : said(503, "not ready")),
  "/metrics": ({ metrics }) => metrics(),
};

function said(status: number, text: string): HookAnswer {
  return { status, body: JSON.stringify({ status: text }) };
}

function notAllowed(allow: string): HookAnswer {
  return { ...failure(405, `Only ${allow} is answered here.`), allow };
}
