import { Command, CommanderError } from "commander";
import { isMigrationError, type MigrationError } from "../core/index.ts";
import { canaryCommand } from "./commands/canary/command.ts";
import { checkCommand } from "./commands/check/command.ts";
import { doctorCommand } from "./commands/doctor/command.ts";
import { emulatorCommand } from "./commands/emulator/command.ts";
import { hookCommand } from "./commands/hook/command.ts";
import { initCommand } from "./commands/init/command.ts";
import { importCommand } from "./commands/import/command.ts";
import { loginCommand } from "./commands/login/command.ts";
import { logoutCommand } from "./commands/logout/command.ts";
import { passwordCommand } from "./commands/password/command.ts";
import { rehearseCommand } from "./commands/rehearse/command.ts";
import { retryCommand } from "./commands/retry/command.ts";
import { sampleCommand } from "./commands/sample/command.ts";
import { statusCommand } from "./commands/status/command.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-codes.ts";
import { tellError } from "./output/tell-error.ts";
import { VERSION } from "./version.ts";

/** Where a command says how the process is to end; 0 unless it does. */
export type SetExitCode = (code: ExitCode) => void;

/**
 * Runs one command as typed.
 *
 * @param argv Node's own, the interpreter and the script first
 * @returns the exit code; nothing is thrown
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = buildProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    return reportError(error, argv);
  }
}

/** The whole command line, its commands' code not loaded yet. */
export function buildProgram(setExitCode: SetExitCode): Command {
  const program = new Command("okta-migrate")
    .description("Moves the users of any system into an Okta org, each exactly once.")
    .version(VERSION, "--version", "print the version")
    .helpOption("--help", "show this help")
    .addHelpText("after", HELP_TAIL);
  for (const command of [
    initCommand(setExitCode),
    doctorCommand(setExitCode),
    checkCommand(setExitCode),
    importCommand(setExitCode),
    statusCommand(),
    retryCommand(setExitCode),
    passwordCommand(setExitCode),
    canaryCommand(setExitCode),
    hookCommand(setExitCode),
    loginCommand(setExitCode),
    logoutCommand(),
    emulatorCommand(),
    rehearseCommand(setExitCode),
    sampleCommand(),
  ]) {
    program.addCommand(command);
  }
  unify(program);
  return program;
}

/** Gives a command and those below it the same help, and has their errors told with all others. */
function unify(command: Command): void {
  command.helpOption("--help", "show this help").exitOverride();
  command.configureOutput({ outputError: () => undefined }).showSuggestionAfterError();
  for (const below of command.commands) unify(below);
}

const HELP_TAIL = `
Environment:
  OKTA_ORG_URL            the org, such as https://example.okta.com
  OKTA_CLIENT_ID          a service app's client ID, with
  OKTA_PRIVATE_KEY_FILE   the file of its private key; or
  OKTA_ACCESS_TOKEN       an OAuth access token; or
  OKTA_API_TOKEN          an API token (SSWS); or none of these after okta-migrate login
  OKTA_MIGRATE_LOG        error, warn, info, debug or trace: how much is logged (warn)
  HTTPS_PROXY, NO_PROXY   the way out; NODE_EXTRA_CA_CERTS: certificates to trust as well
The names of Okta's SDKs and of its Terraform provider are understood as well.

Example:
  $ okta-migrate init users.csv
  $ okta-migrate check
  $ okta-migrate import`;

/**
 * Tells an error that stopped a command.
 *
 * @param argv Node's own, for how it is told
 * @returns the exit code
 */
export function reportError(error: unknown, argv: readonly string[]): number {
  const json = argv.includes("--json");
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    // Help that was asked for by naming no command has been printed.
    if (error.code === "commander.help") return EXIT.config;
    tellError(
      {
        code: "OPTION_INVALID",
        message: usageMessage(error.message),
        hint: "See --help for what is understood.",
      },
      { json },
    );
    return EXIT.config;
  }
  if (isMigrationError(error)) {
    tellError(error, { json });
    return exitCodeOf(error);
  }
  tellError(bugReport(error), { json });
  return EXIT.bug;
}

/**
 * What is wrong with how a command was typed. What was typed is repeated only where it looks like a
 * flag or a command: a hash, or a password behind an equals sign, may have been typed as well.
 */
function usageMessage(message: string): string {
  return message
    .replace(/^error: /, "")
    .replace(/(--[\w-]+)=[^']*/g, "$1")
    .replace(/ '([^']*)'/g, (quoted, word: string) => (isOwnWord(word) ? quoted : ""));
}

function isOwnWord(word: string): boolean {
  return /^(?:-[a-z]|--[a-z][a-z0-9-]{0,24}|[a-z]{1,12})(?: <[^>]{1,20}>)?$/.test(word);
}

/** A bug, told without its message, which may quote what must not be shown. */
function bugReport(error: unknown): Pick<MigrationError, "code" | "message" | "hint"> {
  const name = error instanceof Error ? error.name : typeof error;
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter(isFrame) : [];
  return {
    code: "INVARIANT_BROKEN",
    message: [`${name} in okta-migrate ${VERSION}, Node ${process.version}`, ...frames].join("\n"),
    hint: "This is a bug in okta-migrate: please report it with the lines above and the command.",
  };
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line);
}
