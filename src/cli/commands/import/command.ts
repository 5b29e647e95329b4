import { Command } from "commander";
import type { SetExitCode } from "../../command-line.ts";
import { addRunFlags, readRunOptions } from "../../run/run-options.ts";

/** The `import` command: the main job; run again, it resumes. */
export function importCommand(setExitCode: SetExitCode): Command {
  const command = new Command("import")
    .summary("create the users of a source in the org")
    .description(
      "Creates every user of the source in the org, each exactly once. The same command again " +
        "resumes. A mended failures.csv is given back with the run's folder in --run.",
    )
    .argument(
      "[source]",
      "a .csv, .tsv, .json, .ndjson or .ldif file, also .gz; - is standard input",
    );
  return addRunFlags(command)
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  $ okta-migrate import users.csv --dry-run\n" +
        "  $ okta-migrate import users.csv",
    )
    .action(async (source: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { runImport } = await import("./run.ts");
      setExitCode(await runImport(readRunOptions(source, flags)));
    });
}
