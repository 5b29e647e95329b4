import { printable, SourceError } from "../../core/index.ts";
import type { DatabaseAccess } from "./database-connection.ts";

const MAX_SAID = 300;

/** What a driver throws, as far as it is looked at. */
interface DriverError {
  readonly code: string;
  /** Of MySQL and SQL Server. */
  readonly number: number;
  readonly message: string;
  readonly syscall: string;
}

/** A server that can't be reached, or does not let us in, as an error of ours. */
export function refusedError(access: DatabaseAccess, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const { address } = access;
  const found = readError(error);
  const cause = REFUSALS.find(({ fits }) => fits(found));
  const host = address.socketPath ?? address.host;
  return new SourceError({
    code: "SOURCE_REFUSED",
    message: `${address.shown} can't be read: ${cause?.what(host) ?? said(found)}.`,
    hint:
      cause?.hint ??
      "Check host, port, database and user in the address, and whether the server lets this machine in.",
    isAway: cause?.isAway ?? isLost(found),
    cause: error,
  });
}

interface Refusal {
  /** Whether it may be otherwise in a while, without anything being mended here. @default false */
  readonly isAway?: boolean;
  readonly fits: (error: DriverError) => boolean;
  readonly what: (host: string) => string;
  readonly hint: string;
}

const has =
  (...codes: readonly string[]) =>
  ({ code }: DriverError): boolean =>
    codes.includes(code);
const says =
  (pattern: RegExp) =>
  ({ message }: DriverError): boolean =>
    pattern.test(message);
const anyOf =
  (...tests: readonly Refusal["fits"][]): Refusal["fits"] =>
  (error) =>
    tests.some((test) => test(error));

/** PostgreSQL that starts or ends, and any server that has as many connections as it takes. */
const BUSY = has("57P01", "57P02", "57P03", "53300", "ER_CON_COUNT_ERROR", "ER_SERVER_SHUTDOWN");

/** Names of parameters are those of PostgreSQL; the other systems' own are understood as well. */
const REFUSALS: readonly Refusal[] = [
  {
    isAway: true,
    fits: BUSY,
    what: () => "the server starts, ends, or has as many connections as it takes",
    hint: "Try again in a while.",
  },
  {
    isAway: true,
    fits: anyOf(has("EAI_AGAIN"), says(/EAI_AGAIN/)),
    what: (host) => `the name of ${printable(host)} can't be looked up now`,
    hint: "See that name servers answer this machine.",
  },
  {
    fits: anyOf(has("ENOTFOUND"), says(/ENOTFOUND/)),
    what: (host) => `no such host, ${printable(host)}`,
    hint: "Check the host in the address, and whether its name can be looked up from here.",
  },
  {
    isAway: true,
    fits: anyOf(has("ECONNREFUSED", "ENOENT"), says(/ECONNREFUSED|Could not connect \(sequence\)/)),
    what: (host) => `nothing listens at ${printable(host)}`,
    hint: "Check host and port in the address, and that the server runs.",
  },
  {
    isAway: true,
    fits: anyOf(
      has("ETIMEDOUT", "ETIMEOUT", "EHOSTUNREACH", "ENETUNREACH"),
      says(/timeout expired|timed? ?out/i),
    ),
    what: (host) => `${printable(host)} did not answer in time`,
    hint: "See that firewalls let this machine through; connect_timeout in the address gives it more seconds.",
  },
  {
    fits: anyOf(
      has("HANDSHAKE_NO_SSL_SUPPORT"),
      says(/does not support (?:SSL|secure|TLS)|server does not support encryption/i),
    ),
    what: () => "the server offers no TLS",
    hint: "Turn TLS on at the server, or go through a tunnel; to send users and hashes in clear text, give sslmode=disable.",
  },
  {
    fits: anyOf(has("ERR_TLS_CERT_ALTNAME_INVALID"), says(/altnames|Hostname\/IP does not match/i)),
    what: (host) => `its certificate is not for ${printable(host)}`,
    hint: "Use the name that the certificate has; sslmode=verify-ca does not look at it.",
  },
  {
    fits: anyOf(
      has(
        "DEPTH_ZERO_SELF_SIGNED_CERT",
        "SELF_SIGNED_CERT_IN_CHAIN",
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        "UNABLE_TO_GET_ISSUER_CERT",
        "HANDSHAKE_SSL_ERROR",
        "CERT_HAS_EXPIRED",
        "CERT_NOT_YET_VALID",
      ),
      says(/self.signed certificate|unable to (?:verify|get)|certificate has expired/i),
    ),
    what: () => "its TLS certificate can't be trusted",
    hint: "Name the certificate of whoever issued it: sslrootcert=ca.pem in the address. sslmode=require would not check it.",
  },
  {
    fits: says(/no pg_hba\.conf entry/),
    what: () => "the server lets this user in neither from here nor in this way",
    hint: "Give sslmode=verify-full in the address where it takes TLS only; else have a line for this machine added to its pg_hba.conf.",
  },
  {
    fits: anyOf(
      has(
        "28P01",
        "28000",
        "ER_ACCESS_DENIED_ERROR",
        "ER_ACCESS_DENIED_NO_PASSWORD_ERROR",
        "ELOGIN",
      ),
      says(/SASL|password must be a string/),
    ),
    what: () => "the server does not let this user in, or the password is wrong",
    hint: "Check the user in the address, and the password in the file that OKTA_MIGRATE_SOURCE_PASSWORD_FILE names.",
  },
  {
    fits: has("3D000", "ER_BAD_DB_ERROR", "ER_DBACCESS_DENIED_ERROR"),
    what: () => "there is no such database, or it is not for this user",
    hint: "Check the database in the address: the last part, behind the host.",
  },
  {
    fits: has("ER_SECURE_TRANSPORT_REQUIRED"),
    what: () => "the server takes connections over TLS only",
    hint: "Give sslmode=verify-full in the address, and sslrootcert=ca.pem where an authority of your own issued its certificate.",
  },
];

