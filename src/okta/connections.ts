import { type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import type { Secret } from "../core/index.ts";
import type { OrgUrl } from "./org-url.ts";

/** A proxy between us and the org. */
export interface ProxySettings {
  /** Address, `http` or `https`; may hold a password. */
  readonly url: Secret;
  /** Hosts that are reached without it, as `NO_PROXY` lists them. */
  readonly exceptFor: string;
}

/** How connections are made. */
export interface ConnectionOptions {
  readonly orgUrl: OrgUrl;
  /** Most connections at a time. */
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** An org on this machine is reached without it at any rate. */
  readonly proxy: ProxySettings | undefined;
}

/** Whether requests to this org may go through the proxy. */
export function mayUseProxy({
  orgUrl,
  proxy,
}: Pick<ConnectionOptions, "orgUrl" | "proxy">): boolean {
  return proxy !== undefined && orgUrl.kind !== "loopback";
}

const MAX_HEADER_BYTES = 32 * 1024;

/** Makes what keeps connections to one org. Nothing is connected yet. */
export function openConnections(options: ConnectionOptions): Dispatcher {
  const { orgUrl, connections, proxy } = options;
  const connect = { timeout: options.connectTimeoutMs };
  const common = {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: MAX_HEADER_BYTES,
    connect,
  };
  if (proxy === undefined || !mayUseProxy(options)) return new Pool(orgUrl.origin, common);
  return new EnvHttpProxyAgent({
    ...common,
    proxyTls: connect,
    requestTls: connect,
    // Given as well, lest they be taken from the environment.
    httpProxy: "",
    httpsProxy: proxy.url.reveal(),
    noProxy: proxy.exceptFor,
  });
}
