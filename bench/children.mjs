// Processes of the bench: started, watched and, at the latest when the bench ends, ended.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
/** How often memory and processor time of a process are looked at. */
const WATCH_EVERY_MS = 50;
/** What Linux counts processor time in. */
const TICK_MS = 10;
/** Variables that would change what is measured. */
const UNWANTED = /^(OKTA_|NODE_OPTIONS$|NODE_EXTRA_CA_CERTS$|NODE_V8_COVERAGE$|FORCE_COLOR$)/;

const running = new Set();

/** Arguments of Node for the built command line. */
export function cliArguments(args) {
  return [CLI, ...args];
}

/** The file of a client that stands beside this one. */
export function clientFile(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

/**
 * Starts a Node process.
 *
 * @param {readonly string[]} args of Node
 * @param {{ cwd: string, env?: object, pinned?: boolean }} how `pinned`: on the first core alone
 */
export function startNode(args, { cwd, env = {}, pinned = false }) {
  const inherited = Object.entries(process.env).filter(([name]) => !UNWANTED.test(name));
  const [program, ...rest] = pinned
    ? ["taskset", "-c", "0", process.execPath, ...args]
    : [process.execPath, ...args];
  const startedAt = performance.now();
  const child = spawn(program, rest, {
    cwd,
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let errors = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text) => {
    errors = (errors + text).slice(-4000);
  });
  const watch = watchProcess(child.pid);
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      running.delete(child);
      const wallMs = performance.now() - startedAt;
      resolve({ code, signal, wallMs, errors, ...watch.stop() });
    });
  });
  return { child, ended, lines: createInterface({ input: child.stdout }) };
}

/**
 * Runs a Node process to its end and takes each line of its output as JSON.
 *
 * @throws {Error} when it ends otherwise than with code 0
 */
export async function runNode(args, how) {
  const { ended, lines } = startNode(args, how);
  const events = [];
  for await (const line of lines) {
    if (line.startsWith("{")) events.push(JSON.parse(line));
  }
  const end = await ended;
  if (end.code !== 0) {
    const said = JSON.stringify(events.findLast(({ event }) => event === "error") ?? {});
    throw new Error(`${args[1] ?? args[0]} ended with ${end.code}: ${said} ${end.errors}`);
  }
  return { ...end, events };
}

/** Ends what is still running. */
export function endAll() {
  for (const child of running) child.kill("SIGKILL");
}

/**
 * Looks at a process now and then: its largest memory so far is kept by the system itself, so that
 * only what it took in its last moments can be missed. Undefined where there is no `/proc`.
 */
function watchProcess(pid) {
  let peakMb;
  let cpuMs;
  let waitedMs;
  const look = () => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status);
      if (peak !== null) peakMb = Number(peak[1]) / 1024;
      cpuMs = processorMs(pid);
      // The main thread alone: how long it could have run and was given no core.
      waitedMs = Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[1]) / 1e6;
    } catch {
      // The process is gone, or this system does not tell.
    }
  };
  const timer = setInterval(look, WATCH_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return { peakMb, cpuMs, waitedMs };
    },
  };
}

/** Processor time that a process has taken, all its threads together; undefined without `/proc`. */
export function processorMs(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return undefined;
  }
}
