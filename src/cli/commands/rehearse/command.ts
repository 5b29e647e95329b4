import { Command } from "commander";
import type { SetExitCode } from "../../command-line.ts";
import { addPaceFlags, addSourceFlags } from "../../run/shared-flags.ts";

/** The `rehearse` command: the whole job against an emulated org, in growing loads. */
export function rehearseCommand(setExitCode: SetExitCode): Command {
  const command = new Command("rehearse")
    .summary("run the whole job against a pretend org, in growing loads")
    .description(
      "Runs the real import against a pretend Okta org on this machine in growing loads, proves after " +
        "each what can be proven, and ends with a verdict for a change board. Nothing leaves the " +
        "machine: it talks to 127.0.0.1 alone, whatever the environment says.",
    )
    .argument(
      "[source]",
      "a .csv, .tsv, .json, .ndjson or .ldif file, also .gz; else users are invented",
    )
    .option("--staged", "create the users staged, without credentials")
    .option("--hook", "create them active, their password checked by the import hook")
    .option("--config <file>", "mapping and settings (migration.yaml, where there is one)");
  return addPaceFlags(addSourceFlags(command))
    .option(
      "--plan <name>",
      "the org's limits: integrator-free, one-app, enterprise or workforce (workforce)",
    )
    .option("--limit <n>", "or so many requests a minute of each kind")
    .option("--window-ms <n>", "in which time a minute of the org passes", "2000")
    .option("--loads <n,...>", "how many records each load has", "10,100,1000,10000,all")
    .option("--at-most <time>", "a load that takes longer at the limits goes without them", "10m")
    .option("--users <n>", "how many users to invent (1000)")
    .option("--passwords <file>", "old passwords to sign in with: CSV with login,password")
    .option("--faults", "one more load in which requests fail in every way they can")
    .option("--out <dir>", "where the verdict goes (okta-migrate-rehearsals/<source>)")
    .option("--json", "one JSON object a line on standard output")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  $ okta-migrate rehearse\n" +
        "  $ okta-migrate rehearse users.csv --passwords test-accounts.csv --plan one-app --faults",
    )
    .action(async (source: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { readRehearseOptions } = await import("./options.ts");
      const { runRehearse } = await import("./run.ts");
      setExitCode(await runRehearse(readRehearseOptions(source, flags)));
    });
}
