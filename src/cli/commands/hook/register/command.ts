import { Command } from "commander";
import type { SetExitCode } from "../../../command-line.ts";
import { DEFAULT_HOOK_NAME } from "./options.ts";

/** The `hook register` command: tells the org where the hook service is, and the secret. */
export function registerCommand(setExitCode: SetExitCode): Command {
  return new Command("register")
    .summary("tell the org where hook serve is, and its secret")
    .description(
      "Creates the org's password import hook with this address and the secret that " +
        "OKTA_MIGRATE_HOOK_SECRET_FILE names, or gives both to the one that is there under this " +
        "address or name. An org has one such hook: somebody else's is left alone.",
    )
    .requiredOption("--url <address>", "where Okta reaches the service; https")
    .option("--name <name>", "what the hook is called in the Admin Console", DEFAULT_HOOK_NAME)
    .option("--yes", "do not ask before changing the org")
    .option("--json", "one JSON object a line on standard output")
    .addHelpText(
      "after",
      "\nWhere the secret's file has several lines, the first is the one that Okta gets.\n" +
        "\nExample:\n" +
        "  $ okta-migrate hook register --url https://hook.example.com/okta/password-import",
    )
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { readRegisterOptions } = await import("./options.ts");
      const { runRegister } = await import("./run.ts");
      setExitCode(await runRegister(readRegisterOptions(flags)));
    });
}
