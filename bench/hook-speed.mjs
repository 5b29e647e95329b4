// The hook service under load: sign-ins a second beside the bare library, how long they take at 90 % of
// that, and what becomes of three times as many as it can do.
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { verify as verifyBare } from "@node-rs/bcrypt";
import { PASSWORD } from "./hook-call.mjs";
import { startHookService } from "./hook-service.mjs";
import { BCRYPT_10 } from "./verify-kinds.mjs";

const LEAST_SHARE = 0.95;
const MOST_P99_MS = 1500;
const MOST_REFUSAL_MS = 50;
const ANSWER_WITHIN_MS = 2500;
/** For the way there and back on a busy machine. */
const WAY_MS = 250;

/** A store of bcrypt hashes, served as an operator serves it, and asked as Okta asks. */
export async function measureHookSpeed({ folder, quick }) {
  const service = await startHookService(folder);
  const ms = quick ? 1000 : 2000;
  const turns = await takeTurns(service, quick ? 3 : 10, ms);
  const openMs = quick ? 5000 : 20_000;
  // What the machine gives changes with what else it does: the load is set by what it gave just before.
  const at90 = await service.callAt(0.9 * (await saturate(byService(service), 2 * ms)), openMs);
  const at300 = await service.callAt(3 * (await saturate(byService(service), 2 * ms)), openMs);
  const delayMs = 1000 * (await service.metric("nodejs_eventloop_lag_p99_seconds"));
  await service.close();
  return [shareRow(turns), calmRow(at90), ...stormRows(at300, delayMs)];
}

const threads = availableParallelism();
const byService = ({ ask }) => ({ check: ask, inFlight: 3 * threads });

async function takeTurns(service, pairs, ms) {
  const bare = { check: () => verifyBare(PASSWORD, BCRYPT_10.text), inFlight: threads };
  await saturate(byService(service), ms);
  const turns = [];
  for (let turn = 0; turn < pairs; turn += 1) {
    // Who goes first changes, since whatever else the machine does comes in waves.
    const first = turn % 2 === 0 ? await saturate(byService(service), ms) : undefined;
    const bareRate = await saturate(bare, ms);
    turns.push({ served: first ?? (await saturate(byService(service), ms)), bare: bareRate });
  }
  return turns;
}

async function saturate({ check, inFlight }, ms) {
  const start = performance.now();
  let checks = 0;
  const lane = async () => {
    while (performance.now() - start < ms) {
      const answer = await check();
      if (answer !== false && answer.status !== 200) {
        throw new Error(`a sign-in within capacity was answered ${answer.status}`);
      }
      checks += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (checks * 1000) / (performance.now() - start);
}

function shareRow(turns) {
  const shares = turns.map(({ served, bare }) => served / bare);
  const share = median(shares);
  const rate = median(turns.map(({ served }) => served));
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  return {
    name: "hook: bcrypt 10, service to bare library",
    figure: `${percent(share)}, ${rate.toFixed(1)}/s`,
    floor: `≥ ${percent(LEAST_SHARE)}`,
    met: share >= LEAST_SHARE,
    detail: `median of ${turns.length} turns, ${percent(least)} to ${percent(most)}; the caller runs on the same cores`,
    values: { share, turns },
  };
}

function calmRow({ perSecond, calls, told, tookMs }) {
  const p99 = percentile(
    calls.map((call) => call.ms),
    0.99,
  );
  const refused = calls.filter(({ status }) => status !== 200).length;
  const busy = busyShare(told, tookMs);
  return {
    name: "hook: at 90 % load",
    figure: `p99 ${p99.toFixed(0)} ms`,
    floor: `p99 < ${MOST_P99_MS} ms`,
    met: p99 < MOST_P99_MS,
    detail: [
      `${calls.length} calls, ${perSecond.toFixed(1)} a second over kept connections`,
      `median ${median(calls.map((call) => call.ms)).toFixed(0)} ms, refused ${refused}`,
      `threads busy ${percent(busy)}`,
      lateness(calls),
    ].join("; "),
    values: { perSecond, p99, refused, busy, calls: calls.length },
  };
}

/** Calls in the order in which they came are told in another one: each side is looked at by itself. */
function stormRows({ perSecond, calls, connections, told }, delayMs) {
  const accepted = calls.filter(({ status }) => status === 200).map(({ ms }) => ms);
  const refused = calls.filter(({ status }) => status !== 200).map(({ ms }) => ms);
  const here = told.filter(({ status }) => status !== 200).map(({ durationMs }) => durationMs);
  const tooLate = told.filter(
    ({ status, durationMs }) => status !== 200 && durationMs > 500,
  ).length;
  const p99 = percentile(refused, 0.99);
  const slowest = Math.max(...accepted);
  return [
    {
      name: "hook: at 300 % load, refusals",
      figure: `p99 ${p99.toFixed(1)} ms`,
      floor: `p99 < ${MOST_REFUSAL_MS} ms`,
      met: p99 < MOST_REFUSAL_MS,
      detail: [
        `${refused.length} of ${calls.length} calls, ${perSecond.toFixed(1)} a second over ${connections} connections`,
        `median ${median(refused).toFixed(1)} ms`,
        `from arrival in the service p99 ${percentile(here, 0.99)} ms`,
        `taken in and then refused ${tooLate}`,
        `the service's event loop p99 ${delayMs.toFixed(1)} ms`,
        lateness(calls),
      ].join("; "),
      values: { perSecond, p99, refused: refused.length, here: percentile(here, 0.99), tooLate },
    },
    {
      name: "hook: at 300 % load, the others",
      figure: `slowest ${slowest.toFixed(0)} ms`,
      floor: `≤ ${ANSWER_WITHIN_MS + WAY_MS} ms`,
      met: slowest <= ANSWER_WITHIN_MS + WAY_MS,
      detail: `${accepted.length} answered; median ${median(accepted).toFixed(0)} ms, p99 ${percentile(accepted, 0.99).toFixed(0)} ms`,
      values: { slowest, accepted: accepted.length },
    },
  ];
}

/** Part of the threads' time in which they worked: what the load really was. */
function busyShare(told, tookMs) {
  const worked = told.map(({ durationMs, waitedMs }) =>
    waitedMs === undefined ? 0 : durationMs - waitedMs,
  );
  return worked.reduce((sum, each) => sum + each, 0) / (threads * tookMs);
}

/** How far the calling process itself fell behind, which is in the times of its calls. */
function lateness(calls) {
  const late = calls.map(({ lateMs }) => lateMs);
  return `the caller late by p99 ${percentile(late, 0.99).toFixed(1)} ms`;
}

const percent = (part) => `${(part * 100).toFixed(1)} %`;
const median = (numbers) => percentile(numbers, 0.5);

function percentile(numbers, part) {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
