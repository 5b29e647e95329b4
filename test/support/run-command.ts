import { spawn } from "node:child_process";
import { bareEnvironment, type CliEnd, CLI_PATH, type CliOptions, readEnd } from "./run-cli.ts";

/** Runs the built command line under another program, such as a shell that limits it. */
export function runCommand(
  program: string,
  before: readonly string[],
  args: readonly string[],
  { cwd, env }: Pick<CliOptions, "cwd" | "env">,
): Promise<CliEnd> {
  const child = spawn(program, [...before, process.execPath, CLI_PATH, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: bareEnvironment(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(readEnd({ code, signal, stdout, stderr })));
  });
}
