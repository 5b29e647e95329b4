// One run against an org that misbehaves, killed several times, then brought to its end and audited.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { auditRun, LookUpRule } from "./audit.mjs";
import { inventSource } from "./source.mjs";
import { loginsInDoubt, readJournal, stepsOf } from "./step-at-kill.mjs";
import { startTap } from "./tap.mjs";
import { planKill, startCommand, watchFolder } from "./victim.mjs";

const LIVES_AT_MOST = 40;
const TRIES_TO_FINISH = 6;
/** Cut to whole seconds, and by a clock known to a second, moments must be this far apart to differ. */
const SECONDS_APART_MS = 2500;
const CLOCK = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(resolve, Math.max(0, ms));
      signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    }),
};

/**
 * @returns how many kills fell and in which steps, and everything that does not add up
 */
export async function rehearse({ choices, number, folder, cli, startEmulator, kills }) {
  mkdirSync(folder, { recursive: true });
  const shape = inventShape(choices, number, kills);
  const source = inventSource(choices, shape);
  writeFileSync(join(folder, "users.csv"), source.csv, { mode: 0o600 });
  if (shape.groups.length > 0) {
    writeFileSync(join(folder, "migration.yaml"), `groups: ${JSON.stringify(shape.groups)}\n`);
  }
  const org = await startEmulator({ clock: CLOCK, seed: shape.seed, ...shape.org });
  const existing = await placeExisting(org, choices, source);
  org.change({ faults: shape.faults, faultReads: shape.faultReads });

  const rule = new LookUpRule();
  let armed;
  const watch = (moment, exchange) => {
    rule.see(moment, exchange);
    return armed?.onWire(moment, exchange);
  };
  const tap = await startTap(org.url, watch, shape);
  // Who was there before must be told by time apart from who is made by a lost request.
  if (shape.wholeSeconds) await CLOCK.sleep(SECONDS_APART_MS);
  const env = {
    OKTA_ORG_URL: tap.url,
    OKTA_API_TOKEN: "emulator-token",
    OKTA_MIGRATE_REQUEST_TIMEOUT_MS: "500",
  };
  const input = shape.stream ? join(folder, "users.csv") : undefined;
  const origin = shape.stream ? ["-", "--format", "csv"] : ["users.csv"];
  const args = ["import", ...origin, "--run", "run", "--yes", "--json", ...shape.flags];
  const found = {
    kills: 0,
    steps: new Map(),
    moments: new Map(),
    complaints: [],
    retries: 0,
    lives: 0,
  };
  const run = join(folder, "run");
  let doubtful = new Set();
  let isCalm = false;

  for (let turn = 0; found.kills < kills && turn < LIVES_AT_MOST; turn += 1) {
    const isEnding = turn >= kills - 2;
    const plan = planKill(choices, { turn, isCalm, mayFinish: isEnding && choices.chance(0.6) });
    tap.life += 1;
    found.lives += 1;
    const reportedBefore = summaryTime(run);
    const { child, ended } = startCommand(cli, args, { cwd: folder, env, input });
    armed = new Trigger(plan, child);
    const unwatch = watchFolder(folder, "run", (event) => armed.see(event));
    child.stdout.on("data", () => armed.see("output"));
    armed.see("spawn");
    const end = await ended;
    unwatch();
    const life = tap.life;
    armed.letGo();
    await tap.isQuiet();
    armed = undefined;
    const journal = readJournal(run);
    const inOrg = new Set([...org.users()].map(({ login }) => login.toLowerCase()));
    const fell = stepsOf(journal, {
      before: doubtful,
      exchanges: tap.log.filter((exchange) => exchange.life === life),
      inOrg: (login) => inOrg.has(login.toLowerCase()),
      isReported: summaryTime(run) !== reportedBefore,
    });
    doubtful = fell.doubtful;
    rule.killed(doubtful);
    isCalm = end.code === 130 && doubtful.size === 0;
    if (end.signal !== "SIGKILL") {
      if (![0, 1, 130].includes(end.code)) {
        const said = `${end.stdout.slice(-600)}${end.stderr.slice(-600)}`;
        found.complaints.push(`a process ended with ${end.code ?? end.signal}: ${said}`);
      }
      if (end.summary?.pending === 0) break;
      continue;
    }
    found.kills += 1;
    found.moments.set(plan.on, (found.moments.get(plan.on) ?? 0) + 1);
    for (const [step, count] of fell.steps) {
      const known = found.steps.get(step) ?? { kills: 0, records: 0 };
      found.steps.set(step, { kills: known.kills + 1, records: known.records + count });
    }
  }

  let end;
  for (let turn = 0; turn < TRIES_TO_FINISH; turn += 1) {
    tap.life += 1;
    end = await startCommand(cli, turn === 0 ? args : ["retry", ...args.slice(1)], {
      cwd: folder,
      env,
      input,
    }).ended;
    rule.killed(loginsInDoubt(readJournal(run)));
    if (end.summary?.pending === 0 && end.summary.failed === 0) break;
    found.retries += 1;
    if (turn === TRIES_TO_FINISH - 2) org.change({ faults: {}, faultReads: false });
  }
  found.complaints.push(
    ...rule.complaints,
    ...auditRun({ end, run, org, source, existing, shape, log: tap.log }),
  );
  tap.close();
  await org.close();
  return { ...found, faults: org.ledger().faults.spent };
}

