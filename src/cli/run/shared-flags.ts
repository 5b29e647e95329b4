import { type Command, CommanderError } from "commander";

/** Adds the flags that name a preset; with `list` all presets are told, and nothing is done. */
export function addPresetFlags(command: Command): Command {
  return command
    .option("--preset <name>", "the system that the source is an export of; list shows them all")
    .option("--hashes <file>", "the preset's file of password hashes, where it has one apart")
    .hook("preAction", async (_, action) => {
      const { preset, json }: Readonly<Record<string, unknown>> = action.opts();
      if (preset !== "list") return;
      const { tellPresets } = await import("./tell-presets.ts");
      tellPresets({ json: json === true });
      throw new CommanderError(0, "okta-migrate.presets", "");
    });
}

/** Adds the flags that say how a source is read. */
export function addSourceFlags(command: Command): Command {
  return addPresetFlags(command)
    .option("--format <format>", "csv, tsv, json, ndjson, ldif or xlsx, if the name does not tell")
    .option("--records <keys>", "keys to the list of records in a JSON object, such as users")
    .option("--sheet <name>", "sheet of an Excel workbook (the first)")
    .option("--encoding <name>", "encoding of the source, such as latin1 (UTF-8 or UTF-16)")
    .option("--delimiter <char>", "what separates the columns (found out)");
}

/** Adds the flags that say how much of the org's limits may be used. */
export function addPaceFlags(command: Command): Command {
  return command
    .option("--rate-share <part>", "part of each rate limit to use, above 0 and up to 1", "0.9")
    .option("--max-concurrency <n>", "ceiling on requests in flight", "50");
}
