// One replica of the built command line, as a process.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * Starts a replica and waits until it listens.
 *
 * @param port 0: any free one
 */
export async function startReplica({ old, cli, throttle, port }) {
  const flags = ["--store", old.store, "--throttle", throttle, "--port", String(port)];
  const args = ["hook", "serve", ...flags, "--plain-http", "--threads", "1", "--json"];
  const child = spawn(process.execPath, [cli, ...args], {
    env: old.env,
    cwd: old.folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const told = [];
  const waiting = new Set();
  createInterface({ input: child.stdout }).on("line", (line) => {
    told.push(JSON.parse(line));
    for (const look of waiting) look();
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const until = (fits) =>
    new Promise((resolve, reject) => {
      const settle = (act, value) => {
        waiting.delete(look);
        act(value);
      };
      const look = () => {
        if (fits()) settle(resolve);
      };
      waiting.add(look);
      void ended.then(() => settle(reject, new Error("a replica ended by itself")));
      look();
    });
  await until(() => told.some(({ event }) => event === "listening"));
  const { url } = told.find(({ event }) => event === "listening");
  const answers = () => told.filter(({ event }) => event === "answered");
  const isDecided = ({ outcome }) => ["verified", "wrong", "unknown"].includes(outcome);
  return {
    url,
    port: Number(new URL(url).port),
    /** Resolves with how often it held a pair, once it has told of so many calls. */
    held: async (calls) => {
      await until(() => answers().length >= calls);
      return answers().filter(({ outcome }) => outcome === "held").length;
    },
    /** Resolves when it has answered so many calls with a verdict. */
    answered: (count) => until(() => answers().filter(isDecided).length >= count),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
