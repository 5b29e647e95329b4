import { availableParallelism } from "node:os";
import { ConfigError } from "../../../../core/index.ts";
import type { MigrationConfig } from "../../../../mapping/index.ts";
import { fileExposure } from "../../../../sources/index.ts";
import { EXIT, type ExitCode } from "../../../exit-codes.ts";
import { openTerminalPrompt } from "../../../input/terminal-prompt.ts";
import { locateRun } from "../../../run/locate-run.ts";
import { type PreparedRun, prepareRun } from "../../../run/prepare-run.ts";
import { readConfig } from "../../../run/read-config.ts";
import type { RunOptions } from "../../../run/run-options.ts";
import { openSession, type Session } from "../../../run/session.ts";
import { openStopSignal } from "../../../run/stop-signal.ts";
import { unlessStopped } from "../../../run/unless-stopped.ts";
import { openVerifier } from "../../../../passwords/index.ts";
import type { Proof } from "./proof.ts";
import { proveSource } from "./prove-source.ts";
import { openProofView, type ProofView } from "./proof-view.ts";
import { askTestAccounts, readTestAccounts, type TestAccount } from "./test-account.ts";

interface ProveContext {
  readonly session: Session;
  readonly view: ProofView;
  readonly prepared: PreparedRun;
  readonly config: MigrationConfig | undefined;
  readonly signal: AbortSignal;
}

/**
 * Proves with test accounts that passwords would work after an import.
 *
 * @param accountsFile undefined: they are asked for on the terminal
 * @returns 0 where every format of the source is proven, else 1
 * @throws {ConfigError} as for `import`; OPTION_INVALID when there are no accounts to be had
 * @throws {SourceError} when the source can't be read
 */
export async function runProve(
  options: RunOptions,
  accountsFile: string | undefined,
): Promise<ExitCode> {
  const session = openSession(options);
  const stop = openStopSignal({ clock: session.clock, stopAt: undefined, onStop: () => undefined });
  const { signal } = stop;
  try {
    assertAskable(session, accountsFile);
    const config = await readConfig(options);
    assertCarriesPasswords(config);
    const preparing = prepare({ options, config, accountsFile, signal }, session);
    const prepared = await unlessStopped(preparing, signal);
    if (prepared === undefined) return EXIT.interrupted;
    const view = openProofView(session, options.json);
    view.begin(prepared);
    const proof = await prove({ session, view, prepared, config, signal }, accountsFile);
    if (proof === undefined) return EXIT.interrupted;
    view.end(proof);
    return proof.proven ? EXIT.ok : EXIT.someRecords;
  } finally {
    stop.dispose();
    session.terminal.clear();
    process.stdin.destroy();
  }
}

interface ProveInput {
  readonly options: RunOptions;
  readonly config: MigrationConfig | undefined;
  readonly accountsFile: string | undefined;
  readonly signal: AbortSignal;
}

async function prepare(
  { options, config, accountsFile, signal }: ProveInput,
  session: Session,
): Promise<PreparedRun> {
  const { environment } = session;
  const { source, mended } = await locateRun(options, config, { orgHost: undefined, environment });
  if (source.location === "-" && accountsFile === "-") throw inputTwice();
  if (mended !== undefined) {
    throw new ConfigError({
      code: "OPTION_INVALID",
      at: "[source]",
      message: `${mended.location} is the failures.csv of a run, and holds no password hashes.`,
      hint: "Name the source that the run began with.",
    });
  }
  return prepareRun({
    source: { ...source, signal },
    config,
    scenario: undefined,
    org: undefined,
    session,
  });
}

async function prove(
  context: ProveContext,
  accountsFile: string | undefined,
): Promise<Proof | undefined> {
  const { session, view, prepared, config, signal } = context;
  const accounts = await unlessStopped(takeAccounts(context, accountsFile), signal);
  if (accounts === undefined || accounts === "interrupted") return undefined;
  const parallel = availableParallelism();
  const verifier = openVerifier({ maxWaiting: parallel, clock: session.clock });
  try {
    const { onRead, onAccount } = view;
    const sha256Salt = config?.password?.settings.okta?.sha256Salt;
    const tools = { verifier, parallel, sha256Salt, signal, onRead, onAccount };
    const proving = proveSource(prepared, accounts, tools);
    return await unlessStopped(proving, signal);
  } finally {
    session.terminal.clear();
    await verifier.close();
    for (const { password } of accounts) password.fill(0);
  }
}

async function takeAccounts(
  { session, signal }: ProveContext,
  file: string | undefined,
): Promise<readonly TestAccount[] | "interrupted"> {
  if (file !== undefined) {
    const accounts = await readTestAccounts(file);
    await warnIfExposed(file, session);
    return accounts;
  }
  session.terminal.print("\nTest accounts: logins of the old system whose passwords you know.");
  const prompt = openTerminalPrompt(process.stdin, session.terminal, signal);
  try {
    return await askTestAccounts(prompt);
  } finally {
    prompt.close();
  }
}

async function warnIfExposed(file: string, { events }: Session): Promise<void> {
  if (file === "-" || (await fileExposure(file)) !== "readable-by-others") return;
  events.emit({
    event: "warning",
    message: `${file} holds passwords, and others on this machine can read it.`,
    hint: `Make it yours alone: chmod 600 ${file}`,
  });
}

function assertAskable({ canAsk }: Session, accountsFile: string | undefined): void {
  if (canAsk || accountsFile !== undefined) return;
  throw new ConfigError({
    code: "OPTION_INVALID",
    at: "--accounts",
    message: "There is no terminal to ask for test accounts on.",
    hint: "Give a file whose first line is login,password: --accounts test-accounts.csv",
  });
}

function inputTwice(): ConfigError {
  return new ConfigError({
    code: "OPTION_INVALID",
    at: "--accounts",
    message: "Standard input can't be both the source and the test accounts.",
    hint: "Name a file for one of them.",
  });
}

function assertCarriesPasswords(config: MigrationConfig | undefined): void {
  if (config?.scenario !== "staged") return;
  throw new ConfigError({
    code: "CONFIG_INVALID",
    at: `${config.fileName} scenario`,
    message: `${config.fileName} says scenario: staged, which carries no passwords: there is nothing to prove.`,
    hint: "Set scenario: passwords, or leave it out.",
  });
}
