import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Summary } from "../../src/core/index.ts";

/** The built command line. */
export const CLI_PATH = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** One line that `--json` wrote. */
export type JsonLine = { readonly event: string } & Readonly<Record<string, unknown>>;

/** How a command is started. */
export interface CliOptions {
  /** Added to a bare environment: no variable of ours is inherited. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** What standard input gives before it ends; without it, standard input is closed at once. */
  readonly input?: string | Uint8Array;
  /** Leaves standard input open, to be written to by the test. */
  readonly openInput?: boolean;
}

/** How a command ended. */
export interface CliEnd {
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines of standard output that are JSON objects, in order. */
  readonly lines: readonly JsonLine[];
  /** Lines of standard output that are none. */
  readonly otherLines: readonly string[];
  /** The last summary. */
  readonly summary: Summary | undefined;
  /** The error, where one was told with `--json`. */
  readonly error:
    | { readonly code: string; readonly message: string; readonly hint: string }
    | undefined;
}

/** A command that runs. */
export interface RunningCli {
  readonly child: ChildProcess;
  readonly ended: Promise<CliEnd>;
  /** Resolves with the first line, past or to come, that fits; rejects when the command ends without. */
  line(fits: (line: JsonLine) => boolean): Promise<JsonLine>;
  /** Resolves once standard error matches; rejects when the command ends without. */
  stderr(pattern: RegExp): Promise<string>;
}

/** Runs a command to its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliEnd> {
  return startCli(args, options).ended;
}

/** Starts a command; the caller waits for `ended`. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const child = spawn(process.execPath, [CLI_PATH, ...args], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: bareEnvironment(options.env),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((look) => look());
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    wake();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    wake();
  });
  // A command that ends before it has read everything is no fault of the test.
  child.stdin.on("error", () => undefined);
  if (options.input !== undefined) child.stdin.end(options.input);
  else if (options.openInput !== true) child.stdin.end();

  let isOver = false;
  const ended = new Promise<CliEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      isOver = true;
      resolve(readEnd({ code, signal, stdout, stderr }));
      wake();
    });
  });
  const until = <T>(look: () => T | undefined, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const found = look();
        if (found === undefined && !isOver) return;
        waiting.delete(check);
        if (found !== undefined) resolve(found);
        else reject(new Error(`The command ended without ${what}:\n${stdout}\n${stderr}`));
      };
      waiting.add(check);
      check();
    });
  return {
    child,
    ended,
    line: (fits) => until(() => readLines(stdout).lines.find(fits), "the line"),
    stderr: (pattern) =>
      until(() => (pattern.test(stderr) ? stderr : undefined), `saying ${String(pattern)}`),
  };
}

/** What the person at this machine has signed in to is no test's business, nor is the keychain. */
const NOBODY_SIGNED_IN = {
  XDG_CONFIG_HOME: "/nonexistent-okta-migrate-config",
  OKTA_MIGRATE_TOKEN_STORE: "file",
};

/** The environment of a command: what a process needs, and what the test gives. */
export function bareEnvironment(given: CliOptions["env"] = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, TZ } = process.env;
  const all = { PATH, HOME, TMPDIR, TZ, ...NOBODY_SIGNED_IN, ...given };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** What a command said and how it ended, its lines read. */
export function readEnd(end: Pick<CliEnd, "code" | "signal" | "stdout" | "stderr">): CliEnd {
  const { lines, otherLines } = readLines(end.stdout);
  return {
    ...end,
    lines,
    otherLines,
    summary: lines.findLast(({ event }) => event === "summary") as Summary | undefined,
    error: lines.findLast(({ event }) => event === "error") as CliEnd["error"],
  };
}

function readLines(stdout: string): Pick<CliEnd, "lines" | "otherLines"> {
  const lines: JsonLine[] = [];
  const otherLines: string[] = [];
  for (const text of stdout.split("\n")) {
    const line = readLine(text);
    if (line !== undefined) lines.push(line);
    else if (text !== "") otherLines.push(text);
  }
  return { lines, otherLines };
}

function readLine(text: string): JsonLine | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as JsonLine;
  } catch {
    return undefined;
  }
}
