import { Command } from "commander";
import type { SetExitCode } from "../../command-line.ts";
import { addPaceFlags, addPresetFlags } from "../../run/shared-flags.ts";

/** The `doctor` command: whether org, access and plan are fit for a migration. */
export function doctorCommand(setExitCode: SetExitCode): Command {
  const command = new Command("doctor")
    .summary("see whether the org is ready, before the first user is sent")
    .description(
      "Looks at the org, how you are signed in, its limits, schema, hooks and rules, and says line " +
        "by line what is fine, what to watch and what to mend, and how long the load will take. It " +
        "changes nothing: it only reads, and a service app gets a token.",
    )
    .argument("[source]", "a .csv, .tsv, .json, .ndjson or .ldif file, also .gz, to be counted")
    .option("--config <file>", "mapping and settings (migration.yaml, where there is one)")
    .option("--staged", "look for a load of staged users, without credentials")
    .option("--hook", "look for a load whose passwords the import hook checks")
    .option("--users <n>", "how many users to reckon with (counted, else 1,000 and more)");
  return addPaceFlags(addPresetFlags(command))
    .option("--json", "one JSON object a line on standard output")
    .addHelpText("after", "\nExample:\n  $ okta-migrate doctor users.csv")
    .action(async (source: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { readDoctorOptions } = await import("./options.ts");
      const { runDoctor } = await import("./run.ts");
      setExitCode(await runDoctor(readDoctorOptions(source, flags)));
    });
}
