import { ConfigError, printable } from "../../core/index.ts";

const DEFAULT_PORT = 6379;
const DEFAULT_PREFIX = "okta-migrate:hook:";
const PREFIX = /^[\w:.-]{1,100}$/;
const DATABASE = /^\/?(\d{0,3})$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

/** A Redis where replicas count wrong passwords together. Holds no password. */
export interface ThrottleAddress {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  /** Whether what is sent leaves this machine in the clear. */
  readonly isExposed: boolean;
  readonly user: string | undefined;
  readonly database: number;
  /** What all of its keys begin with. */
  readonly prefix: string;
  /** As given, fit for messages. */
  readonly shown: string;
}

/**
 * Reads `redis[s]://[user@]host[:port][/database][?prefix=NAME]`.
 *
 * @param at where it was given, for messages
 * @throws {ConfigError} OPTION_INVALID when it is none, or has a password in it. What was given is then
 *   not repeated
 */
export function parseThrottleAddress(text: string, at: string): ThrottleAddress {
  const invalid = (what: string, hint = EXAMPLE): ConfigError =>
    new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}.`, hint });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^rediss?:$/.test(url.protocol)) {
    throw invalid("is no address of a Redis");
  }
  const { searchParams: parameters } = url;
  if (url.password !== "" || parameters.has("password")) {
    throw invalid(
      "has a password in it, which others on this machine can see",
      "Take it out, and put it into a file that OKTA_MIGRATE_THROTTLE_PASSWORD_FILE names.",
    );
  }
  if (url.hostname === "") throw invalid("names no host");
  const database = DATABASE.exec(url.pathname)?.[1];
  if (database === undefined) throw invalid("names a database that is no number");
  const prefix = parameters.get("prefix") ?? DEFAULT_PREFIX;
  if (!PREFIX.test(prefix)) {
    throw invalid("has a prefix that is none", "Give up to 100 letters, digits and _ : . -");
  }
  const other = [...parameters.keys()].find((name) => name !== "prefix");
  if (other !== undefined) {
    throw invalid(`has a parameter that is not known: ${printable(other, 40)}`, "Known is prefix.");
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isTls = url.protocol === "rediss:";
  return {
    host,
    port: url.port === "" ? DEFAULT_PORT : Number(url.port),
    isTls,
    isExposed: !isTls && !LOOPBACK.test(host),
    user: url.username === "" ? undefined : decode(url.username, invalid),
    database: Number(database),
    prefix,
    shown: printable(text),
  };
}

function decode(text: string, invalid: (what: string, hint: string) => ConfigError): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid("has a percent sign that begins no character", "Write a percent sign as %25.");
  }
}

const EXAMPLE = "Write it as in: rediss://cache.example.com, or redis:// without TLS";
