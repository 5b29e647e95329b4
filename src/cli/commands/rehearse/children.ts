import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../main.js", import.meta.url));

/** An object that a command told with `--json`. */
export type ToldEvent = { readonly event: string } & Readonly<Record<string, unknown>>;

/** A command of ours that runs in a process of its own. */
export interface RunningChild {
  readonly pid: number | undefined;
  kill(): void;
  /** Resolves when the process is gone and all it said was heard. */
  readonly ended: Promise<{ readonly code: number | null; readonly killed: boolean }>;
}

/** How a command is started. */
export interface ChildStart {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Called for each object that it tells, in order. */
  readonly onEvent: (told: ToldEvent) => void;
}

/**
 * The processes of a rehearsal. None outlives it: they end with {@link endAll}, with a signal, with
 * this process, and the emulator even when this process is killed, since its input then ends.
 */
export class Children {
  readonly #running = new Set<ChildProcess>();
  readonly #signal: AbortSignal;
  readonly #showsLog: boolean;

  /**
   * @param signal kills all of them
   * @param showsLog whether what they say on standard error is shown
   */
  constructor(signal: AbortSignal, showsLog: boolean) {
    this.#signal = signal;
    this.#showsLog = showsLog;
    const killAll = (): void => this.#killAll();
    signal.addEventListener("abort", killAll);
    process.once("exit", killAll);
  }

  /** Starts a command of this program. @throws the signal's reason once it fired */
  start({ args, env, cwd, onEvent }: ChildStart): RunningChild {
    this.#signal.throwIfAborted();
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd,
      env,
      stdio: ["pipe", "pipe", this.#showsLog ? "inherit" : "ignore"],
    });
    this.#running.add(child);
    child.stdin.on("error", () => undefined);
    createInterface({ input: child.stdout }).on("line", (line) => {
      const told = readEvent(line);
      if (told !== undefined) onEvent(told);
    });
    const ended = new Promise<{ code: number | null; killed: boolean }>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        this.#running.delete(child);
        resolve({ code, killed: signal !== null });
      });
    });
    ended.catch(() => this.#running.delete(child));
    return { pid: child.pid, kill: () => void child.kill("SIGKILL"), ended };
  }

  /** Kills what still runs, and waits until it is gone. */
  async endAll(): Promise<void> {
    const gone = [...this.#running].map(
      (child) =>
        new Promise<void>((resolve) => {
          child.once("close", () => resolve());
        }),
    );
    this.#killAll();
    await Promise.all(gone);
  }

  #killAll(): void {
    for (const child of this.#running) child.kill("SIGKILL");
  }
}

function readEvent(line: string): ToldEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as ToldEvent;
  } catch {
    return undefined;
  }
}
