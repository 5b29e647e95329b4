/** Why no answer came, or none that can be used. */
export type TroubleKind =
  | "dns"
  | "refused"
  | "unroutable"
  | "connect-timeout"
  | "tls"
  | "proxy"
  | "timeout"
  | "reset"
  | "cut"
  | "too-large"
  | "protocol";

/** What stood between a request and its answer; holds nothing of either. */
export interface NetworkTrouble {
  readonly kind: TroubleKind;
  /** Code of Node or undici, such as `ECONNREFUSED`, or of a proxy's answer; `""` where there is none. */
  readonly code: string;
  /** Whether a proxy may have stood in between. */
  readonly via?: "proxy";
}

const KIND_OF: ReadonlyMap<string, TroubleKind> = new Map([
  ["ENOTFOUND", "dns"],
  ["EAI_AGAIN", "dns"],
  ["EAI_FAIL", "dns"],
  ["ENODATA", "dns"],
  ["ECONNREFUSED", "refused"],
  ["EHOSTUNREACH", "unroutable"],
  ["ENETUNREACH", "unroutable"],
  ["ENETDOWN", "unroutable"],
  ["EADDRNOTAVAIL", "unroutable"],
  ["UND_ERR_CONNECT_TIMEOUT", "connect-timeout"],
  ["ETIMEDOUT", "connect-timeout"],
  ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
  ["UND_ERR_BODY_TIMEOUT", "timeout"],
  ["EPROTO", "tls"],
  ["UND_ERR_PRX_TLS", "tls"],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "cut"],
  ["UND_ERR_HEADERS_OVERFLOW", "too-large"],
  ["UND_ERR_SOCKET", "reset"],
  ["ECONNRESET", "reset"],
  ["EPIPE", "reset"],
]);

const TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_|INVALID_PURPOSE)/;

/** Sorts an error of the network; an unknown one is `protocol`. */
export function troubleOf(error: unknown): NetworkTrouble {
  const refusal = proxyRefusal(error);
  if (refusal !== undefined) return { kind: "proxy", code: refusal };
  const code = codeOf(error);
  if (code.startsWith("HPE_")) {
    return { kind: code === "HPE_INVALID_EOF_STATE" ? "cut" : "protocol", code };
  }
  return { kind: KIND_OF.get(code) ?? (TLS_CODE.test(code) ? "tls" : "protocol"), code };
}

const WORDS: Record<TroubleKind, string> = {
  dns: "its name could not be resolved",
  refused: "the connection was refused",
  unroutable: "there is no route to it",
  "connect-timeout": "no connection came about in time",
  tls: "its TLS certificate was not accepted",
  proxy: "the proxy does not let us through",
  timeout: "no answer came in time",
  reset: "the connection was closed before the answer",
  cut: "the answer was cut off",
  "too-large": "the answer was too large",
  protocol: "the answer was no HTTP",
};

/** Where a proxy is in between, it is the proxy alone that we connect to. */
const OF_THE_FIRST_HOP: ReadonlySet<TroubleKind> = new Set([
  "dns",
  "refused",
  "unroutable",
  "connect-timeout",
]);

/** For people, as the end of a sentence: `the connection was refused (ECONNREFUSED)`. */
export function describeTrouble(trouble: NetworkTrouble): string {
  const what = isOfTheProxy(trouble)
    ? `the proxy in between can't be reached, ${WORDS[trouble.kind]}`
    : WORDS[trouble.kind];
  return trouble.code === "" ? what : `${what} (${trouble.code})`;
}

function isOfTheProxy({ kind, via }: NetworkTrouble): boolean {
  return via === "proxy" && OF_THE_FIRST_HOP.has(kind);
}

/**
 * What to do about an org that can't be reached at all.
 *
 * @param address the variable that its address came from
 */
export function hintFor(trouble: NetworkTrouble, address: string): string {
  if (isOfTheProxy(trouble)) {
    return "HTTPS_PROXY is set, and nothing is reached at its address: check its host and port, or list the org in NO_PROXY where it can be reached directly.";
  }
  const hint = hintForKind(trouble, address);
  if (trouble.via === undefined || trouble.kind === "proxy") return hint;
  return `${hint} HTTPS_PROXY is set, so it may be the proxy's fault: check its address, or list the org in NO_PROXY.`;
}

function hintForKind(trouble: NetworkTrouble, address: string): string {
  switch (trouble.kind) {
    case "dns":
      return `Check the spelling of ${address} and the name resolution of this machine.`;
    case "refused":
      return `Check host and port of ${address} and that a firewall lets this machine out; nothing listens there.`;
    case "tls":
      return "Where a proxy inspects TLS here, point NODE_EXTRA_CA_CERTS to its CA certificate; certificates are always checked.";
    case "proxy":
      return trouble.code === "407"
        ? "The proxy wants a user name and a password: HTTPS_PROXY=http://user:password@proxy.example.com:8080. Special characters in them are percent-encoded."
        : "Have the proxy let this machine through to the org's host on port 443, or list the org in NO_PROXY where it can be reached directly.";
    case "unroutable":
    case "connect-timeout":
      return "Check that this machine may reach the org directly on its port; a firewall or VPN may be in the way.";
    case "timeout":
    case "reset":
    case "cut":
    case "too-large":
    case "protocol":
      return `Check that ${address} is an Okta org and that no proxy stands in between, then run the same command again.`;
  }
}

/** Status with which a proxy refused to connect us; undefined where it is no such error. */
function proxyRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return /^Proxy response \((\d{3})\) !== 200/.exec(error.message)?.[1];
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return /^[A-Z0-9_]{1,60}$/.test(code) ? code : "";
}
