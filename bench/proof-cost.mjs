// What proofs of possession (DPoP) cost an import: a service app whose every request carries a fresh
// proof, in turn with the static token on the same org, where time, rate limits or nothing is the bound.
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { importUsers } from "./import-run.mjs";
import { userFile } from "./inputs.mjs";
import { startOrg } from "./org.mjs";
import { costOf } from "./table.mjs";
import { fillWindows } from "./window-fill.mjs";

const CLIENT_ID = "0oabench000000000001";
const LATENCY_MS = 100;
const CONCURRENCY = 75;
const LEAST_OF_STATIC = 0.97;
const WINDOW_MS = 5000;
const SHARE = 0.9;

export async function measureProofCost({ folder, quick }) {
  const app = makeApp(folder);
  return [
    await atConcurrency({ folder, app, users: quick ? 15_000 : 45_000, rounds: quick ? 1 : 2 }),
    await unbound({ folder, app, users: quick ? 20_000 : 100_000, rounds: quick ? 1 : 3 }),
    await windowFill({ folder, app, windows: quick ? 3 : 7 }),
  ];
}

/** A service app with an ES256 key, as flags of the emulator and as variables of the import. */
function makeApp(folder) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const files = { own: join(folder, "app-key.pem"), shown: join(folder, "app-public.pem") };
  writeFileSync(files.own, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(files.shown, publicKey.export({ type: "spki", format: "pem" }));
  return {
    flags: ["--service-app", CLIENT_ID, "--service-app-key", files.shown, "--dpop"],
    envOf: (url) => ({
      OKTA_ORG_URL: url,
      OKTA_CLIENT_ID: CLIENT_ID,
      OKTA_PRIVATE_KEY_FILE: files.own,
    }),
  };
}

/** Both ways in turn on one org, each time on an empty one. */
async function inTurn({ folder, app, users, rounds, orgFlags, flags }) {
  const file = await userFile(folder, users);
  const org = await startOrg(folder, [...orgFlags.map(String), ...app.flags]);
  const proven = { ...org, env: app.envOf(org.url) };
  const found = { static: [], proven: [] };
  for (let round = 0; round < rounds; round += 1) {
    found.static.push(await timed({ folder, file, org, flags, users }));
    found.proven.push(await timed({ folder, file, org: proven, flags, users }));
  }
  await org.close();
  return found;
}

async function timed({ folder, file, org, flags, users }) {
  const { cpuMs, waitedMs, orgCpuMs } = await importUsers({ folder, file, org, flags });
  const span = await org.createdSpan();
  await org.reset();
  if (span.users !== users) throw new Error(`the org holds ${span.users} of ${users}`);
  return { users, spanMs: span.spanMs, cpuMs, waitedMs, orgCpuMs };
}

async function atConcurrency({ folder, app, users, rounds }) {
  const orgFlags = ["--latency-ms", LATENCY_MS, "--concurrency", CONCURRENCY];
  const flags = ["--max-concurrency", String(CONCURRENCY)];
  const found = await inTurn({ folder, app, users, rounds, orgFlags, flags });
  const ratio = bestRate(found.proven) / bestRate(found.static);
  return {
    name: `DPoP, ${CONCURRENCY} at once, ${LATENCY_MS} ms: to the static token`,
    figure: `${bestRate(found.proven).toFixed(1)}/s, ${(ratio * 100).toFixed(1)} % of ${bestRate(found.static).toFixed(1)}/s`,
    floor: `≥ ${LEAST_OF_STATIC * 100} %`,
    met: ratio >= LEAST_OF_STATIC,
    detail: `${users} users, the best of ${rounds}; ${costOf(found.proven[0])}`,
    values: { ratio, ...found },
  };
}

async function unbound({ folder, app, users, rounds }) {
  const found = await inTurn({ folder, app, users, rounds, orgFlags: [], flags: [] });
  const extraUs = (least(found.proven, "cpuMs") - least(found.static, "cpuMs")) * (1000 / users);
  const orgUs =
    (least(found.proven, "orgCpuMs") - least(found.static, "orgCpuMs")) * (1000 / users);
  return {
    name: "DPoP, no limit, no latency: to the static token",
    figure: `${bestRate(found.proven).toFixed(0)}/s and ${bestRate(found.static).toFixed(0)}/s`,
    detail: `${users} users, the best of ${rounds}; a request costs ${extraUs.toFixed(0)} µs of processor more, and the emulator, which checks the proof, ${orgUs.toFixed(0)} µs`,
    values: { extraUs, orgUs, ...found },
  };
}

async function windowFill({ folder, app, windows }) {
  const found = await fillWindows(folder, { share: SHARE, windowMs: WINDOW_MS, windows }, app);
  return { ...found, name: `DPoP, ${found.name}` };
}

/** What else the machine does can only slow one down. */
function bestRate(runs) {
  return Math.max(...runs.map(({ users, spanMs }) => (users * 1000) / (spanMs + LATENCY_MS)));
}

function least(runs, name) {
  return Math.min(...runs.map((run) => run[name]));
}
