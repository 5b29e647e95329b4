import { ConfigError } from "../../../../core/index.ts";

/** The flags of `hook serve`, checked. */
export interface ServeOptions {
  /** A sealed store, a path or the address of a server; undefined: as the config says. */
  readonly store: string | undefined;
  /** The address of a Redis; undefined: as the config says. */
  readonly throttle: string | undefined;
  readonly config: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Paths; undefined: plain HTTP. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly callers: "connected" | "forwarded";
  /** Undefined: one a core. */
  readonly threads: number | undefined;
  readonly maxConnections: number;
  /** How long calls are still taken once the process is asked to end. */
  readonly drainDelayMs: number;
  readonly json: boolean;
}

const HIGHEST_PORT = 65_535;
const MOST_THREADS = 1024;
const MOST_CONNECTIONS = 100_000;
const LONGEST_DELAY_S = 300;

/**
 * Checks the flags of `hook serve`.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense
 */
export function readServeOptions(flags: Readonly<Record<string, unknown>>): ServeOptions {
  const { threads, store, throttle, config } = flags;
  return {
    store: typeof store === "string" ? store : undefined,
    throttle: typeof throttle === "string" ? throttle : undefined,
    config: typeof config === "string" ? config : undefined,
    host: String(flags["host"]),
    port: whole("--port", flags["port"], 0, HIGHEST_PORT),
    tls: readTls(flags),
    callers: flags["trustProxy"] === true ? "forwarded" : "connected",
    threads: threads === undefined ? undefined : whole("--threads", threads, 1, MOST_THREADS),
    maxConnections: whole("--max-connections", flags["maxConnections"], 1, MOST_CONNECTIONS),
    drainDelayMs: readDelay(flags["drainDelay"]),
    json: flags["json"] === true,
  };
}

function readTls(flags: Readonly<Record<string, unknown>>): ServeOptions["tls"] {
  const { tlsCert, tlsKey, plainHttp } = flags;
  const hasFiles = tlsCert !== undefined || tlsKey !== undefined;
  if (plainHttp === true) {
    if (!hasFiles) return undefined;
    throw invalid("--plain-http", "goes with no certificate", "Give one or the other.");
  }
  if (typeof tlsCert === "string" && typeof tlsKey === "string") {
    return { certFile: tlsCert, keyFile: tlsKey };
  }
  if (hasFiles) {
    throw invalid("--tls-cert", "goes with --tls-key", "Give both files.");
  }
  throw invalid(
    "--tls-cert",
    "is missing: passwords come in the clear inside of TLS",
    "Give --tls-cert and --tls-key, or --plain-http where a proxy before this service has the certificate.",
  );
}

function readDelay(given: unknown): number {
  const [, text] = /^(\d{1,3})s?$/.exec(String(given)) ?? [];
  const seconds = text === undefined ? Number.NaN : Number(text);
  if (seconds <= LONGEST_DELAY_S) return seconds * 1000;
  throw invalid("--drain-delay", "is no time of at most 300 seconds", "Write it as 10s.");
}

function whole(at: string, given: unknown, least: number, most: number): number {
  const number = typeof given === "string" && /^\d{1,10}$/.test(given) ? Number(given) : NaN;
  if (number >= least && number <= most) return number;
  throw invalid(at, "is no whole number in range", `Give a whole number from ${least} to ${most}.`);
}

function invalid(at: string, what: string, hint: string): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}`, hint });
}
