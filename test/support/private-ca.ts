import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate for one host, and the file of the authority that it is from. */
export interface MadeCertificate {
  readonly cert: string;
  readonly key: string;
  /** For `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
}

/** Makes a certificate that only this folder vouches for; undefined for want of openssl. */
export function makeCertificate(folder: string, host: string): MadeCertificate | undefined {
  const words = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${host} -addext subjectAltName=DNS:${host} -keyout tls-key.pem -out tls-cert.pem`;
  const made = spawnSync("openssl", words.split(" "), { cwd: folder, stdio: "ignore" });
  if (made.status !== 0) return undefined;
  const caFile = join(folder, "tls-cert.pem");
  const key = readFileSync(join(folder, "tls-key.pem"), "utf8");
  return { cert: readFileSync(caFile, "utf8"), key, caFile };
}
