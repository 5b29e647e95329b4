import { Command } from "commander";
import type { SetExitCode } from "../../command-line.ts";
import { addPresetFlags } from "../../run/shared-flags.ts";

/** The `canary` command: throw-away users find out what the org makes of hashes. */
export function canaryCommand(setExitCode: SetExitCode): Command {
  const command = new Command("canary")
    .summary("find out with throw-away users whether hashes sign in in the org")
    .description(
      "For each kind of hash that the source needs, creates one throw-away user in the org with a " +
        "password of its own, imported as such a hash, signs in with it and with a wrong one, and " +
        "removes the user, whatever happens in between.",
    )
    .argument(
      "[source]",
      "a .csv, .tsv, .json, .ndjson or .ldif file, also .gz; - is standard input",
    )
    .option("--config <file>", "mapping and settings (migration.yaml, where there is one)");
  return addPresetFlags(command)
    .option(
      "--algorithm <name,...>",
      "try these, whatever the source: bcrypt, sha-512, sha-256, sha-1, md5, pbkdf2",
    )
    .option("--thorough", "for bcrypt also: letters beyond ASCII, passwords beyond 72 bytes")
    .option("--login-domain <domain>", "domain of the logins (example.com)")
    .option("--clean", "only remove what an earlier process left")
    .option("--json", "one JSON object a line on standard output")
    .option("--yes", "do not ask before creating")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  $ okta-migrate canary users.csv\n" +
        "  $ okta-migrate canary --algorithm bcrypt,sha-256",
    )
    .action(async (source: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { readCanaryOptions } = await import("./options.ts");
      const { runCanary } = await import("./run.ts");
      setExitCode(await runCanary(readCanaryOptions(source, flags)));
    });
}
