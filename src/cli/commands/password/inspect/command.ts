import { Command } from "commander";
import type { SetExitCode } from "../../../command-line.ts";

/** The `password inspect` command: what is this hash, and can Okta take it? */
export function inspectCommand(setExitCode: SetExitCode): Command {
  return new Command("inspect")
    .summary("tell what stored hashes are, and whether Okta can take them")
    .description(
      "Reads hashes from standard input, one a line, or objects {hash, salt, params, password}, and " +
        "says of each what it is and how it gets to Okta; with a password, whether it is the right " +
        "one. Hashes are never arguments: those end in shell histories.",
    )
    .option("--json", "one JSON object for each line, in order, on standard output")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  $ okta-migrate password inspect < hashes.txt\n" +
        "  $ okta-migrate password inspect --json < hashes.ndjson",
    )
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { runInspect } = await import("./run.ts");
      setExitCode(await runInspect({ json: flags["json"] === true }));
    });
}
