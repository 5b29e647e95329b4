import { Command } from "commander";
import type { SetExitCode } from "../../../command-line.ts";
import { readRunOptions } from "../../../run/run-options.ts";
import { addSourceFlags } from "../../../run/shared-flags.ts";

/** The `hook seal` command: stored hashes into a file that is useless without its key. */
export function sealCommand(setExitCode: SetExitCode): Command {
  const command = new Command("seal")
    .summary("seal the source's password hashes for hook serve")
    .description(
      "Reads the source as import does and seals every password hash into one file, or into tables of " +
        "a PostgreSQL, encrypted with the key that OKTA_MIGRATE_SEAL_KEY_FILE names (32 bytes in " +
        "base64) and useless without it. A store that is there is replaced in one step. Needs no org.",
    )
    .argument("[source]", "a .csv, .tsv, .json or .ndjson file, also .gz; - is standard input")
    .requiredOption("--store <place>", "where the sealed store goes: a file, or postgres://…")
    .option("--keep", "keep the logins of the store that is there and are not in this source")
    .option("--config <file>", "mapping and settings (migration.yaml, where there is one)");
  return addSourceFlags(command)
    .option("--json", "one JSON object a line on standard output")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  $ openssl rand -base64 32 > seal.key && chmod 600 seal.key\n" +
        "  $ export OKTA_MIGRATE_SEAL_KEY_FILE=seal.key\n" +
        "  $ okta-migrate hook seal users.csv --store passwords.sealed\n" +
        "  $ okta-migrate hook seal users.csv --store postgres://hook@db.example.com/okta",
    )
    .action(async (source: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { runSeal } = await import("./run.ts");
      setExitCode(
        await runSeal(readRunOptions(source, flags), {
          store: String(flags["store"]),
          before: flags["keep"] === true ? "keep" : "replace",
        }),
      );
    });
}
