// The hook service under load: sign-ins a second beside the bare library, how long they take at 90 % of
// that, and what becomes of three times as many as it can do.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { verify as verifyBare } from "@node-rs/bcrypt";
import { cliArguments, runNode, startNode } from "./children.mjs";
import { BCRYPT_10 } from "./verify-kinds.mjs";

const LOGINS = 1000;
const PASSWORD = "not the password";
const LEAST_SHARE = 0.95;
const MOST_P99_MS = 1500;
const MOST_REFUSAL_MS = 50;
const ANSWER_WITHIN_MS = 2500;
/** For the way there and back on a busy machine. */
const WAY_MS = 250;

/** A store of bcrypt hashes, served as an operator serves it, and asked as Okta asks. */
export async function measureHookSpeed({ folder, quick }) {
  const service = await startService(folder);
  const ms = quick ? 1000 : 2000;
  const turns = await takeTurns(service, quick ? 3 : 10, ms);
  const perSecond = median(turns.map(({ served }) => served));
  const at90 = await openLoop(service, 0.9 * perSecond, quick ? 5000 : 20_000);
  const at300 = await openLoop(service, 3 * perSecond, quick ? 5000 : 20_000);
  await service.close();
  return [shareRow(turns), calmRow(at90), ...stormRows(at300)];
}

async function startService(folder) {
  const secret = randomBytes(24).toString("base64");
  writeFileSync(join(folder, "seal.key"), randomBytes(32).toString("base64"), { mode: 0o600 });
  writeFileSync(join(folder, "hook.secret"), secret, { mode: 0o600 });
  const rows = Array.from({ length: LOGINS }, (_, at) => `u${at}@example.com,${BCRYPT_10.text}`);
  const source = join(folder, "hook-users.csv");
  writeFileSync(source, ["login,password_hash", ...rows, ""].join("\n"), { mode: 0o600 });
  const env = {
    OKTA_MIGRATE_SEAL_KEY_FILE: "seal.key",
    OKTA_MIGRATE_HOOK_SECRET_FILE: "hook.secret",
  };
  const how = { cwd: folder, env };
  const store = ["--store", "hook.sealed", "--json"];
  await runNode(cliArguments(["hook", "seal", source, ...store]), how);
  const running = startNode(cliArguments(["hook", "serve", "--plain-http", ...store]), how);
  const url = await new Promise((resolve) => {
    running.lines.on("line", (line) => {
      const { event, url: found } = JSON.parse(line);
      if (event === "listening") resolve(found);
    });
  });
  const agent = new Agent({ keepAlive: true });
  let asked = 0;
  const ask = () => {
    asked += 1;
    return post(`${url}/`, { agent, secret, body: bodyOf(asked) });
  };
  while ((await get(`${url}/readyz`, agent)) !== 200) await pause(50);
  return {
    ask,
    close: async () => {
      agent.destroy();
      running.child.kill("SIGTERM");
      await running.ended;
    },
  };
}

/** Another person at another place each time, so that nobody is held. */
function bodyOf(at) {
  const username = `u${at % LOGINS}@example.com`;
  const ipAddress = `198.51.${(at >> 8) & 255}.${at & 255}`;
  const context = {
    request: { id: `r${at}`, ipAddress },
    credential: { username, password: PASSWORD },
  };
  const eventType = "com.okta.user.credential.password.import";
  return JSON.stringify({ eventType, data: { context } });
}

function post(url, { agent, secret, body }) {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { authorization: secret, "content-type": "application/json" };
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume().on("end", () => {
        resolve({ status: response.statusCode, ms: performance.now() - startedAt });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function get(url, agent) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function takeTurns(service, pairs, ms) {
  const threads = availableParallelism();
  const byService = { check: service.ask, inFlight: 4 * threads };
  const bare = { check: () => verifyBare(PASSWORD, BCRYPT_10.text), inFlight: threads };
  await saturate(byService, ms);
  const turns = [];
  for (let turn = 0; turn < pairs; turn += 1) {
    // Who goes first changes, since whatever else the machine does comes in waves.
    const first = turn % 2 === 0 ? await saturate(byService, ms) : undefined;
    const bareRate = await saturate(bare, ms);
    turns.push({ served: first ?? (await saturate(byService, ms)), bare: bareRate });
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

/** Calls that come when they come, as people do, whatever became of those before. */
async function openLoop({ ask }, perSecond, ms) {
  const start = performance.now();
  const answers = [];
  let dueAt = 0;
  while (dueAt < ms) {
    const waitMs = start + dueAt - performance.now();
    if (waitMs > 1) await pause(waitMs);
    answers.push(ask());
    // As in a queue at a counter: independent of one another.
    dueAt += (-Math.log(1 - Math.random()) * 1000) / perSecond;
  }
  return { perSecond, answers: await Promise.all(answers) };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function shareRow(turns) {
  const shares = turns.map(({ served, bare }) => served / bare);
  const share = median(shares);
  const percent = (part) => `${(part * 100).toFixed(1)} %`;
  return {
    name: "hook: bcrypt 10, service to bare library",
    figure: `${percent(share)}, ${median(turns.map(({ served }) => served)).toFixed(1)}/s`,
    floor: `≥ ${percent(LEAST_SHARE)}`,
    met: share >= LEAST_SHARE,
    detail: `median of ${turns.length} turns, ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}; the caller runs on the same cores`,
    values: { share, turns },
  };
}

function calmRow({ perSecond, answers }) {
  const times = answers.map(({ ms }) => ms);
  const p99 = percentile(times, 0.99);
  const refused = answers.filter(({ status }) => status !== 200).length;
  return {
    name: "hook: at 90 % load",
    figure: `p99 ${p99.toFixed(0)} ms`,
    floor: `p99 < ${MOST_P99_MS} ms`,
    met: p99 < MOST_P99_MS,
    detail: `${answers.length} calls, ${perSecond.toFixed(1)} a second; median ${percentile(times, 0.5).toFixed(0)} ms, refused ${refused}`,
    values: { perSecond, p99, refused, calls: answers.length },
  };
}

function stormRows({ perSecond, answers }) {
  const accepted = answers.filter(({ status }) => status === 200).map(({ ms }) => ms);
  const refused = answers.filter(({ status }) => status === 503).map(({ ms }) => ms);
  const p99 = percentile(refused, 0.99);
  const slowest = Math.max(...accepted);
  return [
    {
      name: "hook: at 300 % load, refusals",
      figure: `p99 ${p99.toFixed(1)} ms`,
      floor: `p99 < ${MOST_REFUSAL_MS} ms`,
      met: p99 < MOST_REFUSAL_MS,
      detail: `${refused.length} of ${answers.length} calls, ${perSecond.toFixed(1)} a second; median ${percentile(refused, 0.5).toFixed(1)} ms`,
      values: { perSecond, p99, refused: refused.length },
    },
    {
      name: "hook: at 300 % load, the others",
      figure: `slowest ${slowest.toFixed(0)} ms`,
      floor: `≤ ${ANSWER_WITHIN_MS + WAY_MS} ms`,
      met: slowest <= ANSWER_WITHIN_MS + WAY_MS,
      detail: `${accepted.length} answered; p99 ${percentile(accepted, 0.99).toFixed(0)} ms`,
      values: { slowest, accepted: accepted.length },
    },
  ];
}

const median = (numbers) => percentile(numbers, 0.5);

function percentile(numbers, part) {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
