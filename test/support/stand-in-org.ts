import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";

/** One request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path with query, as sent. */
  readonly path: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What the stand-in answers: a status and a JSON body, with headers where they matter. */
export interface StandInAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a stand-in is to behave. */
export interface StandInOptions {
  /** Custom attributes of the org's schema: name to type and such. */
  readonly custom?: Readonly<Record<string, object>>;
  /** Changes attributes of the base schema. */
  readonly base?: Readonly<Record<string, object>>;
  /** Comes before the usual answers; undefined leaves the word to them. */
  readonly answer?: (
    request: ReceivedRequest,
  ) => StandInAnswer | undefined | Promise<StandInAnswer | undefined>;
}

/** A few lines of a pretend org on loopback: shares no code with client or emulator. */
export interface StandInOrg {
  readonly url: string;
  /** Everything that was asked, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** Bodies of the creates of users, parsed. */
  created(): readonly Created[];
}

/** Body of a create. */
export interface Created {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly credentials?: unknown;
  readonly groupIds?: readonly string[];
}

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Starts a pretend org that is gone after the test. */
export async function startStandInOrg(options: StandInOptions = {}): Promise<StandInOrg> {
  const requests: ReceivedRequest[] = [];
  const usual = usualAnswers(options);
  const server = createServer((request, response) => {
    void (async () => {
      const received = await receive(request);
      requests.push(received);
      const { status, body, headers } = (await options.answer?.(received)) ?? usual(received);
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    created: () =>
      requests.filter(isUserCreate).map(({ body }): Created => JSON.parse(body) as Created),
  };
}

/** Whether a request makes a user. */
export function isUserCreate({ method, path }: ReceivedRequest): boolean {
  return method === "POST" && /^\/api\/v1\/users(\?|$)/.test(path);
}

/** Okta's error object. */
export function oktaError(status: number, errorCode: string, cause?: string): StandInAnswer {
  const errorCauses = cause === undefined ? [] : [{ errorSummary: cause }];
  const errorSummary = cause === undefined ? "No." : `Api validation failed: ${cause}`;
  return {
    status,
    body: { errorCode, errorSummary, errorLink: errorCode, errorId: "oae1", errorCauses },
  };
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: request.headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

function usualAnswers(options: StandInOptions): (request: ReceivedRequest) => StandInAnswer {
  const groups: { id: string; type: string; profile: { name: string } }[] = [];
  let users = 0;
  return (request) => {
    const { method, path, body } = request;
    const route = `${method} ${path.split("?")[0] ?? ""}`;
    if (route === "GET /api/v1/meta/schemas/user/default")
      return { status: 200, body: schema(options) };
    if (route === "GET /api/v1/inlineHooks") {
      return { status: 200, body: [{ id: "cal1", status: "ACTIVE", type: HOOK_TYPE }] };
    }
    if (route === "GET /api/v1/groups") return { status: 200, body: groups };
    if (route === "POST /api/v1/groups") {
      const { profile } = JSON.parse(body) as { profile: { name: string } };
      const group = { id: `00g${groups.length + 1}`, type: "OKTA_GROUP", profile };
      groups.push(group);
      return { status: 200, body: group };
    }
    if (isUserCreate(request)) {
      users += 1;
      const { profile } = JSON.parse(body) as Created;
      return { status: 200, body: { id: `00u${users}`, status: "ACTIVE", created: NOW, profile } };
    }
    if (route === "GET /api/v1/users") return { status: 200, body: [] };
    return oktaError(404, "E0000007");
  };
}

const HOOK_TYPE = "com.okta.user.credential.password.import";
const NOW = "2026-11-24T00:00:00.000Z";

function schema({ base = {}, custom = {} }: StandInOptions): object {
  const text = { type: "string" };
  const needed = { type: "string", required: true, minLength: 1, maxLength: 50 };
  return {
    name: "user",
    definitions: {
      base: {
        type: "object",
        properties: {
          login: { type: "string", required: true, minLength: 5, maxLength: 100 },
          firstName: needed,
          lastName: needed,
          email: { type: "string", required: true, format: "email", minLength: 5, maxLength: 100 },
          displayName: text,
          department: text,
          mobilePhone: { type: "string", maxLength: 100 },
          ...base,
        },
        required: ["login", "firstName", "lastName", "email"],
      },
      custom: { type: "object", properties: custom, required: [] },
    },
  };
}
