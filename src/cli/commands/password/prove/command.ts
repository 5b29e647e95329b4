import { Command } from "commander";
import type { SetExitCode } from "../../../command-line.ts";
import { readRunOptions } from "../../../run/run-options.ts";
import { addSourceFlags } from "../../../run/shared-flags.ts";

/** The `password prove` command: would the passwords of test accounts work in Okta? */
export function proveCommand(setExitCode: SetExitCode): Command {
  const command = new Command("prove")
    .summary("prove with test accounts that passwords will work after the import")
    .description(
      "Reads the whole source as import does, takes test accounts whose passwords you know, and " +
        "checks these passwords against exactly what would be sent to Okta. Sends nothing and needs " +
        "no org. A format counts as proven only when an account of it was.",
    )
    .argument(
      "[source]",
      "a .csv, .tsv, .json, .ndjson or .ldif file, also .gz; - is standard input",
    )
    .option("--config <file>", "mapping and settings (migration.yaml, where there is one)")
    .option("--accounts <file>", "CSV or NDJSON file of login,password (asked on the terminal)");
  return addSourceFlags(command)
    .option("--json", "one JSON object a line on standard output")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  $ okta-migrate password prove users.csv\n" +
        "  $ okta-migrate password prove users.csv --accounts test-accounts.csv",
    )
    .action(async (source: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { runProve } = await import("./run.ts");
      const { accounts } = flags;
      setExitCode(
        await runProve(
          readRunOptions(source, flags),
          typeof accounts === "string" ? accounts : undefined,
        ),
      );
    });
}
