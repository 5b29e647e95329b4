// How fast passwords are checked: the pool of worker threads beside the bare native library, what
// that does to the event loop, and what each kind of hash takes of a core.
import { availableParallelism } from "node:os";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { verify as verifyBare } from "@node-rs/bcrypt";
import { Secret } from "../dist/core/index.js";
import { openVerifier } from "../dist/passwords/index.js";
import { systemClock } from "../dist/platform/index.js";
import { BCRYPT_10, KINDS } from "./verify-kinds.mjs";

const LEAST_SHARE = 0.95;
const MOST_DELAY_MS = 20;
const PASSWORD = "not the password";

/** Pool and bare library in turns, then every kind of hash on one core. */
export async function measureVerifySpeed({ quick }) {
  const bcrypt = await measureBcrypt(quick ? { pairs: 5, ms: 1000 } : { pairs: 20, ms: 1000 });
  const kinds = [];
  for (const kind of KINDS) kinds.push(await measureKind(kind, quick ? 500 : 2000));
  return [...bcrypt, ...kinds];
}

async function measureBcrypt({ pairs, ms }) {
  const threads = availableParallelism();
  const pool = openVerifier({ clock: systemClock, threads });
  const byPool = { check: () => ask(pool, BCRYPT_10.computation), inFlight: 2 * threads };
  const bare = { check: () => verifyBare(PASSWORD, BCRYPT_10.text), inFlight: threads };
  await saturate(byPool, ms / 2);
  await saturate(bare, ms / 2);
  const turns = [];
  for (let turn = 0; turn < pairs; turn += 1) {
    // Who goes first changes, since whatever else the machine does comes in waves.
    const first = turn % 2 === 0 ? await saturate(byPool, ms) : undefined;
    const bareFound = await saturate(bare, ms);
    turns.push({ byPool: first ?? (await saturate(byPool, ms)), bare: bareFound });
  }
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await saturate(byPool, pairs * ms);
  delay.disable();
  await pool.close();
  return [shareRow(turns, threads), delayRow(delay, threads)];
}

function shareRow(turns, threads) {
  const shares = turns
    .map(({ byPool, bare }) => byPool.perSecond / bare.perSecond)
    .toSorted((left, right) => left - right);
  const median = shares[shares.length >> 1];
  const mean = (side, figure) =>
    turns.reduce((sum, turn) => sum + turn[side][figure], 0) / turns.length;
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  return {
    name: "bcrypt 10, pool to bare library",
    figure: `${percent(median)}, ${mean("byPool", "perSecond").toFixed(1)}/s`,
    floor: `≥ ${percent(LEAST_SHARE)}`,
    met: median >= LEAST_SHARE,
    detail:
      `median of ${turns.length} turns, ${percent(shares[0])} to ${percent(shares.at(-1))}; ` +
      `${threads} threads against as many calls of @node-rs/bcrypt in flight; ` +
      `processor ${mean("byPool", "cpuMs").toFixed(1)} and ${mean("bare", "cpuMs").toFixed(1)} ms a check`,
    values: { median, turns },
  };
}

function delayRow(delay, threads) {
  const [p99, most] = [delay.percentile(99) / 1e6, delay.max / 1e6];
  return {
    name: "event loop's delay meanwhile",
    figure: `p99 ${p99.toFixed(1)} ms`,
    floor: `p99 < ${MOST_DELAY_MS} ms`,
    met: p99 < MOST_DELAY_MS,
    detail:
      `${threads} cores saturated by the pool; most ${most.toFixed(1)} ms; sampled each millisecond, ` +
      "which is in the figures",
    values: { p50: delay.percentile(50) / 1e6, p99, most, samples: delay.count },
  };
}

async function measureKind({ name, computation }, ms) {
  const pool = openVerifier({ clock: systemClock, threads: 1 });
  const check = () => ask(pool, computation);
  await saturate({ check, inFlight: 2 }, ms / 4);
  const { perSecond, cpuMs, checks } = await saturate({ check, inFlight: 8 }, ms);
  await pool.close();
  const perCore = 1000 / cpuMs;
  return {
    name,
    figure: `${perCore < 100 ? perCore.toFixed(1) : perCore.toFixed(0)} a second of one core`,
    detail: `${cpuMs < 1 ? cpuMs.toFixed(3) : cpuMs.toFixed(1)} ms of processor a check; by the clock ${perSecond.toFixed(1)}/s`,
    values: { perCore, perSecond, cpuMs, checks },
  };
}

async function ask(pool, computation) {
  const password = new TextEncoder().encode(PASSWORD);
  const verdict = await pool.verify({ computation: new Secret(computation), password });
  if (verdict !== "wrong") throw new Error(`a password that is wrong was ${verdict}`);
}

/** Keeps so many checks in flight for a time. What is in flight at its end counts, and its time too. */
async function saturate({ check, inFlight }, ms) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let checks = 0;
  const lane = async () => {
    while (performance.now() - start < ms) {
      await check();
      checks += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { checks, perSecond: (checks * 1000) / wallMs, cpuMs: (user + system) / 1000 / checks };
}
