import { ConfigError } from "../../../core/index.ts";
import {
  SAMPLE_FORMATS,
  SAMPLE_HASHES,
  type SampleFormat,
  type SampleHash,
} from "../../../sample/index.ts";

/** What `sample` was asked for, checked. */
export interface SampleOptions {
  readonly users: number;
  readonly format: SampleFormat;
  readonly hashes: readonly SampleHash[];
  /** A path, or `-` for standard output. */
  readonly out: string;
  readonly passwords: string | undefined;
  readonly seed: number;
  readonly json: boolean;
}

const MOST_USERS = 100_000_000;
const HIGHEST_SEED = 0xffff_ffff;

/**
 * Checks the flags of `sample`.
 *
 * @throws {ConfigError} OPTION_INVALID when one of them makes no sense
 */
export function readSampleOptions(flags: Readonly<Record<string, unknown>>): SampleOptions {
  const out = flags["out"];
  if (typeof out !== "string" || out === "") {
    throw invalid("--out", "is missing", "Name a file, as in --out users.csv, or - for output.");
  }
  const passwords = typeof flags["passwords"] === "string" ? flags["passwords"] : undefined;
  const json = flags["json"] === true;
  if (passwords === "" || passwords === "-") {
    throw invalid("--passwords", "needs a file", "Name a file, as in --passwords passwords.csv.");
  }
  if (passwords === out) {
    throw invalid("--passwords", "is the same file as --out", "Name another file.");
  }
  if (json && out === "-") {
    throw invalid("--json", "would mix with the users on standard output", "Name a file in --out.");
  }
  return {
    users: readWhole(flags["users"], { at: "--users", least: 1, most: MOST_USERS }),
    format: readFormat(flags["format"], out),
    hashes: readHashes(flags["hash"]),
    out,
    passwords,
    seed: readWhole(flags["seed"], { at: "--seed", least: 0, most: HIGHEST_SEED }),
    json,
  };
}

function readFormat(given: unknown, out: string): SampleFormat {
  if (given !== undefined) return readKnown(given, { at: "--format", known: SAMPLE_FORMATS });
  return /\.(ndjson|jsonl)$/i.test(out) ? "ndjson" : "csv";
}

function readHashes(given: unknown): readonly SampleHash[] {
  const names = typeof given === "string" ? given.split(",") : [given];
  return names.map((name) => readKnown(name, { at: "--hash", known: SAMPLE_HASHES }));
}

function readWhole(
  given: unknown,
  rule: { readonly at: string; readonly least: number; readonly most: number },
): number {
  const number = typeof given === "string" && /^\d{1,12}$/.test(given) ? Number(given) : NaN;
  if (number >= rule.least && number <= rule.most) return number;
  throw invalid(
    rule.at,
    `is not a whole number in range: ${shown(given)}`,
    `Give a whole number from ${rule.least} to ${rule.most}.`,
  );
}

function readKnown<T extends string>(
  given: unknown,
  rule: { readonly at: string; readonly known: readonly T[] },
): T {
  const found = rule.known.find((name) => name === given);
  if (found !== undefined) return found;
  throw invalid(
    rule.at,
    `names no format known here: ${shown(given)}`,
    `Known are: ${rule.known.join(", ")}.`,
  );
}

/** What was given, short and without control characters. */
function shown(given: unknown): string {
  return JSON.stringify(typeof given === "string" ? given.slice(0, 40) : null);
}

function invalid(at: string, what: string, hint: string): ConfigError {
  return new ConfigError({ code: "OPTION_INVALID", at, message: `${at} ${what}`, hint });
}
