import { Command } from "commander";
import type { SetExitCode } from "../../../command-line.ts";

/** The `password detect` command: how must this system's hashes be read? */
export function detectCommand(setExitCode: SetExitCode): Command {
  return new Command("detect")
    .summary("find out with a known password how hashes must be read")
    .description(
      "Takes a stored hash, its salt where it has a column of its own, and the password that belongs " +
        "to it, and tries every way of hashing that occurs in practice. Prints the lines for " +
        "migration.yaml. Asks on the terminal, showing nothing; or reads objects {hash, salt, " +
        "password} from standard input. With several accounts the lines hold for all of them.",
    )
    .option("--json", "one JSON object a line on standard output")
    .addHelpText(
      "after",
      "\nA secret of the system's own (a pepper) is taken from the file that OKTA_MIGRATE_PEPPER_FILE names.\n" +
        "\nExample:\n" +
        "  $ okta-migrate password detect\n" +
        "  $ okta-migrate password detect --json < known-accounts.ndjson",
    )
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { runDetect } = await import("./run.ts");
      setExitCode(await runDetect({ json: flags["json"] === true }));
    });
}