/** Waits for its moment, then kills. Holds what it was told to hold until the process is dead. */
class Trigger {
  constructor(plan, child) {
    this.plan = plan;
    this.child = child;
    this.left = plan.nth;
    this.fired = false;
    this.dead = new Promise((resolve) => (this.resolveDead = resolve));
  }

  see(event) {
    if (event !== this.plan.on || this.fired) return false;
    this.left -= 1;
    if (this.left > 0) return false;
    this.fired = true;
    const { signal, after } = this.plan;
    if (after === 0) this.child.kill(signal);
    else setTimeout(() => this.child.kill(signal), after);
    return true;
  }

  onWire(moment, exchange) {
    const name = exchange.kind === "other" ? "other" : `${exchange.kind}-${moment}`;
    if (exchange.kind === "other" && moment !== "received") return undefined;
    // The outcome of an answer is being committed when the journal next changes.
    if (name === "create-answered" && this.plan.on === "wire:create-committed") {
      this.plan = { ...this.plan, on: "folder:journal-wal", after: 0 };
      return undefined;
    }
    if (!this.see(`wire:${name}`) || moment === "answered") return undefined;
    // What is under way when its process dies may still get through, at once or later.
    return this.dead.then(async () => {
      if (this.plan.held === "drop" || moment === "acted") return "drop";
      await new Promise((resolve) => setTimeout(resolve, this.plan.held));
      return "go";
    });
  }

  letGo() {
    this.resolveDead();
  }
}

function inventShape(choices, number, kills) {
  const total = choices.one([0.1, 0.2, 0.3]);
  const kinds = [
    "error-before",
    "error-after",
    "reset-before",
    "reset-after",
    "late-commit",
    "cut-body",
    "bare-429",
    "html",
  ];
  const faults = Object.fromEntries(kinds.map((kind) => [kind, total / (kinds.length + 1)]));
  faults.hang = total / 40;
  const limit = number % 5 === 4 ? 60 : 0;
  return {
    tag: `r${number}`,
    seed: choices.whole(1, 1e9),
    users: 40 + 22 * kills,
    stream: number % 4 === 1,
    wholeSeconds: number % 3 === 1,
    bad: number % 2 === 0 ? 2500 : choices.whole(0, 8),
    flags: choices.one([[], ["--staged"], ["--hook"]]),
    groups: number % 2 === 0 ? [`Rehearsal ${number}`] : [],
    faults,
    faultReads: number % 2 === 1,
    org: {
      latencyMs: choices.one([0, 3, 15]),
      concurrency: choices.one([0, 0, 6]),
      lateCommitMs: choices.whole(20, 1200),
      ...(limit === 0 ? {} : { limit, windowMs: 1000 }),
    },
  };
}

/** Users who are there before the run, some of them just as the source has them. */
async function placeExisting(org, choices, { good }) {
  const existing = new Map();
  for (const [login, line] of good) {
    if (!choices.chance(0.05)) continue;
    const firstName = choices.chance(0.5) ? `Ann${numberIn(login)}` : "Somebody";
    const profile = { login, email: login, firstName, lastName: "Example" };
    const answer = await fetch(`${org.url}/api/v1/users?activate=false`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        authorization: "SSWS emulator-token",
      },
      body: JSON.stringify({ profile }),
    });
    if (answer.status !== 200)
      throw new Error(`the org refused to be prepared: ${answer.status} ${await answer.text()}`);
    existing.set(login, { line, id: (await answer.json()).id });
  }
  return existing;
}

function numberIn(login) {
  return /(\d+)\./.exec(login)[1];
}

function summaryTime(run) {
  const path = join(run, "summary.json");
  return existsSync(path) ? statSync(path).mtimeMs + readFileSync(path, "utf8") : "";
}
