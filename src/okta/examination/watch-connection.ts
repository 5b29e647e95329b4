import { X509Certificate } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type DetailedPeerCertificate, rootCertificates, TLSSocket } from "node:tls";
import type { ConnectionFacts } from "../../core/index.ts";
import type { OrgUrl } from "../org-url.ts";

/** Where undici tells of each connection that it has made, through a proxy or not. */
const CHANNEL = "undici:client:connected";
/** Certificates of one chain that are looked at, at most. */
const LONGEST_CHAIN = 10;

/** What is seen of connections while they are made. */
export interface ConnectionWatch {
  /** Of the first connection to the org; undefined before it. */
  facts(): ConnectionFacts | undefined;
  stop(): void;
}

/** Watches how this process connects to an org: no connection is made for it. */
export function watchConnection({ origin }: OrgUrl): ConnectionWatch {
  const { hostname, protocol } = new URL(origin);
  const bare = hostname.replace(/^\[|\]$/g, "");
  let seen: ConnectionFacts | undefined;
  const listen = (message: unknown): void => {
    if (seen !== undefined || !isConnected(message)) return;
    const { connectParams, socket } = message;
    const isOurs = [hostname, bare].includes(connectParams.hostname);
    if (!isOurs || connectParams.protocol !== protocol) return;
    seen = socket instanceof TLSSocket ? describeTls(socket) : { kind: "plain" };
  };
  subscribe(CHANNEL, listen);
  return { facts: () => seen, stop: () => unsubscribe(CHANNEL, listen) };
}

interface Connected {
  readonly connectParams: { readonly hostname: string; readonly protocol: string };
  readonly socket: unknown;
}

function isConnected(message: unknown): message is Connected {
  if (typeof message !== "object" || message === null) return false;
  const { connectParams } = message as Partial<Connected>;
  return typeof connectParams?.hostname === "string" && "socket" in message;
}

function describeTls(socket: TLSSocket): ConnectionFacts {
  const certificate = socket.getPeerCertificate(true);
  const { O: organization, CN: name } = certificate.issuer ?? {};
  return {
    kind: "tls",
    protocol: socket.getProtocol() ?? "TLS",
    issuer: [organization ?? name ?? "an authority without a name"].flat().join(", "),
    validUntilMs: Date.parse(certificate.valid_to),
    authority: isPublic(chainOf(certificate)) ? "public" : "private",
  };
}

function chainOf(leaf: DetailedPeerCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next: DetailedPeerCertificate | undefined = leaf;
  while (next?.raw !== undefined && chain.length < LONGEST_CHAIN) {
    chain.push(new X509Certificate(next.raw));
    next = next.issuerCertificate === next ? undefined : next.issuerCertificate;
  }
  return chain;
}

/** Whether one of the authorities that Node brings along is in the chain, or signed its end. */
function isPublic(chain: readonly X509Certificate[]): boolean {
  const known = rootCertificates.map((pem) => new X509Certificate(pem));
  const prints = new Set(known.map(({ fingerprint256 }) => fingerprint256));
  if (chain.some(({ fingerprint256 }) => prints.has(fingerprint256))) return true;
  const end = chain.at(-1);
  return end !== undefined && known.some((root) => end.checkIssued(root));
}