/**
 * A statement that the server refuses, as an error of ours.
 *
 * @param where what is to be mended
 */
export function queryError(
  shown: string,
  error: unknown,
  where = "query, table or key under source",
): SourceError {
  const found = readError(error);
  if (isLost(found)) {
    return new SourceError({
      code: "SOURCE_LOST",
      message: `The connection to ${shown} was lost while it was read (${said(found)}).`,
      hint: "Run the same command again: it goes on where it stopped.",
      isAway: true,
      cause: error,
    });
  }
  const isWrite =
    found.code === "25006" || found.number === 1792 || /readonly database/.test(found.message);
  return new SourceError({
    code: "SOURCE_QUERY",
    message: isWrite
      ? `The query would change ${shown}, which is only ever read (${said(found)}).`
      : `${shown} refuses what is to be read of it: ${said(found)}.`,
    hint: isWrite
      ? "Give one SELECT statement."
      : `Mend ${where} in migration.yaml, and check that the user may read what it names.`,
    cause: error,
  });
}

/** Codes of a connection that is gone, whichever driver tells of it. */
const LOST =
  /^(?:57P0\d|08\w{3}|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ESOCKET|ECONNCLOSED|PROTOCOL_CONNECTION_LOST|PROTOCOL_PACKETS_OUT_OF_ORDER|ER_SERVER_SHUTDOWN|ER_CONNECTION_KILLED)$/;

function isLost({ code, message }: DriverError): boolean {
  return (
    LOST.test(code) || /Connection terminated|Connection ended|connection closed/i.test(message)
  );
}

/** Classes of SQLSTATE, and errors of MySQL, whose message quotes no value of a row. */
const QUOTES_NO_ROW = /^(?:42|25|28|3D|3F|53|54|57|08|0A|55)/;
const QUOTES_NO_ROW_NUMBERS = new Set([
  1044, 1045, 1046, 1049, 1054, 1060, 1064, 1142, 1143, 1146, 1235, 1305, 1317, 1792, 1969, 3024,
  102, 156, 207, 208, 229, 4060, 8155, 8156,
]);

/** What the server said, without what it may quote of a row, made fit to print. */
function said(error: DriverError): string {
  const { code, number, message } = error;
  const isSafe =
    QUOTES_NO_ROW_NUMBERS.has(number) ||
    (/^[0-9A-Z]{5}$/.test(code) && QUOTES_NO_ROW.test(code)) ||
    /^SQLITE_(?:ERROR|READONLY|BUSY|CANTOPEN|NOTADB|AUTH)/.test(code) ||
    error.syscall !== "" ||
    code.startsWith("PROTOCOL_");
  const text = isSafe ? message : message.replace(/(["'`]).*\1/s, "…");
  const shown = printable(text.trim().replace(/\.$/, ""), MAX_SAID);
  return shown === "" ? code || "no reason was given" : shown;
}

function readError(error: unknown): DriverError {
  const found = (typeof error === "object" && error !== null ? error : {}) as Partial<
    Record<"code" | "errno" | "number" | "message" | "syscall", unknown>
  >;
  const nested = error instanceof AggregateError ? readError(error.errors[0]) : undefined;
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const number = found.number ?? found.errno;
  return {
    code: text(found.code) || (nested?.code ?? ""),
    number: typeof number === "number" ? number : 0,
    message: text(found.message) || (nested?.message ?? ""),
    syscall: text(found.syscall),
  };
}
