import { Command } from "commander";
import type { SetExitCode } from "../../../command-line.ts";
import { readRunOptions } from "../../../run/run-options.ts";

/** The `password prove` command: would the passwords of test accounts work in Okta? */
export function proveCommand(setExitCode: SetExitCode): Command {
  return new Command("prove")
    .summary("prove with test accounts that passwords will work after the import")
    .description(
      "Reads the whole source as import does, takes test accounts whose passwords you know, and " +
        "checks these passwords against exactly what would be sent to Okta. Sends nothing and needs " +
        "no org. A format counts as proven only when an account of it was.",
    )
    .argument("[source]", "a .csv, .tsv, .json or .ndjson file, also .gz; - is standard input")
    .option("--config <file>", "mapping and settings (migration.yaml, where there is one)")
    .option("--accounts <file>", "CSV or NDJSON file of login,password (asked on the terminal)")
    .option("--format <format>", "csv, tsv, json or ndjson, where the name does not tell")
    .option("--encoding <name>", "encoding of the source, such as latin1 (UTF-8 or UTF-16)")
    .option("--delimiter <char>", "what separates the columns (found out)")
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
