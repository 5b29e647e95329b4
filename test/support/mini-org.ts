import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { systemClock } from "../../src/platform/index.ts";
import type { ReceivedRequest } from "./stand-in-org.ts";

/** A user of the mini org. */
export interface MiniUser {
  readonly id: string;
  /** Whole seconds, as Okta writes it mostly. */
  readonly created: string;
  readonly profile: Readonly<Record<string, unknown>>;
}

/** An answer; pairs of header names and values may name one twice. */
export interface MiniAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** One request, to be answered otherwise than usual. */
export interface MiniExchange {
  readonly request: ReceivedRequest;
  /** Login of a create or of a direct look-up. */
  readonly login: string | undefined;
  readonly kind: "create" | "look-up" | "list" | "other";
  /** How many requests of this kind came before. */
  readonly earlier: number;
  /** How many requests of this kind with this login came before. */
  readonly earlierForLogin: number;
  readonly response: ServerResponse;
  /** Does what the org would do, and gives what it would answer. */
  readonly act: () => MiniAnswer;
  /** Ends the connection without an answer. */
  readonly drop: () => undefined;
}

/** How a mini org differs from a well-behaved one. */
export interface MiniOptions {
  /** @returns the answer, or undefined where the connection was dealt with */
  readonly answer?: (
    exchange: MiniExchange,
  ) => MiniAnswer | undefined | Promise<MiniAnswer | undefined>;
  /** Pattern of logins in the schema; `".+"` lets them be no e-mail addresses. */
  readonly loginPattern?: string;
}

/** An org of a hundred lines that remembers its users, and is as bad as a test wants it to be. */
export interface MiniOrg {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly requests: readonly ReceivedRequest[];
  /** By login in lower case. */
  readonly users: ReadonlyMap<string, MiniUser>;
  add(profile: Readonly<Record<string, unknown>>, createdAtMs: number): MiniUser;
}

