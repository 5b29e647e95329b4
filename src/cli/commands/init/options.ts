import { ConfigError, type Scenario } from "../../../core/index.ts";
import type { SourceOptions } from "../../../sources/index.ts";
import type { SourceFlags } from "../../run/locate-run.ts";
import { readOptionalWhole, readRunOptions } from "../../run/run-options.ts";

/** The flags of `init`, checked. */
export interface InitOptions extends SourceFlags {
  /** What is read of a database; undefined: as the config says. */
  readonly database: SourceOptions["database"];
  /** A path, or `-` for standard output. */
  readonly out: string;
  /** Whether a file that is there may be written over. */
  readonly force: boolean;
  /** How many records to look at. */
  readonly lookAt: number;
  /** Where the request for lacking attributes goes. */
  readonly attributes: string | undefined;
  /** Undefined: as the source suggests, or as it is answered. */
  readonly scenario: Scenario | undefined;
  readonly yes: boolean;
  readonly json: boolean;
}

const USUAL_RECORDS = 100_000;

/**
 * Checks the flags of `init`.
 *
 * @throws {ConfigError} OPTION_INVALID when one makes no sense
 */
export function readInitOptions(
  source: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): InitOptions {
  const text = (name: string): string | undefined => {
    const value = flags[name];
    return typeof value === "string" ? value : undefined;
  };
  const options: InitOptions = {
    ...readRunOptions(source, flags),
    database: readDatabase(text("table"), text("query"), text("key")),
    out: text("out") ?? "migration.yaml",
    force: flags["force"] === true,
    lookAt: readOptionalWhole("--look-at", text("lookAt"), 1) ?? USUAL_RECORDS,
    attributes: text("attributes"),
  };
  if (options.out === "") throw invalid("--out", "names no file", "Name one, or - for output.");
  if (options.out === "-" && options.json) {
    throw invalid("--json", "would mix with the draft on standard output", "Name a file in --out.");
  }
  if (options.attributes !== undefined && options.attributes === options.out) {
    throw invalid("--attributes", "names the file of the draft", "Name another one.");
  }
  return options;
}

function readDatabase(
  table: string | undefined,
  query: string | undefined,
  key: string | undefined,
): InitOptions["database"] {
  if (table !== undefined && query !== undefined) {
    throw invalid("--table, --query", "exclude each other", "Give one of them.");
  }
  if (table === undefined && query === undefined) {
    if (key === undefined) return undefined;
    throw invalid("--key", "needs --table or --query", "Give one of them too.");
  }
  return {
    ...(table === undefined ? {} : { table }),
    ...(query === undefined ? {} : { query }),
    ...(key === undefined ? {} : { key }),
  };
}

function invalid(at: string, what: string, hint: string): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}`, hint });
}
