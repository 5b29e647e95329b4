import { Command } from "commander";

/** The `sample` command: invents users for a rehearsal. */
export function sampleCommand(): Command {
  return new Command("sample")
    .summary("invent users for a rehearsal")
    .description(
      "Invents users with hashed passwords, for rehearsals. The same seed invents the same users.\n" +
        "All addresses are in domains reserved for examples: mail to them reaches no one.",
    )
    .option(
      "--users <n>",
      "how many to invent, 1 to 100,000,000 (default: 1000, or as many as --like has)",
    )
    .option(
      "--format <format>",
      "csv, tsv, ndjson, json, sql or ldif; without it the ending of --out decides, else csv",
    )
    .option(
      "--hash <format,...>",
      "how passwords are hashed; users get several formats in turn (default: bcrypt)",
    )
    .option(
      "--like <file>",
      "records shaped after this CSV, TSV, JSON or NDJSON file, with none of its values",
    )
    .option("--troubles <share>", "plant faults: 2%, or a list such as bad-mail=1%,four-byte=0.5%")
    .option("--out <file>", "where the users go; - is standard output; .gz is compressed")
    .option("--passwords <file>", "where login and password go, as CSV")
    .option("--truth <file>", "where it is written which faults were planted, as NDJSON")
    .option("--hash-params <file>", "where the parameters of firebase-scrypt go, as JSON")
    .option("--seed <n>", "a whole number; another one invents other users", "1")
    .option("--json", "print one JSON line instead of a sentence")
    .addHelpText(
      "after",
      "\nAll files are readable by their owner only (mode 0600), and replaced where they exist.\n" +
        "Passwords repeat: of each format 128 are hashed with its least settings (1,000 of bcrypt), so\n" +
        "that a million users take seconds. --hash knows every format of the reference; a wrong one is\n" +
        "answered with all of them.\n" +
        "\nFaults: duplicate-case, duplicate-accent, bad-mail, odd-phone, long-value, four-byte,\n" +
        "empty-required, broken-hash.\n" +
        "\nExample:\n" +
        "  $ okta-migrate sample --users 1000 --out users.csv --passwords passwords.csv\n" +
        "  $ okta-migrate sample --users 1000000 --hash argon2id,ldap-ssha --out users.ndjson.gz\n" +
        "  $ okta-migrate sample --troubles 2% --out users.csv --truth truth.ndjson\n" +
        "  $ okta-migrate sample --like users.csv --out invented.csv",
    )
    .action(async (flags: Readonly<Record<string, unknown>>) => {
      const { readSampleOptions } = await import("./options.ts");
      const { runSample } = await import("./run.ts");
      await runSample(readSampleOptions(flags));
    });
}
