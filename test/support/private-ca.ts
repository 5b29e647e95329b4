import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";

/** A certificate for some hosts, and the file of the authority that it is from. */
export interface MadeCertificate {
  readonly cert: string;
  readonly key: string;
  /** For `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  readonly keyFile: string;
}

/** Whether certificates can be made on this machine. */
export const HAS_OPENSSL = spawnSync("openssl", ["version"], { stdio: "ignore" }).status === 0;

/** Makes a certificate that only this folder vouches for; undefined for want of openssl. */
export function makeCertificate(
  folder: string,
  ...hosts: readonly [string, ...string[]]
): MadeCertificate | undefined {
  const names = hosts.map((host) => `${isIP(host) === 0 ? "DNS" : "IP"}:${host}`).join();
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${hosts[0]} -addext subjectAltName=${names} -keyout tls-key.pem -out tls-cert.pem`;
  const made = spawnSync("openssl", words.split(" "), { cwd: folder, stdio: "ignore" });
  if (made.status !== 0) return undefined;
  const caFile = join(folder, "tls-cert.pem");
  const keyFile = join(folder, "tls-key.pem");
  const key = readFileSync(keyFile, "utf8");
  return { cert: readFileSync(caFile, "utf8"), key, caFile, keyFile };
}
