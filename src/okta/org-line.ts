import type { Clock, EventSink } from "../core/index.ts";
import type { Authorizer } from "./access/index.ts";
import type { ProxySettings } from "./connections.ts";
import { createGovernor, type RateGovernor } from "./governor/index.ts";
import { OrgCaller } from "./org-caller.ts";
import { type HealthLimits, OrgHealth } from "./org-health.ts";
import { OrgSender } from "./org-sender.ts";
import type { OrgUrl } from "./org-url.ts";
import { ServerClock } from "./server-clock.ts";
import { Transport } from "./transport.ts";

/** What requests to an org are sent with, whoever sends them. */
export interface LineOptions {
  readonly orgUrl: OrgUrl;
  /** Part of each rate limit that may be used, above 0 and up to 1. */
  readonly rateShare: number;
  /** Ceiling on requests in flight; 1 or more. */
  readonly maxConcurrency: number;
  /** Time for one request as a whole. @default 30000 */
  readonly requestTimeoutMs?: number;
  /** @default none */
  readonly proxy?: ProxySettings;
  readonly health?: Partial<HealthLimits>;
  readonly clock: Clock;
  /** Numbers from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly events: EventSink;
}

/** The way to one org, shared by all who ask it something. */
export interface OrgLine {
  readonly serverClock: ServerClock;
  readonly governor: RateGovernor;
  readonly transport: Transport;
  /** Makes what sends requests that are authorized in this way. */
  readonly callWith: (authorizer: Authorizer) => OrgCaller;
  /** Ends everything that waits or is in flight, and closes all connections. */
  close(): Promise<void>;
}

/** Puts together what sends requests to one org. Nothing is sent yet. */
export function openLine(options: LineOptions): OrgLine {
  const { orgUrl, clock, random, events, rateShare, maxConcurrency } = options;
  const serverClock = new ServerClock(clock);
  const governor = createGovernor({
    rateShare,
    maxConcurrency,
    serverClock,
    clock,
    random,
    events,
  });
  const health = new OrgHealth({
    orgUrl,
    clock,
    random,
    events,
    ...(options.health === undefined ? {} : { limits: options.health }),
  });
  const transport = new Transport({
    orgUrl,
    maxConcurrency,
    proxy: options.proxy,
    ...(options.requestTimeoutMs === undefined
      ? {}
      : { requestTimeoutMs: options.requestTimeoutMs }),
    clock,
    events,
  });
  const closed = new AbortController();
  return {
    serverClock,
    governor,
    transport,
    callWith: (authorizer) => {
      const sender = new OrgSender({ transport, governor, health, authorizer });
      return new OrgCaller({ sender, clock, random, closed: closed.signal });
    },
    close: () => {
      const reason = new Error("the connection to the org was closed");
      closed.abort(reason);
      health.close(reason);
      return transport.close();
    },
  };
}
