import { spawn, spawnSync } from "node:child_process";
import { bareEnvironment, CLI_PATH, type CliOptions } from "./run-cli.ts";

/** How a command is started on a terminal. */
export interface TerminalOptions extends Pick<CliOptions, "env" | "cwd"> {
  readonly columns: number;
}

/** A command on a terminal of its own. */
export interface OnTerminal {
  /** Resolves with everything shown once it matches; rejects when the command ends without. */
  shows(pattern: RegExp): Promise<string>;
  /** Presses keys. */
  type(keys: string): void;
  readonly ended: Promise<{ readonly code: number | null; readonly shown: string }>;
}

/** Whether this machine has what it takes: util-linux's `script`. */
export function hasTerminal(): boolean {
  return spawnSync("script", ["-qec", "true", "/dev/null"], { stdio: "ignore" }).status === 0;
}

/** Starts a command whose standard input, output and error are one terminal. */
export function startOnTerminal(args: readonly string[], options: TerminalOptions): OnTerminal {
  const words = [process.execPath, CLI_PATH, ...args].map((word) => `'${word}'`).join(" ");
  const command = `stty cols ${options.columns} rows 30 && exec ${words}`;
  const child = spawn("script", ["-qefc", command, "/dev/null"], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...bareEnvironment({ TERM: "xterm-256color", ...options.env }), SHELL: "/bin/sh" },
    stdio: ["pipe", "pipe", "ignore"],
  });
  let shown = "";
  let isOver = false;
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((look) => look());
  child.stdin.on("error", () => undefined);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    wake();
  });
  const ended = new Promise<{ code: number | null; shown: string }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      isOver = true;
      wake();
      resolve({ code, shown });
    });
  });
  return {
    type: (keys) => child.stdin.write(keys),
    ended,
    shows: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const isShown = pattern.test(shown);
          if (!isShown && !isOver) return;
          waiting.delete(look);
          if (isShown) resolve(shown);
          else reject(new Error(`The command ended without showing ${String(pattern)}:\n${shown}`));
        };
        waiting.add(look);
        look();
      }),
  };
}
