import { Command } from "commander";
import type { SetExitCode } from "../../command-line.ts";
import { addRunFlags, readRunOptions } from "../../run/run-options.ts";

/** The `retry` command: takes the failed records of a run up again. */
export function retryCommand(setExitCode: SetExitCode): Command {
  const command = new Command("retry")
    .summary("take the failed records of a run up again")
    .description(
      "Sends the failed records of a run once more, and what is still pending. Rejected records " +
        "are planned again, which helps when the config was mended.",
    )
    .argument("[source]", "the run's source (the one it began with)");
  return addRunFlags(command)
    .addHelpText(
      "after",
      "\nExample:\n  $ okta-migrate retry --run okta-migrate-runs/users-example.okta.com",
    )
    .action(async (source: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { runRetry } = await import("./run.ts");
      setExitCode(await runRetry(readRunOptions(source, flags)));
    });
}
