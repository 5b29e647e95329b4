// How fast entries of an OpenLDAP directory are read, mapped and validated on one core.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { cliArguments, runNode } from "./children.mjs";
import { userFile } from "./inputs.mjs";
import { costOf } from "./table.mjs";

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
  const pinned = spawnSync("taskset", ["-c", "0", "true"]).status === 0;
  const source = `${url}/ou=people,${BASE}`;
  const args = cliArguments(["check", source, "--run", join(folder, "check-ldap"), "--json"]);
  const end = await runNode(args, { cwd: folder, pinned });
  const summary = end.events.findLast(({ event }) => event === "summary");
  if (summary.records !== records || summary.rejected !== 0) {
    throw new Error(`check found ${summary.records} records, ${summary.rejected} of them bad`);
  }
  const { mapping } = end.events.find(({ event }) => event === "plan");
  const perSecond = (records * 1000) / end.wallMs;
  return {
    name: `check of ${records} in OpenLDAP`,
    figure: `${perSecond.toFixed(0)}/s, ${end.peakMb?.toFixed(0) ?? "?"} MB at most`,
    floor: `≥ ${LEAST_PER_SECOND}/s`,
    met: perSecond >= LEAST_PER_SECOND,
    detail:
      `pages of 500, ${mapping.length} attributes and a bcrypt hash; ` +
      `${(end.wallMs / 1000).toFixed(1)} s; ${pinned ? "on one core" : "core not pinned"}; ${costOf(end)}`,
    values: {
      perSecond,
      wallMs: end.wallMs,
      cpuMs: end.cpuMs,
      waitedMs: end.waitedMs,
      peakMb: end.peakMb,
      pinned,
    },
  };
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