/** The token of every mini org. */
export const MINI_TOKEN = "00mini-org-token-4711";

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Starts a mini org that is gone after the test. */
export async function startMiniOrg(options: MiniOptions = {}): Promise<MiniOrg> {
  const requests: ReceivedRequest[] = [];
  const users = new Map<string, MiniUser>();
  const counts = new Map<string, number>();
  const count = (key: string): number => {
    const earlier = counts.get(key) ?? 0;
    counts.set(key, earlier + 1);
    return earlier;
  };
  const add: MiniOrg["add"] = (profile, createdAtMs) => {
    const created = new Date(Math.floor(createdAtMs / 1000) * 1000).toISOString();
    const user = { id: `00u${String(users.size + 1).padStart(17, "0")}`, created, profile };
    users.set(String(profile["login"]).toLowerCase(), user);
    return user;
  };
  const server = createServer((incoming, response) => {
    response.on("error", () => undefined);
    void receive(incoming).then(async (request) => {
      requests.push(request);
      const { kind, login } = kindOf(request);
      const exchange: MiniExchange = {
        request,
        kind,
        login,
        earlier: count(kind),
        earlierForLogin: count(`${kind} ${login ?? ""}`),
        response,
        act: () => act(request, { users, add, options }),
        drop: () => void response.destroy(),
      };
      const answer = options.answer === undefined ? exchange.act() : await options.answer(exchange);
      if (answer !== undefined) write(response, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, env: { OKTA_ORG_URL: url, OKTA_API_TOKEN: MINI_TOKEN }, requests, users, add };
}

/** Okta's error object as an answer. */
export function refusal(
  status: number,
  errorCode: string,
  ...causes: readonly string[]
): MiniAnswer {
  const errorCauses = causes.map((errorSummary) => ({ errorSummary }));
  const summary = causes.length === 0 ? "No." : `Api validation failed: ${causes[0] ?? ""}`;
  return json(status, {
    errorCode,
    errorSummary: summary,
    errorLink: errorCode,
    errorId: "oae1",
    errorCauses,
  });
}

/** A page for people. */
export const WEB_PAGE: MiniAnswer = {
  status: 200,
  body: "<!DOCTYPE html><html><body>Please sign in</body></html>",
  headers: [["content-type", "text/html"]],
};

function json(status: number, value: unknown): MiniAnswer {
  return { status, body: JSON.stringify(value), headers: [["content-type", "application/json"]] };
}

function write(response: ServerResponse, { status, body, headers = [] }: MiniAnswer): void {
  for (const [name, value] of headers) response.appendHeader(name, value);
  if (headers.some(([name]) => name.toLowerCase() === "date")) response.sendDate = false;
  response.writeHead(status);
  response.end(body);
}

function kindOf({
  method,
  path,
  body,
}: ReceivedRequest): Pick<MiniExchange, "kind"> & { login: string | undefined } {
  if (method === "POST" && path.startsWith("/api/v1/users?activate=")) {
    const { profile } = JSON.parse(body) as { profile: { login: string } };
    return { kind: "create", login: profile.login.toLowerCase() };
  }
  if (method !== "GET") return { kind: "other", login: undefined };
  const direct = /^\/api\/v1\/users\/([^/?]+)$/.exec(path)?.[1];
  if (direct !== undefined)
    return { kind: "look-up", login: decodeURIComponent(direct).toLowerCase() };
  return { kind: path.startsWith("/api/v1/users?filter=") ? "list" : "other", login: undefined };
}

function act(
  request: ReceivedRequest,
  org: {
    readonly users: Map<string, MiniUser>;
    readonly add: MiniOrg["add"];
    readonly options: MiniOptions;
  },
): MiniAnswer {
  const { users, add, options } = org;
  const { kind, login = "" } = kindOf(request);
  switch (kind) {
    case "create": {
      const { profile } = JSON.parse(request.body) as { profile: Record<string, unknown> };
      if (users.has(String(profile["login"]).toLowerCase())) {
        return refusal(
          400,
          "E0000001",
          "login: An object with this field already exists in the current organization",
        );
      }
      return json(200, rendered(add(profile, systemClock.wallNow())));
    }
    case "look-up": {
      const user =
        users.get(login) ?? [...users].find(([other]) => other.split("@")[0] === login)?.[1];
      return user === undefined ? refusal(404, "E0000007", "Not found") : json(200, rendered(user));
    }
    case "list": {
      const filter = new URL(request.path, "http://org").searchParams.get("filter") ?? "";
      const wanted = /^profile\.login eq "(.*)"$/.exec(filter)?.[1]?.toLowerCase() ?? "";
      const user = users.get(wanted);
      return json(200, user === undefined ? [] : [rendered(user)]);
    }
    case "other":
      if (request.path.startsWith("/api/v1/meta/schemas/user/")) return json(200, schema(options));
      return request.method === "GET" ? json(200, []) : refusal(404, "E0000007", "Not found");
  }
}

function rendered({ id, created, profile }: MiniUser): object {
  return { id, status: "ACTIVE", created, activated: null, profile, credentials: { password: {} } };
}

function schema({ loginPattern }: MiniOptions): object {
  const text = (required: boolean, more: object = {}): object => ({
    type: "string",
    required,
    ...more,
  });
  const properties = {
    login: text(true, {
      minLength: 5,
      maxLength: 100,
      ...(loginPattern === undefined ? {} : { pattern: loginPattern }),
    }),
    email: text(true, { format: "email", minLength: 5, maxLength: 100 }),
    firstName: text(true, { minLength: 1, maxLength: 50 }),
    lastName: text(true, { minLength: 1, maxLength: 50 }),
  };
  const base = { type: "object", properties, required: Object.keys(properties) };
  return { name: "user", definitions: { base, custom: { type: "object", properties: {} } } };
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = "", url = "", headers } = incoming;
  return { method, path: url, headers, body: Buffer.concat(chunks).toString("utf8") };
}
