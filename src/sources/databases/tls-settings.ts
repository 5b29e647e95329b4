import { readFile } from "node:fs/promises";
import { SourceError, printable } from "../../core/index.ts";
import { unreadableSource } from "../bytes/raw-bytes.ts";
import { invalid, type Parameters } from "./address-parameters.ts";

/** How a connection is protected. */
export interface TlsSettings {
  /**
   * `none`: not at all. `unchecked`: encrypted, whoever is at the other end is believed. `chain`: its
   * certificate is of somebody trusted. `full`: and names the host.
   */
  readonly mode: "none" | "unchecked" | "chain" | "full";
  /** Files, PEM: whom to trust in the place of the system's list, and who we are. */
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
}

/** What Node's TLS takes. */
export interface TlsOptions {
  readonly rejectUnauthorized: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly checkServerIdentity?: () => undefined;
}

const MODES: Readonly<Record<string, TlsSettings["mode"]>> = {
  disable: "none",
  disabled: "none",
  require: "unchecked",
  required: "unchecked",
  noverify: "unchecked",
  verifyca: "chain",
  verifyfull: "full",
  verifyidentity: "full",
};

/**
 * The settings that an address asks for, by the names of PostgreSQL, MySQL or SQL Server.
 *
 * @param isLocal whether nothing leaves this machine: then a plain connection is the default, else
 *   a checked one
 * @throws {ConfigError} OPTION_INVALID when they make no sense
 */
export function readTls(parameters: Parameters, isLocal: boolean): TlsSettings {
  const mode = readMode(parameters);
  const caFile = parameters.take("sslrootcert", "ssl-ca");
  const certFile = parameters.take("sslcert", "ssl-cert");
  const keyFile = parameters.take("sslkey", "ssl-key");
  const names = caFile ?? certFile ?? keyFile;
  if (mode === "none" && names !== undefined) {
    throw invalid("names certificates and asks for no TLS", "Give sslmode=verify-full.");
  }
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw invalid("names one of sslcert and sslkey", "Give both, or neither.");
  }
  return {
    mode: mode ?? (isLocal && names === undefined ? "none" : "full"),
    caFile,
    certFile,
    keyFile,
  };
}

function readMode(parameters: Parameters): TlsSettings["mode"] | undefined {
  const given = parameters.take("sslmode");
  const encrypt = parameters.take("encrypt")?.toLowerCase();
  const isBelieved = /^(?:true|yes)$/i.test(parameters.take("trustServerCertificate") ?? "");
  if (given !== undefined) {
    const mode = MODES[given.toLowerCase().replace(/[-_]/g, "")];
    if (mode !== undefined) return mode;
    throw invalid(
      `has an sslmode that is not known: ${printable(given, 40)}`,
      "Give verify-full, verify-ca, require (encrypted, the certificate not checked) or disable.",
    );
  }
  if (encrypt === "false" || encrypt === "no") return "none";
  if (isBelieved) return "unchecked";
  return encrypt === undefined ? undefined : "full";
}

/** Whether a host is this machine, by its name or address alone. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);
}

/**
 * The settings as Node's TLS takes them; undefined for a plain connection.
 *
 * @throws {SourceError} SOURCE_UNREADABLE when a file of them can't be read
 */
export async function tlsOptions(tls: TlsSettings): Promise<TlsOptions | undefined> {
  if (tls.mode === "none") return undefined;
  const ca = await readPem(tls.caFile);
  const cert = await readPem(tls.certFile);
  const key = await readPem(tls.keyFile);
  return {
    rejectUnauthorized: tls.mode !== "unchecked",
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(tls.mode === "full" ? {} : { checkServerIdentity: () => undefined }),
  };
}

async function readPem(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw unreadableSource(path, error);
  });
  if (text.includes("-----BEGIN ")) return text;
  throw new SourceError({
    code: "SOURCE_UNREADABLE",
    message: `${printable(path)} holds no certificate or key in PEM.`,
    hint: "Name a file that begins with -----BEGIN.",
  });
}
