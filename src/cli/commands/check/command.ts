import { Command } from "commander";
import type { SetExitCode } from "../../command-line.ts";
import { addRunFlags, readRunOptions } from "../../run/run-options.ts";

/** The `check` command: reads everything and sends nothing. */
export function checkCommand(setExitCode: SetExitCode): Command {
  const command = new Command("check")
    .summary("find what is wrong with a source before anything is sent")
    .description(
      "Reads, maps and validates every record and sends nothing. What must be mended is listed by " +
        "cause and written to failures.csv in the run's folder. Works without an org, and says what " +
        "it then did not check.",
    )
    .argument(
      "[source]",
      "a .csv, .tsv, .json, .ndjson or .ldif file, also .gz; - is standard input",
    );
  return addRunFlags(command)
    .option("--matrix", "write mapping-matrix.csv and .html into the run's folder")
    .addHelpText("after", "\nExample:\n  $ okta-migrate check users.csv")
    .action(async (source: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { runCheck } = await import("./run.ts");
      const options = readRunOptions(source, flags);
      setExitCode(await runCheck({ ...options, matrix: flags["matrix"] === true }));
    });
}
