import { Command } from "commander";
import type { SetExitCode } from "../../../command-line.ts";

/** The `hook status` command: who has moved, and who has not. */
export function statusCommand(setExitCode: SetExitCode): Command {
  return new Command("status")
    .summary("show how many have moved, and who has not")
    .description(
      "Counts the org's users who have not signed in with their old password yet, by age, and those " +
        "who have, by day, from the org's own state and log. Changes nothing in the org. With --wipe " +
        "it takes the hashes of those who have moved out of the sealed store.",
    )
    .option("--run <dir>", "only users whom this import created for the hook")
    .option("--names <file>", "write who has not moved yet into this file, as CSV")
    .option(
      "--wipe",
      "take hashes out of the store whose import the org's log says to have succeeded",
    )
    .option("--store <place>", "with --wipe: the sealed store, a file or postgres://…")
    .option("--rate-share <part>", "part of each rate limit to use, above 0 and up to 1", "0.9")
    .option("--json", "one JSON object a line on standard output")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  $ okta-migrate hook status\n" +
        "  $ okta-migrate hook status --wipe --store passwords.sealed",
    )
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { readStatusOptions } = await import("./options.ts");
      const { runHookStatus } = await import("./run.ts");
      setExitCode(await runHookStatus(readStatusOptions(flags)));
    });
}
