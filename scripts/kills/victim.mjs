// One process of the command line, and the moment at which it is killed.
import { spawn } from "node:child_process";
import { closeSync, openSync, watch } from "node:fs";

/** No process of these small runs has that much to do: it hangs. */
const LONGEST_LIFE_MS = 120_000;

/**
 * Starts the command line.
 *
 * @param input file that standard input reads; none where it is left out
 * @returns the child, and what it said once it ended
 */
export function startCommand(cli, args, { cwd, env, input }) {
  const stdin = input === undefined ? "ignore" : openSync(input, "r");
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: [stdin, "pipe", "pipe"],
  });
  if (stdin !== "ignore") closeSync(stdin);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text) => (stdout += text));
  child.stderr.on("data", (text) => (stderr += text));
  const watchdog = setTimeout(() => child.kill("SIGABRT"), LONGEST_LIFE_MS);
  const ended = new Promise((resolve) => {
    child.on("close", (code, signal) => {
      clearTimeout(watchdog);
      resolve({ code, signal, stdout, stderr, summary: summaryIn(stdout) });
    });
  });
  return { child, ended };
}

function summaryIn(stdout) {
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  for (const line of lines.toReversed()) {
    try {
      const event = JSON.parse(line);
      if (event.event === "summary") return event;
    } catch {
      // A line that the kill cut short.
    }
  }
  return undefined;
}

/**
 * When to kill. Each plan counts the events that it waits for: what comes over the wire, what changes
 * in the run's folder, what is written to standard output.
 *
 * @typedef {{ on: string, nth: number, after?: number, held?: "drop" | number }} KillPlan
 */
export const MOMENTS = [
  "spawn",
  "folder:journal",
  "folder:journal-wal",
  "wire:other",
  "wire:create-received",
  "wire:create-acted",
  "wire:create-answered",
  "wire:create-committed",
  "wire:look-up-received",
  "wire:look-up-acted",
  "folder:created.csv.part",
  "folder:failures.csv.part",
  "folder:summary.json.part",
  "output",
];

const EARLY = ["spawn", "folder:journal", "folder:journal-wal", "wire:other", "wire:other"];
const MIDWAY = MOMENTS.filter((moment) => moment.startsWith("wire:") && moment !== "wire:other");
const LATE = MOMENTS.filter((moment) => moment.endsWith(".part"));
/** How many such events a kill may wait for. */
const REACH = { "folder:journal-wal": 4, "wire:other": 4 };

/**
 * @param turn how many processes came before; `isCalm`: the last of them was asked to end, and left
 *   nothing in doubt; `mayFinish`: the run may come to its end
 * @returns the plan of the next kill, spread over all moments
 */
export function planKill(choices, { turn, isCalm, mayFinish }) {
  const isFresh = turn === 0 || (turn === 1 && choices.chance(0.5));
  const isEarly = isCalm || (isFresh && choices.chance(0.75));
  const list = isEarly ? EARLY : mayFinish ? LATE : [...MIDWAY, ...MIDWAY, "output", "spawn"];
  const on = choices.one(list);
  const reach =
    REACH[on] ?? (on.startsWith("wire:create") ? 25 : on.startsWith("wire:look-up") ? 4 : 1);
  return {
    on,
    // Now and then a process is only asked to end, so that the next one begins without a doubt.
    signal: on === "wire:create-answered" && choices.chance(0.6) ? "SIGINT" : "SIGKILL",
    nth: choices.whole(1, reach),
    after: choices.chance(0.5) ? 0 : choices.whole(0, on === "spawn" ? 500 : 12),
    held: choices.chance(0.5) ? "drop" : choices.one([0, 50, 300, 900]),
  };
}

/** Watches a folder for the events of a plan; the folder need not be there yet. */
export function watchFolder(parent, name, onEvent) {
  const watchers = [];
  const seen = new Set();
  const inside = () => {
    if (seen.has("inside")) return;
    seen.add("inside");
    try {
      watchers.push(watch(`${parent}/${name}`, (_, file) => onEvent(`folder:${file}`)));
      onEvent("folder:journal");
    } catch {
      seen.delete("inside");
    }
  };
  watchers.push(
    watch(parent, (_, file) => {
      if (file === name) inside();
    }),
  );
  inside();
  return () => watchers.forEach((watcher) => watcher.close());
}
