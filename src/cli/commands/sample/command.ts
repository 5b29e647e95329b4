import { Command } from "commander";

/** The `sample` command: invents users for a rehearsal. */
export function sampleCommand(): Command {
  return new Command("sample")
    .summary("invent users for a rehearsal")
    .description(
      "Invents users with hashed passwords, for rehearsals. The same seed invents the same users.\n" +
        "All addresses are in domains reserved for examples: mail to them reaches no one.",
    )
    .option("--users <n>", "how many to invent, 1 to 100,000,000", "1000")
    .option("--format <format>", "csv or ndjson; without it the ending of --out decides, else csv")
    .option("--hash <format,...>", "how passwords are hashed: bcrypt", "bcrypt")
    .option("--out <file>", "where the users go; - is standard output")
    .option("--passwords <file>", "where login and password go, as CSV")
    .option("--seed <n>", "a whole number; another one invents other users", "1")
    .option("--json", "print one JSON line instead of a sentence")
    .addHelpText(
      "after",
      "\nBoth files are readable by their owner only (mode 0600), and replaced where they exist.\n" +
        "Above 1,000 users passwords repeat: hashes come from 1,000 invented passwords, hashed with\n" +
        "bcrypt at cost 4, so that a million users take seconds.\n" +
        "\nExample:\n" +
        "  $ okta-migrate sample --users 1000 --out users.csv --passwords passwords.csv",
    )
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { readSampleOptions } = await import("./options.ts");
      const { runSample } = await import("./run.ts");
      await runSample(readSampleOptions(flags));
    });
}
