import { Command } from "commander";
import type { SetExitCode } from "../../command-line.ts";
import { addSourceFlags } from "../../run/shared-flags.ts";

/** The `init` command: drafts `migration.yaml` for a source. */
export function initCommand(setExitCode: SetExitCode): Command {
  const command = new Command("init")
    .summary("look at a source, and draft migration.yaml for it")
    .description(
      "Looks at the columns and values of a source and drafts migration.yaml: which column is which " +
        "attribute, where the passwords are and what they are, each with its reason and how sure it is. " +
        "On a terminal it asks what the source does not say. With an org at hand (OKTA_ORG_URL) it " +
        "matches the org's own attributes, and tells which it lacks. It changes nothing but the file.",
    )
    .argument("[source]", "what is to be moved, as in import; - is standard input");
  return addSourceFlags(command)
    .option("--table <name>", "of a database: the table or view whose rows are the records")
    .option("--query <sql>", "of a database: the statement whose rows are the records")
    .option("--key <column>", "of a database: the column of whole numbers that orders the rows")
    .option("--out <file>", "where the draft goes; - is standard output", "migration.yaml")
    .option("--force", "write over a file that is there")
    .option("--look-at <n>", "how many records to look at, from the first", "100000")
    .option("--attributes <file>", "write the request that adds the attributes the org lacks")
    .option("--staged", "draft for users without credentials")
    .option("--hook", "draft for passwords that the import hook checks")
    .option("--yes", "ask nothing: the best guesses stand")
    .option("--json", "one JSON object on standard output, and no question")
    .addHelpText("after", "\nExample:\n  $ okta-migrate init users.csv")
    .action(async (source: string | undefined, flags: Readonly<Record<string, unknown>>) => {
      const { readInitOptions } = await import("./options.ts");
      const { runInit } = await import("./run.ts");
      setExitCode(await runInit(readInitOptions(source, flags)));
    });
}
