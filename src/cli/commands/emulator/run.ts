import { ConfigError } from "../../../core/index.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator/index.ts";
import { onInterrupt, systemClock } from "../../../platform/index.ts";
import { writeJsonLine } from "../../output/json-lines.ts";

/**
 * Runs the emulator until the process is asked to end, then ends it cleanly.
 *
 * @throws {ConfigError} OPTION_INVALID when the port or the certificate can't be used
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
  else process.stderr.write(greeting(emulator.url, options.token === undefined));
  await interrupted;
  await emulator.close();
  if (untilInputEnds) process.stdin.destroy();
}

async function start(options: Omit<EmulatorOptions, "clock">): Promise<Emulator> {
  try {
    return await startEmulator({ ...options, clock: systemClock });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    const isTls = options.tls !== undefined && !code.startsWith("EA");
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: isTls ? "--tls-cert" : "--port",
      message: isTls
        ? `certificate and key can't be used (${code})`
        : `can't listen on port ${options.port ?? 0} (${code})`,
      hint: isTls ? "Give a certificate and its own key, both in PEM." : "Try --port 0.",
      cause,
    });
  }
}

function greeting(url: string, isDefaultToken: boolean): string {
  const token = isDefaultToken ? "emulator-token" : '"$OKTA_MIGRATE_EMULATOR_TOKEN"';
  return [
    `A pretend Okta org listens on ${url}`,
    "",
    "In another terminal:",
    `  export OKTA_ORG_URL=${url}`,
    `  export OKTA_API_TOKEN=${token}`,
    "  okta-migrate import users.csv",
    "",
    `What it holds: ${url}/__emulator/state`,
    "Ctrl-C ends it; nothing is kept.",
    "",
  ].join("\n");
}
