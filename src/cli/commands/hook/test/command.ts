import { Command } from "commander";
import type { SetExitCode } from "../../../command-line.ts";

/** The `hook test` command: tries the hook through Okta and directly. */
export function testCommand(setExitCode: SetExitCode): Command {
  return new Command("test")
    .summary("try the hook: through Okta, and directly")
    .description(
      "Has Okta call the org's password import hook with an invented password, sends the service the " +
        "same request from here, and then what it must refuse: without the secret, with another " +
        "one, malformed. Nobody is signed in, and nothing is changed.",
    )
    .option("--login <login>", "whose password is guessed wrongly (an invented login)")
    .option(
      "--url <address>",
      "the service (as the org has it); without OKTA_ORG_URL it alone is tried",
    )
    .option("--json", "one JSON object a line on standard output")
    .addHelpText("after", "\nExample:\n  $ okta-migrate hook test")
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { readTestOptions } = await import("./options.ts");
      const { runHookTest } = await import("./run.ts");
      setExitCode(await runHookTest(readTestOptions(flags)));
    });
}
