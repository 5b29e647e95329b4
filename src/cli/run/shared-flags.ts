import type { Command } from "commander";

/** Adds the flags that say how a source is read. */
export function addSourceFlags(command: Command): Command {
  return command
    .option("--format <format>", "csv, tsv, json, ndjson or ldif, where the name does not tell")
    .option("--encoding <name>", "encoding of the source, such as latin1 (UTF-8 or UTF-16)")
    .option("--delimiter <char>", "what separates the columns (found out)");
}

/** Adds the flags that say how much of the org's limits may be used. */
export function addPaceFlags(command: Command): Command {
  return command
    .option("--rate-share <part>", "part of each rate limit to use, above 0 and up to 1", "0.9")
    .option("--max-concurrency <n>", "ceiling on requests in flight", "50");
}
