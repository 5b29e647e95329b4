import type { Command } from "commander";
import { ConfigError, type Scenario } from "../../core/index.ts";
import type { FailureLimit } from "../../migration/index.ts";
import type { OnExisting } from "../../validation/index.ts";
import { addPaceFlags, addSourceFlags } from "./shared-flags.ts";

/** The flags of `import` and `check`, checked. Absent ones leave the word to the config. */
export interface RunOptions {
  readonly source: string | undefined;
  readonly format: (typeof FORMATS)[number] | undefined;
  readonly encoding: string | undefined;
  readonly delimiter: string | undefined;
  readonly records: string | undefined;
  readonly sheet: string | undefined;
  readonly preset: string | undefined;
  readonly hashes: string | undefined;
  readonly scenario: Scenario | undefined;
  readonly config: string | undefined;
  /** Folder that relative paths in the config go by. @default the working directory */
  readonly configBase?: string;
  readonly run: string | undefined;
  /** Above 0, up to 1. */
  readonly rateShare: number;
  readonly maxConcurrency: number;
  readonly failureLimit: FailureLimit | undefined;
  readonly limit: number | undefined;
  /** Local time of day. */
  readonly stopAt: { readonly hour: number; readonly minute: number } | undefined;
  readonly onExisting: OnExisting | undefined;
  readonly sourceChanged: boolean;
  readonly dryRun: boolean;
  readonly showRequest: boolean;
  readonly json: boolean;
  readonly yes: boolean;
}

const FORMATS = ["csv", "tsv", "json", "ndjson", "ldif", "xlsx"] as const;
const ON_EXISTING = ["skip", "update", "fail"] as const;

/** Adds the flags that `import` and `check` share. */
export function addRunFlags(command: Command): Command {
  command
    .option("--staged", "create the users staged, without credentials")
    .option("--hook", "create them active, their password checked by the import hook")
    .option("--config <file>", "mapping and settings (migration.yaml, where there is one)")
    .option("--run <dir>", "the run's folder (okta-migrate-runs/<source>-<org>)");
  addPaceFlags(addSourceFlags(command));
  return command
    .option("--max-failures <n|p%>", "failed records that stop the run (50, or 5 %)")
    .option("--limit <n>", "only the first n records; the rest stay pending")
    .option("--stop-at <hh:mm>", "stop at this local time, resumable")
    .option("--on-existing <what>", "a login that was there before: skip, update or fail (skip)")
    .option("--source-changed", "go on by login though the source is not what it was")
    .option("--dry-run", "do everything but sending")
    .option("--show-request", "with --dry-run: print the first requests, secrets masked")
    .option("--json", "one JSON object a line on standard output")
    .option("--yes", "do not ask before sending");
}

/**
 * Checks the flags of `import` and `check`.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense
 */
export function readRunOptions(
  source: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): RunOptions {
  const text = (name: string): string | undefined => {
    const value = flags[name];
    return typeof value === "string" ? value : undefined;
  };
  const isOn = (name: string): boolean => flags[name] === true;
  if (isOn("staged") && isOn("hook")) {
    throw invalid("--staged, --hook", "exclude each other", "Give one of them.");
  }
  if (isOn("showRequest") && !isOn("dryRun")) {
    throw invalid("--show-request", "needs --dry-run", "Give both.");
  }
  return {
    source,
    format: readOneOf("--format", text("format"), FORMATS),
    encoding: text("encoding"),
    delimiter: readDelimiter(text("delimiter")),
    records: text("records"),
    sheet: text("sheet"),
    preset: text("preset"),
    hashes: text("hashes"),
    scenario: isOn("staged") ? "staged" : isOn("hook") ? "hook" : undefined,
    config: text("config"),
    run: text("run"),
    rateShare: readShare(text("rateShare") ?? "0.9"),
    maxConcurrency: readWhole("--max-concurrency", text("maxConcurrency") ?? "50", 1, 10_000),
    failureLimit: readFailureLimit(text("maxFailures")),
    limit: readOptionalWhole("--limit", text("limit"), 1),
    stopAt: readTime(text("stopAt")),
    onExisting: readOneOf("--on-existing", text("onExisting"), ON_EXISTING),
    sourceChanged: isOn("sourceChanged"),
    dryRun: isOn("dryRun"),
    showRequest: isOn("showRequest"),
    json: isOn("json"),
    yes: isOn("yes"),
  };
}

function readOneOf<T extends string>(
  at: string,
  given: string | undefined,
  known: readonly T[],
): T | undefined {
  if (given === undefined) return undefined;
  const found = known.find((name) => name === given);
  if (found !== undefined) return found;
  throw invalid(at, `is none of its values: ${shown(given)}`, `Give one of: ${known.join(", ")}.`);
}

function readDelimiter(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const delimiter = given === "\\t" || given === "tab" ? "\t" : given;
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
  throw invalid("--delimiter", `is no single character: ${shown(given)}`, "Give one, such as ;");
}

function readShare(given: string): number {
  const share = /^\d*\.?\d+$/.test(given) ? Number(given) : Number.NaN;
  if (share > 0 && share <= 1) return share;
  throw invalid(
    "--rate-share",
    `is out of range: ${shown(given)}`,
    "Give a number above 0, up to 1.",
  );
}

function readWhole(at: string, given: string, least: number, most: number): number {
  const number = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw invalid(
    at,
    `is no whole number in range: ${shown(given)}`,
    `Give a whole number from ${least} to ${most}.`,
  );
}

/** Reads a whole number that may be left out. @throws {ConfigError} OPTION_INVALID */
export function readOptionalWhole(
  at: string,
  given: string | undefined,
  least: number,
): number | undefined {
  return given === undefined ? undefined : readWhole(at, given, least, 9_999_999_999);
}

function readFailureLimit(given: string | undefined): FailureLimit | undefined {
  if (given === undefined) return undefined;
  const percent = /^(\d{1,3}(?:\.\d+)?)\s*%$/.exec(given)?.[1];
  if (percent !== undefined && Number(percent) <= 100) {
    return { kind: "part", part: Number(percent) / 100 };
  }
  if (/^\d{1,10}$/.test(given)) return { kind: "count", count: Number(given) };
  throw invalid(
    "--max-failures",
    `is neither a number nor a percentage: ${shown(given)}`,
    "Give a whole number such as 100, or a part such as 2%.",
  );
}

function readTime(given: string | undefined): RunOptions["stopAt"] {
  if (given === undefined) return undefined;
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(given);
  if (match?.[1] !== undefined && match[2] !== undefined) {
    return { hour: Number(match[1]), minute: Number(match[2]) };
  }
  throw invalid("--stop-at", `is no time of day: ${shown(given)}`, "Give a time such as 06:00.");
}

/** What was given, short and without control characters. */
function shown(given: string): string {
  return JSON.stringify(given.slice(0, 40));
}

function invalid(at: string, what: string, hint: string): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}`, hint });
}
