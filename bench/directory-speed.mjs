// How fast entries of an OpenLDAP directory are read, mapped and validated on one core.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { userFile } from "./inputs.mjs";
import { measurePinnedCheck } from "./pinned-check.mjs";

const LEAST_PER_SECOND = 10_000;
const SLAPD = "/usr/sbin/slapd";
const SCHEMAS = "/etc/ldap/schema";
const BASE = "dc=example,dc=com";

/** One `check`, start of the process included. */
export async function measureDirectorySpeed({ folder, quick }) {
  if (!existsSync(SLAPD)) {
    const detail = "slapd is not installed (Debian: apt-get install slapd ldap-utils)";
    return [{ name: "check of a directory", figure: "not measured", detail }];
  }
  const records = quick ? 20_000 : 100_000;
  const config = await fillDirectory(
    join(folder, "directory"),
    await userFile(folder, records, "ldif"),
  );
  const port = await freePort();
  const url = `ldap://127.0.0.1:${port}`;
  const server = spawn(SLAPD, ["-d", "0", "-f", config, "-h", url], { stdio: "ignore" });
  try {
    await untilItAnswers(port);
    return [await measure({ folder, records, url })];
  } finally {
    server.kill("SIGKILL");
  }
}

async function measure({ folder, records, url }) {
  const args = [`${url}/ou=people,${BASE}`, "--run", join(folder, "check-ldap")];
  return await measurePinnedCheck(args, {
    folder,
    name: `check of ${records} in OpenLDAP`,
    records,
    least: LEAST_PER_SECOND,
    what: (attributes) => `pages of 500, ${attributes} attributes and a bcrypt hash`,
  });
}

/** A directory on disk with the users of an LDIF file, which anybody may read. */
async function fillDirectory(folder, users) {
  mkdirSync(join(folder, "data"), { recursive: true });
  const config = join(folder, "slapd.conf");
  writeFileSync(
    config,
    [
      ...["core", "cosine", "inetorgperson"].map((name) => `include ${SCHEMAS}/${name}.schema`),
      ...(existsSync("/usr/lib/ldap/back_mdb.so")
        ? ["modulepath /usr/lib/ldap", "moduleload back_mdb"]
        : []),
      `pidfile ${folder}/slapd.pid`,
      "sizelimit unlimited",
      "database mdb",
      `suffix "${BASE}"`,
      `directory ${folder}/data`,
      "maxsize 4294967296",
      "index objectClass eq",
      "access to * by * read\n",
    ].join("\n"),
  );
  const content = join(folder, "content.ldif");
  const frame =
    `dn: ${BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Example\n\n` +
    `dn: ou=people,${BASE}\nobjectClass: organizationalUnit\nou: people\n\n`;
  const out = createWriteStream(content);
  out.write(frame);
  // Behind `version: 1`, which opens a file.
  await pipeline(createReadStream(users, { start: "version: 1\n".length }), out);
  const { status, stderr } = spawnSync(SLAPD, ["-T", "add", "-q", "-f", config, "-l", content], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`slapadd failed: ${stderr}`);
  return config;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function untilItAnswers(port) {
  for (let tries = 0; tries < 300; tries += 1) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch {
      await wait(50);
    } finally {
      socket.destroy();
    }
  }
  throw new Error("slapd does not answer");
}
