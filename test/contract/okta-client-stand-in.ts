import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import type { Clock, MigrationEvent, NewUser } from "../../src/core/index.ts";
import { Secret } from "../../src/core/index.ts";
import {
  connectOrg,
  createCredential,
  type OrgConnection,
  type OrgOptions,
  parseOrgUrl,
} from "../../src/okta/index.ts";

/** One request as it came in. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a stand-in answers; it may also break the connection. */
export type Reply = (response: ServerResponse, seen: SeenRequest) => void;

/** A server on loopback that answers as it is told, request by request. */
export interface StandIn {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Answers to come, in order; the last one is given for good. */
  replies: Reply[];
  /** Refuses connections, and breaks those that are open. */
  goAway(): Promise<void>;
  /** Listens again, at the same address. */
  comeBack(): void;
}

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Starts a stand-in that is gone after the test. */
export async function startStandIn(...replies: Reply[]): Promise<StandIn> {
  let port = 0;
  const standIn: StandIn & { url: string } = {
    url: "",
    seen: [],
    replies,
    goAway: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    comeBack: () => server.listen(port, "127.0.0.1"),
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const seen: SeenRequest = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      standIn.seen.push(seen);
      const reply = standIn.replies.length > 1 ? standIn.replies.shift() : standIn.replies[0];
      reply?.(response, seen);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
  standIn.url = `http://127.0.0.1:${port}`;
  closers.push(() => standIn.goAway());
  return standIn;
}

/** A clock on which naps are over at once; only request deadlines wait, until told to pass. */
export class EagerClock implements Clock {
  readonly naps: number[] = [];
  #nowMs = 0;
  #deadlines: (() => void)[] = [];

  now(): number {
    return this.#nowMs;
  }

  wallNow(): number {
    return 1_800_000_000_000 + this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      signal?.addEventListener("abort", wake, { once: true });
      if (ms > REQUEST_TIMEOUT_MS / 2 || ms === REVOCATION_MS) {
        this.#deadlines.push(() => {
          this.#nowMs += ms;
          wake();
        });
        return;
      }
      this.naps.push(Math.round(ms));
      setImmediate(() => {
        this.#nowMs += ms;
        wake();
      });
    });
  }

  /** Lets time pass at once. */
  skip(ms: number): void {
    this.#nowMs += ms;
  }

  /** Lets the time of everything in flight run out. */
  passDeadlines(): void {
    for (const pass of this.#deadlines.splice(0)) pass();
  }
}

/** So long that {@link EagerClock} takes it for a deadline. */
export const REQUEST_TIMEOUT_MS = 1_000_000_000;

/** How long a revocation is waited for: a deadline too. */
const REVOCATION_MS = 15_000;

/** The token that the tests look for in what must not hold it. */
export const TOKEN = "very-secret-token-0123456789";

/** A connection to a stand-in, with what it told about itself. */
export interface Connected {
  readonly org: OrgConnection;
  readonly events: MigrationEvent[];
  readonly clock: EagerClock;
  readonly signal: AbortSignal;
}

/** How a connection differs from the usual one. */
export interface ConnectOptions extends Partial<
  Pick<OrgOptions, "orgUrl" | "credential" | "scopes" | "askForToken" | "health">
> {
  readonly onEvent?: (event: MigrationEvent) => void;
  readonly clock?: EagerClock;
}

/** Connects to an address, until the test is over. */
export function connect(url: string, options: ConnectOptions = {}): Connected {
  const { onEvent = () => undefined, clock = new EagerClock(), ...differing } = options;
  const events: MigrationEvent[] = [];
  const org = connectOrg({
    orgUrl: parseOrgUrl(url),
    credential: createCredential("ssws", TOKEN),
    rateShare: 1,
    maxConcurrency: 20,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    clock,
    random: () => 0.5,
    ...differing,
    events: {
      emit: (event) => {
        events.push(event);
        onEvent(event);
      },
    },
  });
  closers.push(() => org.close());
  return { org, events, clock, signal: new AbortController().signal };
}

/** A connection whose org has answered once, so that nothing is tried for the first time. */
export async function connectSound(standIn: StandIn): Promise<Connected> {
  const { replies } = standIn;
  standIn.replies = [json(200, [])];
  const connected = connect(standIn.url);
  await connected.org.hasActivePasswordHook();
  standIn.replies = replies;
  standIn.seen.splice(0);
  connected.clock.naps.splice(0);
  connected.events.splice(0);
  return connected;
}

/** Answers with a status and a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) => {
    const text = JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
  };
}

/** Answers with an error object of Okta. */
export function oktaError(status: number, errorCode: string, ...causes: string[]): Reply {
  return json(status, {
    errorCode,
    errorSummary: `summary of ${errorCode}`,
    errorLink: errorCode,
    errorId: "oae-1",
    errorCauses: causes.map((errorSummary) => ({ errorSummary })),
  });
}

/** A user as the org gives it. */
export function oktaUser(login: string, id = "00u1"): object {
  return {
    id,
    status: "ACTIVE",
    created: "2026-11-24T10:00:00.000Z",
    profile: { login, email: login },
  };
}

/** Breaks the connection instead of answering. */
export const hangUp: Reply = (response) => {
  response.socket?.destroy();
};

/** Never answers. */
export const staySilent: Reply = () => undefined;

/** A bcrypt hash of an invented password. */
export const HASH_VALUE = "CwVvFZdS4Gc3r0bZJ2Yq6eXk1mPqLhO";
export const HASH_SALT = "GkPVrc8t9Qm3z1W5xY7bNe";

/** A user to be made, with a password hash. */
export function aNewUser(overrides: Partial<NewUser> = {}): NewUser {
  return {
    profile: { login: "ada@example.com", email: "ada@example.com" },
    credential: {
      kind: "hash",
      hash: new Secret({ value: HASH_VALUE, salt: HASH_SALT, workFactor: 10, algorithm: "BCRYPT" }),
    },
    activate: true,
    groupIds: [],
    ...overrides,
  };
}
