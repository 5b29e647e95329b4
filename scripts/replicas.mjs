// Two replicas of `hook serve` that share a PostgreSQL and a Redis, one of them killed with SIGKILL and
// started again in turn, while people sign in with right and wrong passwords, the store is sealed anew,
// sealings are killed and connections lost.
// No answer may ever be wrong, and ten wrong passwords hold a pair at both, whichever counted them.
//
//   node scripts/replicas.mjs [--seconds 60] [--callers 4] [--seed N] [--json]
//     [--postgresql postgres://postgres@127.0.0.1/test] [--redis redis://127.0.0.1:6379]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { seededChoices } from "./kills/seeded.mjs";
import { callUntil } from "./replicas/callers.mjs";
import { prepareOldSystem } from "./replicas/old-system.mjs";
import { startReplica } from "./replicas/replica.mjs";
import { takeCorner } from "./replicas/servers.mjs";
import { holdOverAKill } from "./replicas/throttle.mjs";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    callers: { type: "string", default: "4" },
    seed: { type: "string", default: "1" },
    postgresql: { type: "string", default: "postgres://postgres@127.0.0.1/test" },
    redis: { type: "string", default: "redis://127.0.0.1:6379" },
    cli: {
      type: "string",
      default: fileURLToPath(new URL("../dist/cli/main.js", import.meta.url)),
    },
    json: { type: "boolean", default: false },
  },
});

/** Calls that a replica must answer with a verdict before the other one is killed. */
const ALIVE_AFTER = 20;

const folder = mkdtempSync(join(tmpdir(), "okta-migrate-replicas-"));
const corner = await takeCorner(values);
const choices = seededChoices(Number(values.seed));
const total = {
  kills: 0,
  sealings: 0,
  sealingsKilled: 0,
  lookupsLost: 0,
  held: [],
  calls: {},
  complaints: [],
};
let replicas = [];
try {
  const old = await prepareOldSystem({ folder, cli: values.cli, store: corner.store });
  const start = (port) => startReplica({ old, cli: values.cli, throttle: corner.throttle, port });
  replicas = await Promise.all([start(0), start(0)]);

  total.held = await holdOverAKill({ replicas, old, start });
  if (total.held.some((count) => count !== 1)) {
    total.complaints.push(`held at the replicas: ${total.held.join(" and ")} times, not once each`);
  }

  const over = new AbortController();
  const enoughAtMs = performance.now() + Number(values.seconds) * 1000;
  const calling = callUntil(over.signal, {
    choices,
    callers: Number(values.callers),
    old,
    replicas,
    note: (kind, answer, complaint) => {
      const key = `${kind}: ${answer}`;
      total.calls[key] = (total.calls[key] ?? 0) + 1;
      if (complaint !== undefined) total.complaints.push(complaint);
    },
  });
  const sealing = (async () => {
    while (!over.signal.aborted) {
      const startedAtMs = performance.now();
      await old.seal();
      total.sealings += 1;
      // Somewhere in the second half of its life, where it works on the store.
      const tookMs = Math.round(performance.now() - startedAtMs);
      const wasKilled = await old.sealAndKill(choices.whole(tookMs >> 1, tookMs));
      if (wasKilled) total.sealingsKilled += 1;
      total.lookupsLost += await corner.loseConnections();
    }
  })();
  for (let at = 0; total.kills < replicas.length || performance.now() < enoughAtMs; at = 1 - at) {
    await replicas[at].kill();
    total.kills += 1;
    replicas[at] = await start(replicas[at].port);
    await replicas[at].answered(ALIVE_AFTER);
  }
  over.abort();
  await Promise.all([calling, sealing]);
} finally {
  await Promise.all(replicas.map((replica) => replica.kill()));
  await corner.leave();
  rmSync(folder, { recursive: true, force: true });
}

if (values.json) {
  console.log(JSON.stringify(total));
} else {
  console.log(
    `${total.kills} replicas killed, ${total.sealings} sealings and ${total.sealingsKilled} killed, ${total.lookupsLost} look-ups lost; held at ${total.held.join("+")}`,
  );
  console.table(total.calls);
  for (const complaint of total.complaints) console.log(complaint);
}
if (total.complaints.length > 0) process.exitCode = 1;
