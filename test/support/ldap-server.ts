import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { vi } from "vitest";
import { DIRECTORY_BASE, directoryLdif, type DirectoryPerson } from "./directory-people.ts";
import type { MadeCertificate } from "./private-ca.ts";

const SLAPD = ["/usr/sbin/slapd", "/usr/local/libexec/slapd"].find((path) => existsSync(path));
const SCHEMAS = ["/etc/ldap/schema", "/usr/local/etc/openldap/schema"].find((path) =>
  existsSync(path),
);

/** Why there is no OpenLDAP on this machine; undefined where there is. */
export const NO_OPENLDAP =
  SLAPD === undefined || SCHEMAS === undefined
    ? "slapd is not installed (Debian: apt-get install slapd ldap-utils)"
    : undefined;

/** Who may read everything, in pages of any number. */
export const READER = { dn: `cn=reader,${DIRECTORY_BASE}`, password: "r3ader-s3cret" };
/** Who may sign in, and gets 500 entries at most, as by OpenLDAP's default. */
export const LIMITED = { dn: `cn=limited,${DIRECTORY_BASE}`, password: "l1mited-s3cret" };

/** A directory of OpenLDAP on this machine. */
export interface LdapServer {
  /** `ldap://127.0.0.1:PORT` */
  readonly url: string;
  /** `ldaps://127.0.0.1:PORT` */
  readonly tlsUrl: string;
  /** Runs a program of OpenLDAP against it, signed in as its administrator. */
  change(program: "ldapadd" | "ldapdelete" | "ldapmodify", input: string): void;
  close(): Promise<void>;
  /** Starts it again at the same addresses. */
  reopen(): Promise<void>;
}

/** Starts a directory with these people below {@link DIRECTORY_BASE}. */
export async function startLdapServer(options: {
  readonly folder: string;
  readonly people: readonly DirectoryPerson[];
  readonly tls: MadeCertificate;
}): Promise<LdapServer> {
  const { folder } = options;
  const config = join(folder, "slapd.conf");
  const ldif = join(folder, "content.ldif");
  mkdirSync(join(folder, "data"));
  writeFileSync(config, slapdConfig(folder, options.tls));
  writeFileSync(ldif, directoryLdif(options.people, [READER, LIMITED]));
  run(SLAPD ?? "", ["-T", "add", "-q", "-f", config, "-l", ldif]);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const url = `ldap://127.0.0.1:${port}`;
  const tlsUrl = `ldaps://127.0.0.1:${tlsPort}`;
  let child: ChildProcess | undefined;
  const open = async (): Promise<void> => {
    const args = ["-d", "0", "-f", config, "-h", `${url} ${tlsUrl}`];
    child = spawn(SLAPD ?? "", args, { stdio: "ignore" });
    await vi.waitFor(() => answers(tlsPort), { timeout: 30_000, interval: 20 });
  };
  await open();
  return {
    url,
    tlsUrl,
    change: (program, input) => {
      const args = ["-x", "-H", url, "-D", ADMIN.dn, "-w", ADMIN.password];
      const { status, stderr } = spawnSync(program, args, { input, encoding: "utf8" });
      if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
    },
    close: async () => {
      if (child !== undefined) await end(child);
    },
    reopen: open,
  };
}

const ADMIN = { dn: `cn=admin,${DIRECTORY_BASE}`, password: "admin-of-a-test" };

function slapdConfig(folder: string, tls: MadeCertificate): string {
  const schemas = ["core", "cosine", "inetorgperson"];
  return `${[
    ...schemas.map((name) => `include ${SCHEMAS ?? ""}/${name}.schema`),
    ...(existsSync("/usr/lib/ldap/back_mdb.so")
      ? ["modulepath /usr/lib/ldap", "moduleload back_mdb"]
      : []),
    `pidfile ${folder}/slapd.pid`,
    `TLSCertificateFile ${tls.caFile}`,
    `TLSCertificateKeyFile ${tls.keyFile}`,
    "database mdb",
    `suffix "${DIRECTORY_BASE}"`,
    `rootdn "${ADMIN.dn}"`,
    `rootpw ${ADMIN.password}`,
    `directory ${folder}/data`,
    "maxsize 268435456",
    "index objectClass eq",
    `limits dn.exact="${READER.dn}" size=unlimited`,
    `access to attrs=userPassword by dn.exact="${READER.dn}" read by anonymous auth by * none`,
    "access to * by * read",
  ].join("\n")}\n`;
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function answers(port: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.destroy();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
