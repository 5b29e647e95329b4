import { ConfigError } from "../../../core/index.ts";
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
  StateFileError,
  StateFileHeldError,
} from "../../../emulator/index.ts";
import { onInterrupt, systemClock } from "../../../platform/index.ts";
import { writeJsonLine } from "../../output/json-lines.ts";

/**
 * Runs the emulator until the process is asked to end, then ends it cleanly.
 *
 * @throws {ConfigError} OPTION_INVALID when the port, the certificate or the state file can't be used
 */
export async function runEmulator(
  options: Omit<EmulatorOptions, "clock">,
  { json, untilInputEnds }: { readonly json: boolean; readonly untilInputEnds: boolean },
): Promise<void> {
  const emulator = await start(options);
  const interrupted = new Promise<void>((resolve) => {
    onInterrupt(resolve);
    if (untilInputEnds) process.stdin.once("close", resolve).once("end", resolve).resume();
  });
  if (json) writeJsonLine({ event: "listening", url: emulator.url });
  else process.stderr.write(greeting(emulator.url, options));
  await interrupted;
  if (untilInputEnds) process.stdin.destroy();
  try {
    await emulator.close();
  } catch (cause) {
    throw stateFault(options.stateFile ?? "", cause, "Its last state is kept; this one is lost.");
  }
}

/** What is wrong with a state file, and where. */
function stateFault(path: string, cause: unknown, hint: string): ConfigError {
  const why = cause instanceof StateFileError ? cause.message : codeOf(cause);
  const message = `--state ${JSON.stringify(path)} can't be used: ${why}`;
  return new ConfigError({ code: "OPTION_INVALID", at: "--state", message, hint, cause });
}

function heldState(path: string, cause: StateFileHeldError): ConfigError {
  const { pid, lockPath } = cause;
  const by = pid === undefined ? "" : ` (process ${pid})`;
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "--state",
    message: `--state ${JSON.stringify(path)} is in use: ${cause.message}${by}`,
    hint: `End that one first, or name another file. Where none runs, remove ${JSON.stringify(lockPath)}.`,
    cause,
  });
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? "unknown";
}

async function start(options: Omit<EmulatorOptions, "clock">): Promise<Emulator> {
  try {
    return await startEmulator({ ...options, clock: systemClock });
  } catch (cause) {
    const { stateFile } = options;
    if (stateFile !== undefined && cause instanceof StateFileHeldError) {
      throw heldState(stateFile, cause);
    }
    const code = codeOf(cause);
    // The port fails to listen, the certificate without the system; all else is the file.
    const { syscall } = cause as NodeJS.ErrnoException;
    const isFile = syscall !== undefined && syscall !== "listen";
    if (stateFile !== undefined && (isFile || cause instanceof StateFileError)) {
      const hint = "It is left as it is. Name another file, or one that is not there yet.";
      throw stateFault(stateFile, cause, hint);
    }
    const isTls = options.tls !== undefined && !code.startsWith("EA");
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: isTls ? "--tls-cert" : "--port",
      message: isTls
        ? `certificate and key can't be used (${code})`
        : `can't listen on port ${options.port ?? 0}${WHY_NOT[code] ?? ""} (${code})`,
      hint: isTls
        ? "Give a certificate and its own key, both in PEM."
        : "Name another port; --port 0 takes a free one.",
      cause,
    });
  }
}

const WHY_NOT: Readonly<Record<string, string>> = {
  EADDRINUSE: ": another program does",
  EACCES: ": this user may not",
};

function greeting(url: string, options: Omit<EmulatorOptions, "clock">): string {
  const token = options.token === undefined ? "emulator-token" : '"$OKTA_MIGRATE_EMULATOR_TOKEN"';
  return [
    `A pretend Okta org listens on ${url}`,
    "",
    "In another terminal:",
    `  export OKTA_ORG_URL=${url}`,
    `  export OKTA_API_TOKEN=${token}`,
    "  okta-migrate import users.csv",
    "",
    `What it holds: ${url}/__emulator/state`,
    options.stateFile === undefined
      ? "Ctrl-C ends it; nothing is kept."
      : `Ctrl-C ends it; what it holds is kept in ${JSON.stringify(options.stateFile)}.`,
    "",
  ].join("\n");
}
