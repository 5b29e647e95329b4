import { userInfo } from "node:os";
import { printable } from "../../core/index.ts";
import { invalid, Parameters, plain } from "./address-parameters.ts";
import { isLoopback, readTls, type TlsSettings } from "./tls-settings.ts";

/** The systems that can be read, by their schemes. */
const KINDS = {
  "postgres:": "postgresql",
  "postgresql:": "postgresql",
  "mysql:": "mysql",
  "mariadb:": "mysql",
  "sqlserver:": "sql-server",
  "mssql:": "sql-server",
} as const;

const DEFAULT_PORTS = { postgresql: 5432, mysql: 3306, "sql-server": 1433 } as const;
const DEFAULT_CONNECT_SECONDS = 10;
const MAX_CONNECT_SECONDS = 600;

/** A database that a network or a socket leads to. Holds no password. */
export interface DatabaseAddress {
  readonly kind: "postgresql" | "mysql" | "sql-server";
  /** A name or an address without brackets; of no meaning with a socket. */
  readonly host: string;
  readonly port: number;
  /** Of PostgreSQL the folder, of MySQL the socket itself. */
  readonly socketPath: string | undefined;
  readonly user: string;
  readonly database: string;
  readonly tls: TlsSettings;
  readonly connectTimeoutMs: number;
  /** As given, fit for messages. */
  readonly shown: string;
}

/** Whether a location is the address of a database on a server. */
export function isDatabaseAddress(location: string): boolean {
  const scheme = /^[a-z]+:(?=\/\/)/i.exec(location)?.[0].toLowerCase();
  return scheme !== undefined && scheme in KINDS;
}

/**
 * Reads the address of a database: `scheme://[user@]host[:port]/database[?parameters]`.
 *
 * @throws {ConfigError} OPTION_INVALID when it is none, or has a password in it. What was given is
 *   then never repeated: it may hold a password at any place.
 */
export function parseDatabaseAddress(location: string): DatabaseAddress {
  // With a socket, a user may stand before a host that is left out.
  const whole = location.replace(/^([a-z]+:\/\/[^/?#@]*@)(?=\/)/i, "$1localhost");
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (url === undefined) throw invalid("can't be read as an address", EXAMPLE);
  refusePassword(url);
  const kind = KINDS[url.protocol.toLowerCase() as keyof typeof KINDS];
  const parameters = new Parameters(url.searchParams);
  const socketPath = readSocket(kind, parameters);
  const host = decode(url.hostname.replace(/^\[|\]$/g, ""));
  if (host === "" && socketPath === undefined) throw invalid("names no host", EXAMPLE);
  const database = decode(url.pathname.slice(1));
  if (database === "" || database.includes("/")) throw invalid("names no database", EXAMPLE);
  const isLocal = socketPath !== undefined || isLoopback(host);
  const address = {
    kind,
    host,
    port: url.port === "" ? DEFAULT_PORTS[kind] : Number(url.port),
    socketPath,
    user: url.username === "" ? userInfo().username : decode(url.username),
    database,
    tls: readTls(parameters, isLocal),
    connectTimeoutMs: readConnectTimeout(parameters),
    shown: printable(location),
  };
  parameters.refuseOthers();
  return address;
}

const EXAMPLE = "Write it as in: postgres://reader@db.example.com/shop";

function refusePassword(url: URL): void {
  const names = [...url.searchParams.keys()].map(plain);
  const inParameters = names.some((name) =>
    /^(?:pass|passwd|password|pwd|user|sslpassword)$/.test(name),
  );
  if (url.password === "" && !inParameters) return;
  throw invalid(
    "has a password in it, which others on this machine can see",
    "Take it out, and put it into a file that OKTA_MIGRATE_SOURCE_PASSWORD_FILE names; the user stands before the host: user@host.",
  );
}

function readSocket(kind: DatabaseAddress["kind"], parameters: Parameters): string | undefined {
  if (kind === "sql-server") return undefined;
  const path = kind === "postgresql" ? parameters.take("host") : parameters.take("socket");
  if (path === undefined || path.startsWith("/")) return path;
  throw invalid(
    "names a socket that is no path",
    "Give it from the root, such as /run/postgresql.",
  );
}

function readConnectTimeout(parameters: Parameters): number {
  const text = parameters.take("connect_timeout") ?? String(DEFAULT_CONNECT_SECONDS);
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= MAX_CONNECT_SECONDS) return seconds * 1000;
  throw invalid("has a connect_timeout out of range", `Give 1 to ${MAX_CONNECT_SECONDS} seconds.`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid("has a percent sign that begins no character", "Write a percent sign as %25.");
  }
}
