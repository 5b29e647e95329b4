import { availableParallelism } from "node:os";
import { ConfigError } from "../../../../core/index.ts";
import { EXIT, type ExitCode } from "../../../exit-codes.ts";
import { openTerminalPrompt } from "../../../input/terminal-prompt.ts";
import { readHashSecrets } from "../../../run/read-hash-secrets.ts";
import { openSession, type Session } from "../../../run/session.ts";
import { openStopSignal } from "../../../run/stop-signal.ts";
import { unlessStopped } from "../../../run/unless-stopped.ts";
import { openVerifier } from "../../../../passwords/index.ts";
import { askKnownAccounts } from "./ask-accounts.ts";
import { type Detection, detectWay } from "./detect-way.ts";
import { type KnownAccount, readKnownAccounts } from "./known-account.ts";
import { tellDetectionToPeople, tellDetectionToPrograms } from "./tell-detection.ts";
import { openTrialProgress } from "./trial-progress.ts";

/** What `password detect` was asked for. */
export interface DetectOptions {
  readonly json: boolean;
}

/**
 * Finds out how hashes must be read, from accounts whose passwords are known.
 *
 * @returns 0 where one way holds for all, else 1
 * @throws {ConfigError} OPTION_INVALID when standard input gives no such account, or a file that the
 *   environment names can't be read
 */
export async function runDetect({ json }: DetectOptions): Promise<ExitCode> {
  const session = openSession({ json });
  const stop = openStopSignal({
    clock: session.clock,
    stopAt: undefined,
    onStop: () => undefined,
  });
  try {
    const secrets = await readHashSecrets(session.environment);
    const accounts = await unlessStopped(takeAccounts(session, stop.signal, json), stop.signal);
    if (accounts === undefined || accounts === "interrupted") return EXIT.interrupted;
    const detection = await detect({ session, accounts, secrets, json, signal: stop.signal });
    if (detection === undefined) return EXIT.interrupted;
    const telling = { detection, accounts, hasPepper: secrets.pepper !== undefined };
    if (json) tellDetectionToPrograms(telling);
    else tellDetectionToPeople(telling, session.terminal);
    return detection.found === undefined ? EXIT.someRecords : EXIT.ok;
  } finally {
    stop.dispose();
    session.terminal.clear();
    process.stdin.destroy();
  }
}

interface DetectContext {
  readonly session: Session;
  readonly accounts: readonly KnownAccount[];
  readonly secrets: Awaited<ReturnType<typeof readHashSecrets>>;
  readonly json: boolean;
  readonly signal: AbortSignal;
}

async function detect(context: DetectContext): Promise<Detection | undefined> {
  const { session, accounts, secrets, json, signal } = context;
  const parallel = availableParallelism();
  const verifier = openVerifier({ maxWaiting: parallel, clock: session.clock });
  const onProgress = openTrialProgress(session, json);
  try {
    return await unlessStopped(
      detectWay(accounts, { verifier, secrets, parallel, signal, onProgress }),
      signal,
    );
  } finally {
    session.terminal.clear();
    await verifier.close();
    for (const { password } of accounts) password.fill(0);
  }
}

async function takeAccounts(
  session: Session,
  signal: AbortSignal,
  json: boolean,
): Promise<readonly KnownAccount[] | "interrupted"> {
  if (!process.stdin.isTTY) return readKnownAccounts(process.stdin);
  if (!session.canAsk) throw nobodyToAsk(json);
  session.terminal.print("Take an account whose password you know. Nothing you type is shown.");
  const prompt = openTerminalPrompt(process.stdin, session.terminal, signal);
  try {
    const accounts = await askKnownAccounts(prompt);
    if (accounts.length === 0) throw nothingGiven();
    return accounts;
  } finally {
    prompt.close();
  }
}

function nobodyToAsk(json: boolean): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "standard input",
    message: "There is nobody to ask, and standard input gives no account.",
    hint: json
      ? "Pipe accounts in, or leave --json out to be asked."
      : 'Pipe an account in: {"hash": …, "salt": …, "password": …}',
  });
}

function nothingGiven(): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "standard input",
    message: "No account was given.",
    hint: "Start it again with a stored hash and the password that belongs to it at hand.",
  });
}
